"""Whose a mail is: who counts as its sender, who takes part, and what a colleague's mail becomes."""

from typing import Any

import pytest
from pytest_django import Settings

from tests.cast import NOW, Cast, complaint, desk, participant, reply
from tests.story import letter
from tests.tickets.mail.arriving import arrives
from tickets import tokens
from tickets.actions.letters import notify
from tickets.errors import Invalid
from tickets.mail import quarantine
from tickets.mail.intake import take_in
from tickets.mail.store import store
from tickets.models import Customer, Mailbox, OutgoingMail, Ticket

pytestmark = pytest.mark.django_db
JO = "Jo Bell <jo@example.com>"
VERIFIED = {"Authentication_Results": "mx.kintsugi.example; dmarc=pass"}
FORWARD = (
    "Can somebody take this?\n\n---------- Forwarded message ---------\nFrom: Jo Bell <jo@example.com>\n"
    "Date: Mon, 11 May 2026\nSubject: Boots\nTo: <ana@kintsugi.example>\n\nThe boots leak."
)


@pytest.fixture
def believing(settings: Settings) -> None:
    settings.AUTHSERV_ID = "mx.kintsugi.example"


def said(ticket: Ticket) -> tuple[str, str]:
    message = ticket.messages.get()
    return message.name, message.text


# Where the token stands


@pytest.mark.parametrize("name", ["Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To", "Cc", "To"])
def test_the_reply_address_is_found_in_every_recipient_header(cast: Cast, name: str) -> None:
    ticket = complaint(cast)
    token = tokens.make(participant(ticket), tokens.Purpose.REPLY)
    mail = letter(cast.nora, "Hello", "Are you there?", "team@example.org")
    del mail[name]
    mail[name] = f"support+{token}@kintsugi.example"
    assert arrives(cast, mail).ticket == ticket


def test_the_reply_address_is_found_in_the_envelope_alone(cast: Cast) -> None:
    ticket = complaint(cast)
    to = f"Support+{tokens.make(participant(ticket), tokens.Purpose.REPLY)}@kintsugi.example"
    raw = letter(cast.nora, "Hello", "Are you there?", "undisclosed-recipients:;").as_bytes()
    row, _ = store(raw, cast.mailbox, now=NOW, envelope_to=[to])
    assert take_in(row, now=NOW).ticket == ticket


def test_a_number_typed_by_a_stranger_is_a_hint_to_us_and_no_more(cast: Cast) -> None:
    ticket = complaint(cast)
    row = arrives(cast, letter(JO, f"Re: my tent [{ticket.pk}]", "Any news?"))
    assert row.ticket != ticket
    assert row.ticket.messages.get().warning == f"Possibly related to {ticket.pk}."


# The sender that counts


@pytest.mark.parametrize(
    ("headers", "sender"),
    [
        ("From: nobody, Jo <jo@example.com>, Mo <mo@example.com>", "jo@example.com"),
        ('From: "ceo@bank.example" <jo@example.com>', "jo@example.com"),
        ("From: Friends: Jo <jo@example.com>, Mo <mo@example.com>;", "jo@example.com"),
        ("From: <>\nSender: jo@example.com", "jo@example.com"),
        ("From: Jo\nReturn-Path: <jo@example.com>", "jo@example.com"),
    ],
)
def test_the_first_address_that_is_one_counts(cast: Cast, headers: str, sender: str) -> None:
    assert arrives(cast, f"{headers}\nTo: support@kintsugi.example\n\nThey leak.".encode()).sender == sender


def test_the_envelope_names_the_sender_where_no_header_does(cast: Cast) -> None:
    row, _ = store(b"Subject: Boots\n\nThey leak.", cast.mailbox, now=NOW, envelope_from="jo@example.com")
    assert (take_in(row, now=NOW).outcome, row.sender) == ("ticket", "jo@example.com")


