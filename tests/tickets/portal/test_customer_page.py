"""The customer's own page: what it shows, what it never shows, and how they answer on it."""

import re
from datetime import timedelta
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from PIL import Image

from tests.cast import ANGRY, NOW, Cast, answer, complaint, participant, reply
from tickets import tokens
from tickets.actions.assigning import take
from tickets.actions.files import store
from tickets.actions.linking import renew_link
from tickets.actions.moves import close, put_on_hold, resolve
from tickets.actions.noting import leave_note
from tickets.actions.receiving import Answer, receive_answer
from tickets.actions.replying import Reply, send_reply
from tickets.actions.speaking import keep_files
from tickets.events import Actor
from tickets.models import Attachment, Channel, Message, Ticket, TicketEvent
from tickets.tokens import Purpose

pytestmark = pytest.mark.usefixtures("frozen")


def path(ticket: Ticket) -> str:
    return f"/t/{tokens.make(participant(ticket), Purpose.PAGE)}/"


def page(client: Client, ticket: Ticket) -> str:
    answered = client.get(path(ticket))
    assert answered.status_code == 200
    return answered.content.decode()


def picture() -> bytes:
    data = BytesIO()
    Image.new("RGB", (8, 8), "red").save(data, "PNG")
    return data.getvalue()


def send(client: Client, ticket: Ticket, **typed: object) -> object:
    key = client.get(path(ticket)).context["form"]["key"].value()
    return client.post(path(ticket), {"key": key, **typed}, follow=True)


