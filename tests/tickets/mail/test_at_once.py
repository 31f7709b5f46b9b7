"""Two workers at one mail, or two mails at one moment: nothing twice, and nothing lost of what the faster one did."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from threading import Barrier
from unittest import mock

import pytest
from django.db import OperationalError, connection

from tests.cast import NOW, Cast, complaint
from tests.tickets.mail.arriving import arrives
from tickets.actions.receiving import Complaint, receive_complaint
from tickets.mail import intake
from tickets.mail.intake import take_in
from tickets.mail.parse import parse
from tickets.mail.received import IncomingMail
from tickets.mail.sending.send import retry_later
from tickets.mail.store import store
from tickets.models import Channel, Customer, OutgoingMail, RawMail, Ticket

TWICE = 2


def letter(cast: Cast, *, road: str = "") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = cast.nora, cast.mailbox.address, "Where is my tent?"
    mail["Message-ID"], mail["Received"] = "<tent@example.com>", f"from {road or 'home'}"
    mail.set_content("It has not come.")
    return mail.as_bytes()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Each act on a thread and a connection of its own, begun at the same moment."""
    together = Barrier(len(acts))

    def act(one: Callable[[], object]) -> object:
        together.wait()
        try:
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(act, acts))


@pytest.mark.django_db
def test_one_that_fails_late_leaves_what_a_faster_one_did(cast: Cast) -> None:
    row, _ = store(letter(cast), cast.mailbox, now=NOW)
    slow = RawMail.objects.get(pk=row.pk)
    done = take_in(row, now=NOW)
    with mock.patch.object(intake, "parse", side_effect=RuntimeError):
        assert take_in(slow, now=NOW).outcome == "ticket"
    row.refresh_from_db()
    assert (row.outcome, row.ticket, row.due_at) == ("ticket", done.ticket, None)


@pytest.mark.django_db
def test_a_worker_that_was_overtaken_does_not_queue_again_what_has_left(cast: Cast) -> None:
    complaint(cast)
    slow, fast = OutgoingMail.objects.claim(NOW), OutgoingMail.objects.claim(NOW + timedelta(minutes=2))
    OutgoingMail.objects.filter(pk=fast[0].pk).update(state="sent", due_at=None, claimed_until=None)
    retry_later(slow[0], "450 Try again later", NOW)
    mail = OutgoingMail.objects.get(pk=slow[0].pk)
    assert (mail.state, mail.due_at) == ("sent", None)


@pytest.mark.django_db
def test_a_mail_that_is_too_much_for_the_database_is_held_and_stops_no_other(cast: Cast) -> None:
    bad, _ = store(b"too much", cast.mailbox, now=NOW)
    good, _ = store(letter(cast), cast.mailbox, now=NOW)

    def parse_or_not(raw: bytes) -> IncomingMail:
        if raw == b"too much":
            raise OperationalError
        return parse(raw)

    with mock.patch.object(intake, "parse", parse_or_not):
        for minutes in (2, 4, 6):
            intake.read_due_mails(NOW + timedelta(minutes=minutes))
    outcomes = RawMail.objects.in_bulk([bad.pk, good.pk])
    assert (outcomes[bad.pk].outcome, outcomes[good.pk].outcome) == ("quarantined", "ticket")


@pytest.mark.django_db
def test_a_sender_with_a_very_long_address_and_no_name_is_heard(cast: Cast) -> None:
    address = f"{'n' * 60}@{'.'.join(['a' * 60] * 3)}.example.com"
    ticket = complaint(cast, email=address, name=address[:200])
    mail = EmailMessage()
    mail["From"], mail["To"] = address, cast.mailbox.address
    mail["Subject"], mail["Message-ID"] = f"Re: [{ticket.pk}]", "<long@example.com>"
    mail.set_content("It still has not come.")
    assert arrives(cast, mail).outcome == "reply"


@pytest.mark.django_db(transaction=True)
def test_two_complaints_of_somebody_new_at_the_same_moment_are_one_customer(cast: Cast) -> None:
    def complain(about: str) -> Callable[[], object]:
        said = Complaint(cast.nora, "Nora", about, "It has not come.", Channel.FORM, cast.deliveries)
        return lambda: receive_complaint(said, now=NOW)

    for turn in range(5):
        Ticket.objects.all().delete()
        Customer.objects.all().delete()
        at_once(complain(f"my tent {turn}"), complain(f"my pegs {turn}"))
        assert (Customer.objects.count(), Ticket.objects.count()) == (1, TWICE)


@pytest.mark.django_db(transaction=True)
def test_one_mail_that_comes_by_two_roads_at_the_same_moment_begins_one_ticket(cast: Cast) -> None:
    rows = [store(letter(cast, road=road), cast.mailbox, now=NOW)[0] for road in ("here", "there")]
    at_once(*(lambda row=row: take_in(row, now=NOW) for row in rows))
    assert Ticket.objects.count() == 1
    assert sorted(RawMail.objects.values_list("outcome", flat=True)) == ["ignored", "ticket"]