def test_whoever_asks_to_be_answered_elsewhere_is_answered_there_and_is_still_themselves(cast: Cast) -> None:
    ticket = arrives(cast, letter(JO, "Boots", "They leak.", Reply_To="Jo at home <jo@home.example>")).ticket
    assert ticket.customer.name == "Jo Bell"
    assert participant(ticket).address.email == "jo@example.com"
    assert OutgoingMail.objects.get(kind="acknowledgement").recipient == "jo@example.com"
    message = reply(ticket, "I am sorry.", cast.ana)
    assert (message.to, message.deliveries.get().recipient) == (["jo@home.example"], "jo@home.example")
    told = desk(cast.ana).get_json(f"tickets/{ticket.pk}/")["participants"][0]
    assert (told["email"], told["answered_at"]) == ("jo@example.com", "jo@home.example")


@pytest.mark.parametrize("reply_to", ["support@kintsugi.example", "jo@example.com", "nonsense"])
def test_a_reply_to_that_is_ours_theirs_or_none_changes_nothing(cast: Cast, reply_to: str) -> None:
    ticket = arrives(cast, letter(JO, "Boots", "They leak.", Reply_To=reply_to)).ticket
    assert participant(ticket).reply_to == ""


def test_a_machines_reply_to_is_not_followed(cast: Cast) -> None:
    mail = letter("shop@example.com", "Boots", "They leak.", Reply_To="x@example.net", Auto_Submitted="auto-generated")
    assert participant(arrives(cast, mail).ticket).reply_to == ""


def test_behind_a_web_form_stands_who_filled_it_in(cast: Cast) -> None:
    Mailbox.objects.update(takes_web_forms=True)
    headers = {"Reply_To": JO, "Auto_Submitted": "auto-generated"}
    row = arrives(cast, letter("noreply@shop.example", "Contact form", "The boots leak.", **headers))
    assert (row.outcome, row.sender, row.ticket.customer.name) == ("ticket", "jo@example.com", "Jo Bell")
    assert OutgoingMail.objects.get().recipient == "jo@example.com"


# People in copy


@pytest.mark.usefixtures("believing")
def test_people_in_copy_of_a_verified_mail_take_part_but_none_of_us(cast: Cast) -> None:
    cc = "Mo <mo@example.com>, ana@kintsugi.example, support+x@kintsugi.example"
    ticket = arrives(cast, letter(JO, "Boots", "They leak.", Cc=cc, **VERIFIED)).ticket
    assert [str(one.address) for one in ticket.participants.order_by("pk")] == ["jo@example.com", "mo@example.com"]
    assert arrives(cast, letter(JO, f"[{ticket.pk}]", "And Al.", Cc="Al <al@example.com>", **VERIFIED)).ticket == ticket
    assert ticket.participants.filter(address__email="al@example.com", role="cc").exists()
    assert ticket.events.last().data["brought"] == ["Al"]


@pytest.mark.usefixtures("believing")
def test_at_most_40_take_part(cast: Cast) -> None:
    crowd = ", ".join(f"c{number}@example.com" for number in range(60))
    assert arrives(cast, letter(JO, "Boots", "They leak.", Cc=crowd, **VERIFIED)).ticket.participants.count() == 40


def test_people_in_copy_of_a_mail_that_nobody_verified_take_no_part(cast: Cast) -> None:
    assert arrives(cast, letter(JO, "Boots", "They leak.", Cc="mo@example.com")).ticket.participants.count() == 1


# Mail from one of us


