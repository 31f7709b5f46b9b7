"""Mail that leaves: once, to a real server on loopback, whatever that answers."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from pytest_django import Settings

from tests.cast import NOW, Cast, complaint, participant, reply
from tests.tickets.mail.ear import Ear, open_ear
from tickets import due_work
from tickets.actions.delivering import confirm_arrival, send_again
from tickets.actions.reaching import stop_writing
from tickets.errors import TooLate
from tickets.mail.return_paths import return_path
from tickets.mail.sending import send as sending
from tickets.mail.sending import transports
from tickets.models import OutgoingMail, Ticket, TicketEvent
from tickets.models.due import LEASE

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ear(settings: Settings) -> Iterator[Ear]:
    with open_ear() as ear:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{ear.port}"
        yield ear


@pytest.fixture
def mail(cast: Cast) -> OutgoingMail:
    """Ana's reply to Nora, queued; nothing else is."""
    message = reply(complaint(cast), "I am sorry, Nora.\n.\nFrom me, Ana.", cast.ana)
    OutgoingMail.objects.exclude(message=message).delete()
    return OutgoingMail.objects.get(message=message)


def work(minutes: float = 0) -> int:
    return due_work.do("outgoing_mails", NOW + minutes * MINUTE)


def troubles(ticket: Ticket | None) -> list[str]:
    found = TicketEvent.objects.filter(ticket=ticket, kind="mail_troubled")
    return [event.data["reason"] for event in found]


def test_it_leaves_once_with_its_envelope_and_its_thread(ear: Ear, mail: OutgoingMail) -> None:
    assert (work(), work(), work(60)) == (1, 0, 0)
    [(sender, recipients, heard)] = ear.heard
    assert (sender, recipients) == (return_path(mail), ["nora.whitcombe@example.com"])
    assert heard["Message-ID"] == f"<{mail.mail_id}>"
    assert heard["From"].addresses[0].display_name == "Ana Lima, Fernhill Outfitters"
    body = heard.get_body(("plain",))
    assert body and "I am sorry, Nora.\n.\nFrom me, Ana." in body.get_content().replace("\r\n", "\n")
    mail.refresh_from_db()
    assert (mail.state, mail.answer, mail.due_at) == ("sent", "250 2.0.0 Taken as 4711", None)


def test_an_automatic_mail_has_no_address_to_bounce_to(ear: Ear, cast: Cast) -> None:
    complaint(cast)
    work()
    [(sender, _, heard)] = ear.heard
    assert (sender, heard["Auto-Submitted"]) == ("<>", "auto-replied")  # RFC 3834 §3.3


@pytest.mark.parametrize("where", ["to_recipient", "to_mail"])
def test_a_server_that_says_later_is_asked_again_each_time_later(ear: Ear, mail: OutgoingMail, where: str) -> None:
    setattr(ear, where, "451 4.7.1 Greylisted")
    assert (work(), work(0.9), work(1.2), work(6.1)) == (1, 0, 1, 0)
    mail.refresh_from_db()
    assert (mail.state, mail.answer, mail.attempts) == ("delayed", "451 4.7.1 Greylisted", 2)
    setattr(ear, where, "250 OK")
    work(7.2)
    mail.refresh_from_db()
    assert (mail.state, len(ear.heard), troubles(mail.ticket)) == ("sent", 1, [])


@pytest.mark.parametrize("where", ["to_recipient", "to_mail"])
def test_a_server_that_says_no_is_not_asked_again_and_the_ticket_says_so(
    ear: Ear, mail: OutgoingMail, where: str
) -> None:
    setattr(ear, where, "550 5.1.1 No such user")
    assert (work(), work(10_000)) == (1, 0)
    mail.refresh_from_db()
    assert (mail.state, mail.due_at, ear.heard) == ("failed", None, [])
    assert troubles(mail.ticket) == ["550 5.1.1 No such user"]


def test_after_the_last_try_it_has_failed(ear: Ear, mail: OutgoingMail) -> None:
    ear.to_recipient = "451 Later"
    now = NOW
    for wait in [timedelta(), *sending.BACKOFF]:
        now += wait * (1 + sending.SPREAD)
        assert due_work.do("outgoing_mails", now) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.due_at, troubles(mail.ticket)) == ("failed", None, ["451 Later"])


def test_a_line_cut_after_the_mail_leaves_it_to_a_person(ear: Ear, mail: OutgoingMail, cast: Cast) -> None:
    """It may have arrived, and here it has: sent again by itself, the customer would read it twice."""
    ear.cut = "mail"
    assert (work(), work(10_000)) == (1, 0)
    mail.refresh_from_db()
    assert (mail.state, len(ear.heard)) == ("uncertain", 1)
    assert troubles(mail.ticket) == ["The connection broke before the server's answer came."]
    ear.cut = ""
    send_again(mail, by=cast.ana, now=NOW + MINUTE)
    work(1)
    mail.refresh_from_db()
    assert (mail.state, len(ear.heard)) == ("sent", 2)
    said = TicketEvent.objects.get(ticket=mail.ticket, kind="mail_sent_again")
    assert (said.by_name, said.data["recipient"]) == ("Ana Lima", cast.nora)


