"""Held mail: let through as a ticket or onto one, or discarded; by one person, once."""

import pytest
from pytest_django import Settings

from tests.cast import NOW, Cast, complaint, participant
from tests.story import letter
from tests.tickets.mail.arriving import arrives
from tickets import tokens
from tickets.errors import Invalid, TooLate
from tickets.mail import quarantine
from tickets.mail.store import unpack
from tickets.models import OutgoingMail, RawMail, Ticket

MO = "Mo Whitcombe <mo@example.net>"


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return complaint(cast)


@pytest.fixture
def held(cast: Cast, ticket: Ticket) -> RawMail:
    """Mo writes to Nora's reply address."""
    to = f"support+{tokens.make(participant(ticket), tokens.Purpose.REPLY)}@kintsugi.example"
    row = arrives(cast, letter(MO, "Re: tent", "I am her husband.", to, Message_ID="<mo@example.net>"))
    assert row.outcome == "quarantined"
    return row


def let_through(held: RawMail, onto: Ticket | None, cast: Cast) -> RawMail:
    return quarantine.release(held.pk, onto, by=cast.ana, now=NOW)


def test_it_is_let_through_onto_the_ticket_under_its_senders_own_name(
    held: RawMail, ticket: Ticket, cast: Cast
) -> None:
    row = let_through(held, ticket, cast)
    said = ticket.messages.latest("version")
    assert (said.text, said.name, said.participant) == ("I am her husband.", "Mo Whitcombe", None)
    assert (row.outcome, row.ticket, row.handled_by) == ("reply", ticket, "Ana Lima")
    assert row.reason.startswith("Let through by Ana Lima. It carries the reply address of Nora Whitcombe")
    assert not OutgoingMail.objects.filter(recipient="mo@example.net").exists()


def test_it_is_let_through_as_a_ticket_of_its_own_beside_the_other(held: RawMail, ticket: Ticket, cast: Cast) -> None:
    row = let_through(held, None, cast)
    assert row.ticket and row.ticket != ticket
    assert (row.outcome, row.ticket.previous, row.ticket.customer.name) == ("ticket", ticket, "Mo Whitcombe")
    assert OutgoingMail.objects.get(recipient="mo@example.net").kind == "acknowledgement"


def test_a_customer_whose_mail_could_not_be_verified_speaks_as_themselves(
    cast: Cast, ticket: Ticket, settings: Settings
) -> None:
    settings.AUTHSERV_ID = "mx.kintsugi.example"
    to = f"support+{tokens.make(participant(ticket), tokens.Purpose.REPLY)}@kintsugi.example"
    failed = {"Authentication_Results": "mx.kintsugi.example; dmarc=fail header.from=example.com"}
    row = arrives(cast, letter(cast.nora, "Re: tent", "Are you there?", to, **failed))
    assert row.outcome == "quarantined"
    let_through(row, ticket, cast)
    said = ticket.messages.latest("version")
    assert (said.text, said.name, said.participant) == ("Are you there?", "Nora Whitcombe", participant(ticket))


def test_it_is_discarded_with_a_reason_and_its_bytes_are_kept(held: RawMail, ticket: Ticket, cast: Cast) -> None:
    with pytest.raises(Invalid):
        quarantine.discard(held.pk, " ", by=cast.ana, now=NOW)
    row = quarantine.discard(held.pk, "An advert", by=cast.ana, now=NOW)
    assert (row.outcome, row.handled_by, row.handled_at) == ("ignored", "Ana Lima", NOW)
    assert row.reason.startswith("Discarded by Ana Lima: An advert (held: It carries the reply address of Nora")
    assert b"I am her husband." in unpack(row)
    assert ticket.messages.count() == 1


def test_only_the_first_decides(held: RawMail, ticket: Ticket, cast: Cast) -> None:
    let_through(held, ticket, cast)
    with pytest.raises(TooLate):
        let_through(held, ticket, cast)
    with pytest.raises(TooLate):
        quarantine.discard(held.pk, "An advert", by=cast.lee, now=NOW)
    assert ticket.messages.count() == 2


def test_what_has_no_sender_becomes_no_ticket_but_may_join_one(cast: Cast, ticket: Ticket) -> None:
    row = arrives(cast, b"To: support@kintsugi.example\r\nSubject: Hm\r\n\r\nWho am I?\r\n")
    with pytest.raises(Invalid, match="no sender whom we could answer"):
        let_through(row, None, cast)
    let_through(row, ticket, cast)
    assert ticket.messages.latest("version").text == "Who am I?"
