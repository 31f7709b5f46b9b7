"""The LMTP listener: an answer a recipient after the mail (RFC 2033), each true of that recipient's mailbox."""

import smtplib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError

from tests.cast import Cast, assemble
from tests.servers import free_port
from tests.story import hang_up
from tickets.mail.smtp import listener
from tickets.mail.smtp.lmtp import LmtpListener, LmtpSocket
from tickets.mail.store import store
from tickets.models import Mailbox, RawMail, Ticket

OURS, OTHER = "support@kintsugi.example", "returns@kintsugi.example"
KEPT, LATER = (250, b"2.0.0 Kept"), (451, b"4.3.0 We cannot keep your mail right now, please try again later")
MAIL = b"From: Jo Bell <jo@example.com>\r\nSubject: Boots\r\nMessage-ID: <b1@example.com>\r\n\r\nThey leak.\r\n"


@pytest.fixture
def people(transactional_db: None) -> Cast:
    cast = assemble()
    Mailbox.objects.create(name="returns", address=OTHER, team=cast.returns)
    return cast


@pytest.fixture
def line(people: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[smtplib.LMTP]:
    monkeypatch.setattr(listener, "MOST_BYTES", 10_000)
    running = LmtpListener("127.0.0.1", free_port())
    running.start()
    server = smtplib.LMTP("127.0.0.1", running.port, timeout=20)
    server.ehlo()
    yield server
    server.close()
    hang_up(running)
    running.stop()


def speak(line: smtplib.LMTP, raw: bytes, *recipients: str) -> list[tuple[int, bytes]]:
    """Every answer after the mail."""
    line.mail("jo@example.com")
    for recipient in recipients:
        assert line.rcpt(recipient)[0] == 250
    first = line.data(raw)
    return [first, *(line.getreply() for _ in recipients[1:])]


def test_it_answers_for_each_recipient(line: smtplib.LMTP) -> None:
    assert speak(line, MAIL, OURS, OTHER, "support+x@kintsugi.example") == [KEPT] * 3
    assert Ticket.objects.count() == 2
    assert RawMail.objects.get(mailbox__address=OURS).envelope_to == [OURS, "support+x@kintsugi.example"]
    assert line.noop()[0] == 250  # nothing is left over on the line


def test_one_that_cannot_have_it_now_does_not_hold_up_the_other(line: smtplib.LMTP) -> None:
    def away_for_one(raw: bytes, box: Mailbox, **more: Any) -> Any:
        if box.address == OTHER:
            raise OperationalError
        return store(raw, box, **more)

    with mock.patch.object(listener, "store", away_for_one):
        assert speak(line, MAIL, OURS, OTHER) == [KEPT, LATER]
    assert RawMail.objects.get().mailbox.address == OURS
    assert speak(line, MAIL, OTHER) == [KEPT]


def test_a_mail_that_is_too_large_is_refused_for_each(line: smtplib.LMTP) -> None:
    assert [code for code, _ in speak(line, MAIL + b"x" * 900 * 12, OURS, OTHER)] == [552, 552]
    assert line.noop()[0] == 250
    assert not RawMail.objects.exists()


def test_a_mailbox_that_is_taken_away_meanwhile_keeps_its_mail_at_the_sender(line: smtplib.LMTP) -> None:
    line.mail("jo@example.com")
    for recipient in (OURS, OTHER):
        line.rcpt(recipient)
    Mailbox.objects.get(address=OTHER).delete()
    assert [line.data(MAIL), line.getreply()] == [KEPT, LATER]


def test_it_refuses_whom_it_does_not_know_and_speaks_no_smtp(line: smtplib.LMTP) -> None:
    line.mail("jo@example.com")
    assert line.rcpt("nobody@kintsugi.example")[0] == 550
    assert line.docmd("EHLO", "there")[0] == 500
    assert line.docmd("DATA", "now")[0] == 503


def test_it_listens_on_a_socket_that_is_gone_with_it(people: Cast, tmp_path: Path) -> None:
    path = tmp_path / "lmtp"
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(path))
    running = LmtpSocket(str(path))
    running.start()
    with smtplib.LMTP(str(path)) as line:
        line.ehlo()
        assert speak(line, MAIL, OURS) == [KEPT]
    hang_up(running)
    running.stop()
    assert not path.exists() and Ticket.objects.count() == 1