def test_it_shows_what_was_said_newest_first(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    reply(ticket, "I am looking for it now.", cast.ana)
    said = page(client, ticket)
    assert said.index("I am looking for it now.") < said.index("paid for next day delivery")
    assert "Ana Lima" in said
    assert "Fernhill Outfitters" in said


def test_it_never_shows_a_note_nor_a_reply_that_may_be_undone(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    leave_note(ticket, "The warehouse lost it, do not tell.", by=cast.ana, now=NOW)
    ticket.refresh_from_db()
    send_reply(ticket, Reply("Not sent yet.", ticket.version, "k"), by=cast.ana, now=NOW)
    said = page(client, ticket)
    assert "warehouse" not in said
    assert "Not sent yet." not in said


def test_it_leaves_out_absence_notices(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    out = Answer(participant(ticket), "Nora", "I am away until Monday.", Channel.EMAIL, automatic=True)
    receive_answer(ticket, out, now=NOW)
    assert "away until Monday" not in page(client, ticket)


def test_it_escapes_what_people_write(cast: Cast, client: Client) -> None:
    ticket = complaint(cast, text="<script>alert(1)</script>", subject="<b>x", desired_outcome="<i>y")
    said = page(client, ticket)
    assert "<script>alert" not in said
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in said
    assert "<b>x" not in said
    assert "<i>y" not in said


def test_it_says_who_looks_after_it(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    assert "Our team “Deliveries” looks after this" in page(client, ticket)
    take(ticket, by=cast.ana, now=NOW)
    assert "Ana Lima looks after this" in page(client, ticket)


def test_it_says_in_plain_words_where_it_stands(cast: Cast, client: Client) -> None:
    ticket, ana = complaint(cast), Actor.agent(cast.ana)
    assert "We have your complaint" in page(client, ticket)
    reply(ticket, "Which address was it?", cast.ana)
    assert "It is your turn" in page(client, ticket)
    answer(ticket, "Hill Road 4.")
    assert "It is our turn" in page(client, ticket)
    put_on_hold(ticket, NOW + timedelta(days=3), by=ana, now=NOW)
    assert "We come back to it on Thursday 14 May." in page(client, ticket)
    resolve(ticket, by=ana, now=NOW)
    assert "We believe it is settled" in page(client, ticket)
    close(ticket, by=ana, now=NOW)
    assert "write to us here and it opens again" in page(client, ticket)


def test_a_calm_ticket_has_no_crack_and_an_unhappy_one_says_how_far_its_mending_is(cast: Cast, client: Client) -> None:
    calm = complaint(cast, email="tom@example.com", name="Tom", subject="Hours", text="When are you open on Sundays?")
    assert "How far the mending is" not in page(client, calm)
    unhappy = complaint(cast)
    assert "Mending: not begun yet, 0 of 6" in page(client, unhappy)
    reply(unhappy, "I read all of it.", cast.ana)
    assert "Mending: we read it and answered, 1 of 6" in page(client, unhappy)


def test_an_answer_joins_the_ticket_with_its_files(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    reply(ticket, "Which address was it?", cast.ana)
    file = BytesIO(picture())
    file.name = "door.png"
    shown = send(client, ticket, text="Hill Road 4.", files=[file])
    assert "We have what you wrote." in shown.content.decode()  # type: ignore[attr-defined]
    message = ticket.messages.last()
    assert message
    assert (message.text, message.channel, message.participant) == ("Hill Road 4.", "page", participant(ticket))
    assert [one.filename for one in message.attachments.all()] == ["door.png"]
    ticket.refresh_from_db()
    assert ticket.state == "open"
    assert TicketEvent.objects.filter(ticket=ticket, kind="customer_wrote").count() == 1


def test_the_same_answer_twice_is_said_once(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    for _ in range(2):
        client.post(path(ticket), {"key": "one", "text": "Hill Road 4."})
    assert ticket.messages.count() == 2
    client.post(path(ticket), {"key": "two", "text": "Hill Road 4."})
    assert ticket.messages.count() == 3


def test_an_answer_to_what_closed_long_ago_begins_a_complaint_that_remembers_it(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    reply(ticket, "Sent again.", cast.ana, then="resolved")
    close(ticket, by=Actor.agent(cast.ana), now=NOW)
    with time_machine.travel(NOW + timedelta(days=15), tick=False):
        assert "begins a new complaint" in page(client, ticket)
        thanks = client.post(path(ticket), {"key": "k", "text": "It broke again."}, follow=True).content.decode()
    later = Ticket.objects.get(previous=ticket)
    assert f"Your number is {later.pk}" in thanks
    ticket.refresh_from_db()
    assert ticket.state == "closed"


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"text": ""}, 422, "Please write something first, or add a file."),
        ({"text": "\0 \0"}, 422, "Please write something first, or add a file."),
        ({"text": "x" * 100_001}, 422, "Nothing was lost: please shorten it."),
        ({"text": "x" * (13 * 1024 * 1024)}, 413, "far longer than we can take"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_answered_in_words(
    cast: Cast, client: Client, typed: dict[str, str], status: int, sentence: str
) -> None:
    ticket = complaint(cast)
    answered = client.post(path(ticket), typed)
    assert answered.status_code == status
    assert sentence in answered.content.decode()
    assert ticket.messages.count() == 1


def test_who_writes_very_often_is_told_so_and_loses_nothing(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    for number in range(30):
        client.post(path(ticket), {"text": f"Again {number}"})
    answered = client.post(path(ticket), {"text": "And one more"})
    assert answered.status_code == 429
    assert "And one more</textarea>" in answered.content.decode()


@pytest.mark.parametrize("token", ["abc", "1-0-" + "a" * 26, "1-0-%00", "é", "x" * 500])
def test_a_link_that_opens_nothing_says_how_to_get_one(cast: Cast, client: Client, token: str) -> None:
    complaint(cast)
    for suffix in ("", "state/", "link/", "files/1/", "section/settled/"):
        answered = client.get(f"/t/{token}/{suffix}")
        assert answered.status_code == 404
        assert "Get a new link" in answered.content.decode()
        assert "Harrow" not in answered.content.decode()


def test_a_reply_address_a_revoked_link_and_a_strangers_number_open_nothing(cast: Cast, client: Client) -> None:
    ticket, other = complaint(cast), complaint(cast, email=cast.stranger, name="Stan")
    old = path(ticket)
    renew_link(participant(ticket), by=Actor.system(), now=NOW)
    assert client.get(old).status_code == 404
    assert client.get(f"/t/{tokens.make(participant(ticket), Purpose.REPLY)}/").status_code == 404
    swapped = path(other).replace(f"/t/{participant(other).pk}-", f"/t/{participant(ticket).pk}-")
    assert client.get(swapped).status_code == 404


def test_it_is_neither_cached_nor_referred_from_nor_indexed(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    for address in (path(ticket), f"{path(ticket)}state/", f"{path(ticket)}link/", "/t/none/"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]


def test_a_scanner_that_follows_every_link_changes_nothing(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    reply(ticket, "Sent again.", cast.ana, then="resolved")
    before = (Message.objects.count(), TicketEvent.objects.count(), ticket.outgoing_mails.count())
    for suffix in ("", "link/", "state/", "section/settled/?answer=yes", "?told=It+is+settled", "?text=hello"):
        client.get(path(ticket) + suffix)
        client.head(path(ticket) + suffix)
    assert (Message.objects.count(), TicketEvent.objects.count(), ticket.outgoing_mails.count()) == before


def test_nobody_can_put_words_on_it_through_a_link(cast: Cast, client: Client) -> None:
    assert "Pay here" not in client.get(f"{path(complaint(cast))}?told=Pay+here").content.decode()


def test_its_state_counts_public_words_alone(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    before = client.get(f"{path(ticket)}state/").json()
    leave_note(ticket, "To us only.", by=cast.ana, now=NOW)
    assert client.get(f"{path(ticket)}state/").json() == before
    reply(ticket, "I am looking for it now.", cast.ana)
    assert client.get(f"{path(ticket)}state/").json()["version"] > before["version"]


def test_its_queries_do_not_grow_with_the_conversation(
    cast: Cast, client: Client, django_assert_max_num_queries: object
) -> None:
    ticket = complaint(cast, text=ANGRY)
    for number in range(12):
        answer(ticket, f"Again {number}")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert "10 earlier messages" in page(client, ticket)


def attach(ticket: Ticket, name: str, kind: str, data: bytes) -> Attachment:
    message = ticket.messages.first()
    assert message
    keep_files(message, [store(name, kind, data)], NOW)
    return Attachment.objects.latest("pk")


def test_a_picture_is_shown_and_everything_else_is_a_download_that_runs_nothing(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    shown = client.get(f"{path(ticket)}files/{attach(ticket, 'door.png', 'image/png', picture()).pk}/")
    assert shown["Content-Disposition"].startswith("inline")
    assert b"".join(shown.streaming_content) == picture()  # type: ignore[arg-type]
    page_of_theirs = attach(ticket, "a.html", "text/html", b"<script>alert(1)</script>")
    drawing = attach(ticket, "a.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    for file in (page_of_theirs, drawing):
        answered = client.get(f"{path(ticket)}files/{file.pk}/")
        assert answered["Content-Disposition"].startswith("attachment")
        assert answered["Content-Type"] == "application/octet-stream"
        assert answered["Content-Security-Policy"].startswith("sandbox")
        assert answered["X-Content-Type-Options"] == "nosniff"


def test_files_of_notes_of_other_tickets_and_lost_ones_do_not_exist(cast: Cast, client: Client) -> None:
    ticket, other = complaint(cast), complaint(cast, email=cast.stranger, name="Stan")
    theirs = attach(other, "a.txt", "text/plain", b"theirs")
    note = leave_note(ticket, "To us only.", by=cast.ana, now=NOW)
    ours = attach(ticket, "b.txt", "text/plain", b"ours")
    Attachment.objects.filter(pk=ours.pk).update(message=None, note=ticket.notes.get())
    lost = attach(ticket, "c.txt", "text/plain", b"lost")
    Attachment.objects.filter(pk=lost.pk).update(sha256="0" * 64)
    assert note
    for number in (theirs.pk, ours.pk, lost.pk, 10**14, 10**40):
        assert client.get(f"{path(ticket)}files/{number}/").status_code == 404


GERMAN = (
    "Guten Tag, ich habe das Zelt bezahlt und es ist noch immer nichts angekommen. Das ist eine Frechheit! Wo ist es?"
)


def test_it_speaks_the_language_in_which_the_customer_writes(client: Client, cast: Cast) -> None:
    """What we say, and the days; and what is said after an answer."""
    shown = page(client, ticket := complaint(cast, subject="Mein Zelt ist nicht gekommen", text=GERMAN))
    for words in ('<html lang="de">', "Ihre Beschwerde ist bei uns", "Was gesagt wurde", "Kommt noch", "Senden"):
        assert words in shown
    assert 'data-local="day">Montag, 11. Mai</time>' in shown
    for words in ("Your complaint", "What was said", "Still to come", "looks after", ">Send<", "Write to"):
        assert words not in shown
    thanked = send(client, ticket, text="Ich warte noch immer auf das Zelt.")
    assert "Was Sie geschrieben haben, ist bei uns." in thanked.content.decode()  # type: ignore[attr-defined]
    assert '<html lang="en">' in page(client, complaint(cast, email="new@example.com"))


def test_the_catalogue_that_is_read_is_the_one_that_is_written() -> None:
    """The compiled file beside its source, which people edit: each sentence is there, and says the same."""
    folder = Path(apps.get_app_config("tickets").path) / "locale" / "de" / "LC_MESSAGES"
    with (folder / "django.mo").open("rb") as compiled:
        read = GNUTranslations(compiled)
    written = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', (folder / "django.po").read_text(), re.M)
    assert len(written) > 90
    plain = [(english, german) for english, german in written if english != "by"]
    assert [german for _, german in plain] == [read.gettext(english) for english, _ in plain]
    assert read.pgettext("a deadline", "by") == "bis"
