"""A mail that is too large to be fetched: its headers are held for a person to see, and its sender is told once, kindly."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.header import Header

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.cast import Cast, complaint, desk, participant
from tests.tickets.mail.arriving import as_received
from tests.tickets.mail.imap.post_office import LONG_AGO, PostOffice, account, letter, look
from tests.tickets.mail.imap.wire import Wire
from tickets import tokens
from tickets.mail.imap import fetching
from tickets.mail.reading.limits import MOST_BYTES
from tickets.models import Customer, CustomerAddress, ImapAccount, OutgoingMail, RawMail, Ticket
from tickets.tokens import Purpose

pytestmark = pytest.mark.django_db
WORDS = "x" * 60 + "\n" + ("y" * 70 + "\n") * 60


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger than two thousand bytes is too large."""
    monkeypatch.setattr(fetching, "MOST_BYTES", 2000)


def large(number: int = 1, sender: str = "jo@example.com", **headers: str) -> bytes:
    mail = message_from_bytes(letter(number, sender, WORDS))
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = Header(value) if not value.isascii() else value
    return mail.as_bytes()


def told() -> OutgoingMail:
    return OutgoingMail.objects.get(kind="too_large")


def test_it_is_not_fetched_stops_no_other_and_is_held_with_its_headers(cast: Cast, office: PostOffice) -> None:
    office.brings(letter(1, words=("z" * 75 + "\n") * (MOST_BYTES // 75)))
    office.brings(letter(2))
    with Wire(office.port) as wire:
        wire.cut_after(100_000)
        ours = look(account(cast, office, port=wire.port))
    assert (ours.trouble, ours.fetched, ours.stored, ours.too_large) == ("", 2, 1, 1)
    held = RawMail.objects.get(outcome="quarantined")
    assert held.sender == "jo@example.com" and held.subject == "Boots 1" and held.size < 2000
    assert held.reason == (
        "It has 26 MB, more than the 25 MB that are taken in. Only its headers were kept; the whole mail lies in the "
        "mailbox, in the folder “Quarantine”. Its sender was told by mail."
    )
    assert (len(office.lies_in("Quarantine")), len(office.lies_in("Processed"))) == (1, 1)
    assert "26 MB" in told().text and "up to 25 MB" in told().text
    [shown] = desk(cast.sam).get_json("mailboxes/")["results"]
    assert (shown["imap"]["too_large"], shown["figures"]["held"], shown["figures"]["tickets"]) == (1, 1, 1)


@pytest.mark.usefixtures("small")
def test_its_sender_is_told_on_their_thread_as_a_machine_tells(
    cast: Cast, office: PostOffice, settings: Settings
) -> None:
    office.brings(large())
    look(account(cast, office))
    mail = as_received(told())
    assert (mail["To"], mail["Subject"]) == ("jo@example.com", "Your mail was too large for us")
    assert (mail["In-Reply-To"], mail["Auto-Submitted"]) == ("<1@example.com>", "auto-generated")
    assert told().envelope_from == "" and told().sender == '"Ana Lima, Fernhill Outfitters" <support@kintsugi.example>'
    assert told().text.startswith("Hello Jo Bell,") and f"{settings.PUBLIC_URL}/" in told().text
    assert "Boots" not in told().text and "Ana Lima" in told().text


@pytest.mark.usefixtures("small")
def test_it_speaks_the_language_that_the_customer_wrote_in_before(cast: Cast, office: PostOffice) -> None:
    german = "Guten Tag, ich habe das Zelt bestellt und es ist noch immer nicht da. Wann kommt es denn nun endlich?"
    complaint(cast, email="jo@example.com", text=german)
    office.brings(large())
    look(account(cast, office))
    assert told().locale == "de" and "Ihre Mail hat 1 MB" in told().text
    assert told().subject == "Ihre Mail war zu groß für uns"


@pytest.mark.usefixtures("small")
def test_a_sender_is_told_once_a_day(cast: Cast, office: PostOffice) -> None:
    for number in range(3):
        office.brings(large(number))
    ours = look(account(cast, office))
    assert OutgoingMail.objects.count() == 1
    assert sorted(row.reason.endswith("was told by mail.") for row in RawMail.objects.all()) == [False, False, True]
    yesterday = timezone.now() - timedelta(hours=25)
    OutgoingMail.objects.update(created_at=yesterday, once="of yesterday")
    office.brings(large(4))
    look(ours)
    assert OutgoingMail.objects.count() == 2


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "raw",
    [
        large(Auto_Submitted="auto-replied"),
        large(Precedence="bulk"),
        large(List_Id="<tents.example.com>"),
        large(Return_Path="<>"),
        large(From="MAILER-DAEMON@example.com", Content_Type="multipart/report; report-type=delivery-status"),
        large(sender="no-reply@example.com"),
        large(sender="support@kintsugi.example"),
        large(From="nobody at all"),
        large(Authentication_Results="mx.ours.example; dmarc=fail header.from=example.com"),
    ],
    ids=["automatic", "bulk", "list", "null path", "bounce", "no-reply", "ourselves", "nobody", "forged"],
)
def test_no_machine_and_nobody_who_is_not_who_they_say_is_told(
    cast: Cast, office: PostOffice, settings: Settings, raw: bytes
) -> None:
    settings.AUTHSERV_ID = "mx.ours.example"
    office.brings(raw)
    look(account(cast, office))
    held = RawMail.objects.get()
    assert held.outcome == "quarantined" and held.reason.endswith("Its sender was not told.")
    assert not OutgoingMail.objects.exists()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("came", [LONG_AGO, timedelta(0)], ids=["old mail", "an address that takes none"])
def test_nobody_is_told_about_old_mail_or_where_mail_comes_back(
    cast: Cast, office: PostOffice, came: timedelta, now: datetime
) -> None:
    if not came:
        jo = Customer.objects.create(name="Jo Bell", created_at=now)
        CustomerAddress.objects.create(customer=jo, email="jo@example.com", key="jo@example.com", undeliverable_at=now)
    office.brings(large(), timezone.now() - came)
    look(account(cast, office))
    assert RawMail.objects.get().outcome == "quarantined" and not OutgoingMail.objects.exists()


@pytest.mark.usefixtures("small")
def test_it_says_whose_ticket_it_was_for_and_can_be_let_through(cast: Cast, office: PostOffice) -> None:
    ticket = complaint(cast, email="jo@example.com")
    OutgoingMail.objects.all().delete()
    token = tokens.make(participant(ticket), Purpose.REPLY)
    office.brings(large(To=f"support+{token}@kintsugi.example"))
    look(account(cast, office))
    held = RawMail.objects.get()
    assert held.suggested == ticket
    released = desk(cast.ana).ask("POST", f"quarantine/{held.pk}/release/", {"ticket": ticket.pk})
    assert released.status_code == 200, released.content
    message = ticket.messages.order_by("version").last()
    assert (message.raw_mail, message.warning) == (held, "Only its headers were kept, since it was too large.")


@pytest.mark.usefixtures("small")
def test_the_same_mail_under_another_number_is_neither_held_nor_told_of_twice(cast: Cast, office: PostOffice) -> None:
    office.brings(large())
    ours = look(account(cast, office))
    ImapAccount.objects.update(uid_validity=1)
    office.brings(large())
    ours = look(ours)
    assert (RawMail.objects.count(), OutgoingMail.objects.count(), Ticket.objects.count()) == (1, 1, 0)
    assert (ours.fetched, ours.too_large) == (2, 2)
