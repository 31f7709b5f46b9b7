"""The SMTP listener, spoken to as a mail server of somebody else's does: what it takes it keeps, else the sender does."""

import smtplib
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.utils import timezone
from pytest_django import Settings

from tests import servers
from tests.cast import Cast, assemble, complaint, reply
from tests.servers import free_port
from tests.story import hang_up
from tickets.mail import intake
from tickets.mail.return_paths import return_path
from tickets.mail.smtp import listener
from tickets.mail.smtp.listener import MOST_RECIPIENTS, Listener
from tickets.mail.store import unpack
from tickets.models import Mailbox, OutgoingMail, RawMail, Ticket

OURS = "support@kintsugi.example"
JO = "jo@example.com"
SMALL = 200_000  # bytes that fit in these tests
MAIL = b"From: Jo Bell <jo@example.com>\r\nSubject: Boots\r\nMessage-ID: <b1@example.com>\r\n\r\nThey leak.\r\n"


@pytest.fixture
def people(transactional_db: None) -> Cast:
    """Really committed, since the listener reads on connections of its own."""
    return assemble()


@pytest.fixture
def line(people: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[smtplib.SMTP]:
    """An open connection to a listener."""
    monkeypatch.setattr(listener, "MOST_BYTES", SMALL)
    running = Listener("127.0.0.1", free_port())
    running.start()
    server = smtplib.SMTP("localhost", running.port)
    yield server
    server.close()
    hang_up(running)
    running.stop()


def speak(line: smtplib.SMTP, raw: bytes = MAIL, *recipients: str) -> tuple[int, bytes]:
    """The server's answer to the mail, or to the first recipient that it refuses."""
    line.ehlo_or_helo_if_needed()
    line.mail(JO)
    for recipient in recipients or (OURS,):
        code, words = line.rcpt(recipient)
        if code != 250:
            line.rset()
            return code, words
    return line.data(raw)


def away(*_: Any, **__: Any) -> None:
    raise OperationalError("the database is away")


def test_what_it_says_yes_to_is_kept_byte_by_byte_and_read(line: smtplib.SMTP) -> None:
    raw = MAIL + "Grüße ☕\r\n.\r\n..two dots\r\n".encode() + b"\xff\xfe no text at all\r\n"
    assert speak(line, raw) == (250, b"2.0.0 Kept")
    row = RawMail.objects.get()
    assert unpack(row) == raw
    assert (row.outcome, row.envelope_from, row.envelope_to) == ("ticket", JO, [OURS])
    assert OutgoingMail.objects.get().recipient == JO


def test_what_comes_back_by_the_envelope_alone_is_known(line: smtplib.SMTP, people: Cast) -> None:
    """A bounce of a server that names nobody and nothing: an empty sender, to the return path of one mail."""
    message = reply(complaint(people, now=timezone.now()), "I am sorry.", people.ana, now=timezone.now())
    sent = OutgoingMail.objects.get(message=message)
    OutgoingMail.objects.filter(pk=sent.pk).update(state="sent", due_at=None)
    line.ehlo()
    line.mail("")
    assert line.rcpt(return_path(sent))[0] == 250
    assert line.data(b"From: admin@mx.example\r\nSubject: Virhe\r\n\r\nEi.\r\n")[0] == 250
    sent.refresh_from_db()
    row = RawMail.objects.get()
    assert (row.outcome, row.ticket_id, sent.state) == ("ignored", sent.ticket_id, "bounced")


def test_the_same_mail_again_is_taken_and_gives_nothing_new(line: smtplib.SMTP) -> None:
    assert speak(line) == speak(line) == (250, b"2.0.0 Kept")
    assert (RawMail.objects.count(), Ticket.objects.count(), OutgoingMail.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("address", [OURS, "SUPPORT@KINTSUGI.EXAMPLE", "support+anything@kintsugi.example"])
def test_it_knows_its_mailboxes_with_a_tag_and_in_capitals(line: smtplib.SMTP, address: str) -> None:
    assert speak(line, MAIL, address)[0] == 250


@pytest.mark.parametrize("address", ["nobody@kintsugi.example", "support@elsewhere.example", "support"])
def test_it_refuses_whom_it_does_not_know_and_relays_for_nobody(line: smtplib.SMTP, address: str) -> None:
    assert speak(line, MAIL, address) == (550, b"5.1.1 There is no such mailbox here")
    assert not RawMail.objects.exists()
    assert speak(line)[0] == 250  # the line is good for the next mail


def test_a_mail_that_says_it_is_too_large_is_refused_before_it_is_sent(line: smtplib.SMTP) -> None:
    line.ehlo()
    assert line.mail(JO, [f"size={SMALL + 1}"])[0] == 552


def test_a_mail_that_turns_out_too_large_is_refused_and_not_kept(line: smtplib.SMTP) -> None:
    assert speak(line, MAIL + b"x" * 70 * (SMALL // 70) + b"\r\n" + b"y" * 900 + b"\r\n")[0] == 552
    assert not RawMail.objects.exists()


def test_lines_that_are_longer_than_they_should_be_are_kept(line: smtplib.SMTP) -> None:
    raw = MAIL + b"z" * (SMALL - 1000) + b"\r\n"
    assert speak(line, raw)[0] == 250
    assert unpack(RawMail.objects.get()) == raw


@pytest.mark.parametrize("where", ["mailbox_at", "store"])
def test_while_the_database_is_away_the_sender_keeps_the_mail(line: smtplib.SMTP, where: str) -> None:
    with mock.patch.object(listener, where, away):
        assert speak(line) == (451, b"4.3.0 We cannot keep your mail right now, please try again later")
    assert not RawMail.objects.exists()
    assert speak(line) == (250, b"2.0.0 Kept")
    assert Ticket.objects.count() == 1


def test_a_database_that_goes_away_while_it_reads_has_the_mail_already(line: smtplib.SMTP) -> None:
    with mock.patch.object(intake, "parse", away):
        assert speak(line) == (250, b"2.0.0 Kept")
    row = RawMail.objects.get()
    assert (row.outcome, Ticket.objects.count()) == ("", 0)
    assert row.claimed_until
    assert intake.read_due_mails(row.claimed_until) == 1
    assert Ticket.objects.count() == 1


def test_a_mail_that_cannot_be_read_is_kept_all_the_same(line: smtplib.SMTP) -> None:
    with mock.patch.object(intake, "parse", side_effect=ZeroDivisionError):
        assert speak(line)[0] == 250
    assert RawMail.objects.get().reason == "It could not be read (ZeroDivisionError)."


def test_a_mail_for_two_teams_is_a_ticket_of_each_and_for_one_mailbox_twice_is_one(
    line: smtplib.SMTP, people: Cast
) -> None:
    other = Mailbox.objects.create(name="returns", address="returns@kintsugi.example", team=people.returns)
    assert speak(line, MAIL, OURS, "support+x@kintsugi.example", other.address)[0] == 250
    assert {ticket.team for ticket in Ticket.objects.all()} == {people.deliveries, people.returns}
    assert RawMail.objects.get(mailbox=other).envelope_to == [other.address]  # the other team's are not theirs to see
    assert Ticket.objects.count() == 2


def test_a_mail_for_two_is_kept_for_both_or_for_none(line: smtplib.SMTP, people: Cast) -> None:
    other = Mailbox.objects.create(name="returns", address="returns@kintsugi.example", team=people.returns)
    real = listener.store

    def fails_for_the_second(raw: bytes, box: Mailbox, **more: Any) -> Any:
        return away() if box == other else real(raw, box, **more)

    with mock.patch.object(listener, "store", fails_for_the_second):
        assert speak(line, MAIL, OURS, other.address)[0] == 451
    assert not RawMail.objects.exists()


def test_it_takes_a_bounded_number_of_recipients(line: smtplib.SMTP) -> None:
    many = [f"support+{count}@kintsugi.example" for count in range(MOST_RECIPIENTS + 1)]
    assert speak(line, MAIL, *many)[0] == 452


def test_a_bounce_with_an_empty_sender_is_taken(line: smtplib.SMTP) -> None:
    line.ehlo()
    line.mail("")
    line.rcpt(OURS)
    assert line.data(b"Subject: Undelivered\r\n\r\nSorry.\r\n")[0] == 250
    assert RawMail.objects.get().outcome == "quarantined"


def test_a_taken_port_is_an_error_at_once(line: smtplib.SMTP) -> None:
    assert line.sock
    with pytest.raises(OSError, match="in use"):
        Listener("127.0.0.1", line.sock.getpeername()[1]).start()


def test_a_mailbox_that_is_taken_away_meanwhile_keeps_its_mail_at_the_sender(line: smtplib.SMTP) -> None:
    line.ehlo()
    line.mail(JO)
    line.rcpt(OURS)
    Mailbox.objects.all().delete()
    assert line.data(MAIL)[0] == 451


class TestStartTls:
    @pytest.fixture
    def certificate(self, tmp_path: Path, settings: Settings) -> Path:
        made = servers.certificate(tmp_path, "localhost")
        settings.SMTP_TLS_CERT = str(made)
        return made

    def test_it_takes_mail_over_tls_where_a_certificate_is_set(self, certificate: Path, line: smtplib.SMTP) -> None:
        line.ehlo()
        assert line.has_extn("starttls")
        line.starttls(context=ssl.create_default_context(cafile=str(certificate)))
        assert isinstance(line.sock, ssl.SSLSocket)
        assert speak(line) == (250, b"2.0.0 Kept")

    def test_it_offers_none_without(self, line: smtplib.SMTP) -> None:
        line.ehlo()
        assert not line.has_extn("starttls")

    def test_a_certificate_that_cannot_be_used_is_said_at_the_start(self, settings: Settings) -> None:
        settings.SMTP_TLS_CERT = "/nowhere/at/all.pem"
        with pytest.raises(ImproperlyConfigured, match="SMTP_TLS_CERT and SMTP_TLS_KEY cannot be used"):
            Listener("127.0.0.1", free_port())