def test_a_person_who_knows_that_an_uncertain_mail_arrived_says_so(ear: Ear, mail: OutgoingMail, cast: Cast) -> None:
    with pytest.raises(TooLate):
        confirm_arrival(mail, by=cast.ana, now=NOW)
    ear.cut = "mail"
    work()
    mail.refresh_from_db()
    confirm_arrival(mail, by=cast.ana, now=NOW + MINUTE)
    assert work(10_000) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.answer, len(ear.heard)) == ("sent", "Ana Lima says that it arrived.", 1)
    assert TicketEvent.objects.filter(ticket=mail.ticket, kind="mail_confirmed", by_name="Ana Lima").count() == 1


def test_an_answer_that_comes_too_late_leaves_it_to_a_person(ear: Ear, mail: OutgoingMail) -> None:
    ear.late = 1.5
    with mock.patch.object(transports, "LAST_SECONDS", 0.5):
        work()
    mail.refresh_from_db()
    assert (mail.state, len(ear.heard)) == ("uncertain", 1)


@pytest.mark.parametrize("parting", ["421 4.3.2 Too busy to say goodbye", "250 2.0.0 OK"])
def test_a_server_that_parts_badly_has_the_mail_all_the_same(ear: Ear, mail: OutgoingMail, parting: str) -> None:
    ear.to_quit = parting
    assert (work(), work(10_000)) == (1, 0)
    mail.refresh_from_db()
    assert (mail.state, len(ear.heard)) == ("sent", 1)


def test_what_a_dead_worker_left_in_sending_is_left_to_a_person(ear: Ear, mail: OutgoingMail) -> None:
    with mock.patch.object(transports, "in_words", side_effect=SystemExit), pytest.raises(SystemExit):
        work()  # killed between the server's answer and its own note of it
    mail.refresh_from_db()
    assert (mail.state, len(ear.heard)) == ("sending", 1)
    assert work(7.9) == 0  # its lease still runs
    assert work(8.1) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.due_at, len(ear.heard)) == ("uncertain", None, 1)
    assert troubles(mail.ticket) == ["The connection broke off; it may have left. Send it again?"]


def test_a_worker_whose_lease_ran_out_sends_nothing_that_another_has(ear: Ear, mail: OutgoingMail) -> None:
    [slow] = OutgoingMail.objects.claim(NOW)
    assert due_work.do("outgoing_mails", NOW + LEASE) == 1
    with transports.open_way() as way:
        sending.send(slow, way, now=NOW + LEASE)
    mail.refresh_from_db()
    assert (mail.state, len(ear.heard)) == ("sent", 1)


def test_one_that_cannot_be_written_stops_no_other(ear: Ear, mail: OutgoingMail, cast: Cast) -> None:
    complaint(cast)
    OutgoingMail.objects.filter(pk=mail.pk).update(shown_to=[{"no": "address"}])
    assert work() == 2
    mail.refresh_from_db()
    assert (mail.state, len(ear.heard)) == ("delayed", 1)


def test_an_address_that_does_not_take_mail_is_not_written_to_until_a_person_says_so(ear: Ear, cast: Cast) -> None:
    ticket = complaint(cast)
    address = participant(ticket).address
    address.undeliverable_at, address.undeliverable_because = NOW, "mail to this address came back"
    address.save()
    message = reply(ticket, "Are you there?", cast.ana)
    work()
    held = OutgoingMail.objects.get(message=message)
    assert (held.state, held.answer) == ("failed", "Not sent: mail to this address came back.")
    send_again(held, by=cast.ana, now=NOW)
    work()
    held.refresh_from_db()
    address.refresh_from_db()
    assert (held.state, address.undeliverable_at) == ("sent", None)


def test_what_waits_for_an_address_that_is_closed_meanwhile_does_not_leave(
    ear: Ear, mail: OutgoingMail, cast: Cast
) -> None:
    ear.to_recipient = "451 4.7.1 Greylisted"
    work()
    ear.to_recipient = "250 OK"
    assert mail.participant
    stop_writing(mail.participant.address, "they marked a mail of ours as unwanted", NOW)
    assert (work(10), work(10_000)) == (1, 0)
    mail.refresh_from_db()
    told = "Not sent: they marked a mail of ours as unwanted."
    assert (mail.state, mail.answer, ear.heard, troubles(mail.ticket)) == ("failed", told, [], [told])
    send_again(mail, by=cast.ana, now=NOW + 20 * MINUTE)
    work(20)
    assert len(ear.heard) == 1


def test_what_is_on_its_way_cannot_be_sent_again(ear: Ear, mail: OutgoingMail, cast: Cast) -> None:
    for _state in ["queued", "sent"]:
        with pytest.raises(TooLate):
            send_again(mail, by=cast.ana, now=NOW)
        work()


def test_without_a_server_it_is_a_file_that_is_written_whole(mail: OutgoingMail, settings: Settings) -> None:
    work()
    mail.refresh_from_db()
    OutgoingMail.objects.filter(pk=mail.pk).update(state="queued", due_at=NOW, claimed_until=None)
    work()  # twice by accident is once
    [file] = Path(settings.OUTBOX_DIR).iterdir()
    assert f"Message-ID: <{mail.mail_id}>".encode() in file.read_bytes()