def test_a_mail_that_a_colleague_passes_on_opens_with_one_click_as_its_writers_ticket(cast: Cast) -> None:
    row = arrives(cast, letter("Ana Lima <ana@kintsugi.example>", "Fwd: Boots", FORWARD))
    assert row.outcome == "quarantined" and not Ticket.objects.exists()
    client = desk(cast.ana)
    [offer] = client.get_json(f"quarantine/{row.pk}/")["offers"]
    assert offer == {"name": "Jo Bell", "email": "jo@example.com", "forwarded": True}
    opened = client.ask("POST", f"quarantine/{row.pk}/release/", {"customer": offer["email"]})
    ticket = Ticket.objects.get(pk=opened.json()["ticket"])
    assert (ticket.subject, ticket.customer.name, said(ticket)) == ("Boots", "Jo Bell", ("Jo Bell", "The boots leak."))
    assert "Passed on by Ana Lima" in ticket.messages.get().warning
    assert ticket.notes.get().text == "Ana Lima wrote, passing it on:\n\nCan somebody take this?"
    assert OutgoingMail.objects.get().recipient == "jo@example.com"
    row.refresh_from_db()
    assert (row.handled_by, row.reason[:33]) == ("Ana Lima", "Opened for Jo Bell by Ana Lima. I")


def test_a_mail_to_a_customer_that_we_got_in_copy_opens_as_their_ticket_with_a_note(cast: Cast) -> None:
    row = arrives(cast, letter("ana@kintsugi.example", "Your boots", "I am sorry.", JO, Cc="support@kintsugi.example"))
    quarantine.open_for(row.pk, "jo@example.com", by=cast.ana, now=NOW)
    ticket = Ticket.objects.get()
    assert (ticket.customer.name, ticket.messages.count(), OutgoingMail.objects.count()) == ("Jo Bell", 0, 0)
    assert ticket.notes.get().text == "ana@kintsugi.example wrote to Jo Bell:\n\nI am sorry."


def test_only_a_customer_whom_the_mail_names_can_be_chosen(cast: Cast) -> None:
    row = arrives(cast, letter("ana@kintsugi.example", "Fwd: Boots", FORWARD))
    with pytest.raises(Invalid, match="names no such customer"):
        quarantine.open_for(row.pk, "eve@example.com", by=cast.ana, now=NOW)
    answered = desk(cast.moira).ask("POST", f"quarantine/{row.pk}/release/", {"customer": "jo@example.com"})
    assert answered.status_code == 404
    assert not Customer.objects.exists()


def test_a_stranger_who_passes_a_mail_on_is_its_sender(cast: Cast) -> None:
    assert arrives(cast, letter("eve@example.com", "Fwd: Boots", FORWARD)).sender == "eve@example.com"


def notice(cast: Cast, ticket: Ticket) -> dict[str, Any]:
    notify(cast.ana, "Escalated", "Look at it.", "once", NOW, ticket)
    return {"In_Reply_To": f"<{OutgoingMail.objects.get(kind='notice').mail_id}>"}


@pytest.mark.usefixtures("believing")
def test_a_verified_answer_to_a_notice_is_a_note_that_no_customer_sees(cast: Cast) -> None:
    ticket = complaint(cast)
    row = arrives(
        cast, letter("ana@kintsugi.example", "Re: Escalated", "She is right.", **notice(cast, ticket), **VERIFIED)
    )
    assert (row.outcome, row.ticket) == ("reply", ticket)
    note = ticket.notes.get()
    assert (note.agent, note.text, ticket.messages.count()) == (cast.ana, "She is right.", 1)


def test_an_answer_to_a_notice_that_nobody_verified_is_held_and_released_as_a_note(cast: Cast) -> None:
    ticket = complaint(cast)
    row = arrives(cast, letter("ana@kintsugi.example", "Re: Escalated", "Give her all.", **notice(cast, ticket)))
    assert (row.outcome, row.suggested, ticket.notes.count()) == ("quarantined", ticket, 0)
    quarantine.release(row.pk, ticket, by=cast.ana, now=NOW)
    assert (ticket.messages.count(), ticket.notes.get().text) == (
        1,
        "ana@kintsugi.example wrote by mail:\n\nGive her all.",
    )


def test_a_colleagues_absence_notice_is_ignored(cast: Cast) -> None:
    ticket = complaint(cast)
    away = letter(
        "ana@kintsugi.example", "Away", "Back on Monday.", Auto_Submitted="auto-replied", **notice(cast, ticket)
    )
    assert arrives(cast, away).outcome == "ignored"
