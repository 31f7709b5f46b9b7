"""A process dies at every step of taking a mail in: afterwards nothing is lost, and nothing is there twice."""

import smtplib
import sys
import time
from contextlib import suppress
from datetime import timedelta
from io import BytesIO, TextIOWrapper
from unittest import mock

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.cast import Cast, assemble
from tests.servers import answers, free_port, until
from tests.story import open_post
from tests.tickets.mail.doomed import AFTER, BEFORE, dies, doomed
from tests.tickets.mail.imap.post_office import PostOffice, account, letter
from tickets.mail.imap.fetching import fetch_due_accounts
from tickets.mail.imap.keeping import LEASE
from tickets.mail.intake import read_due_mails
from tickets.mail.smtp.listener import Listener
from tickets.models import FetchedMail, ImapAccount, Message, OutgoingMail, RawMail, Ticket

pytestmark = pytest.mark.django_db(transaction=True)
OURS = "support@kintsugi.example"
BOTH = (BEFORE, AFTER)
READING = ["tickets.mail.intake.parse", "tickets.mail.intake.decide", "tickets.mail.joining.begin"]


def steps(*functions: str) -> list[tuple[str, str]]:
    return [(where, when) for where in functions for when in BOTH]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


def later() -> None:
    """What a worker does once the lease of the one that died has run out."""
    read_due_mails(timezone.now() + timedelta(minutes=2))


def expect_all_once(mails: int = 1) -> None:
    assert [row.outcome for row in RawMail.objects.all()] == ["ticket"] * mails
    assert (Ticket.objects.count(), Message.objects.count(), OutgoingMail.objects.count()) == (mails, mails, mails)


IMAP = steps(
    "tickets.mail.imap.reading.raw_bytes",
    "tickets.mail.imap.keeping.store",  # after: stored, not committed
    "tickets.mail.imap.keeping.Keeper._count",
    "tickets.mail.imap.keeping.Keeper.store",  # after: committed, not read
    *READING,
    "tickets.mail.imap.fetching.take_in",  # after: the outcome is committed
    "tickets.mail.imap.reading.move",  # after: moved, and nobody has noted it
    "tickets.mail.imap.keeping.Keeper.moved",
    "tickets.mail.imap.fetching._done",
)


@pytest.mark.parametrize(("where", "when"), IMAP)
def test_a_fetcher_dies_and_the_next_one_finishes(people: Cast, office: PostOffice, where: str, when: str) -> None:
    ours = account(people, office)
    for number in range(3):
        office.brings(letter(number, sender=f"jo{number}@example.com"))
    dies(lambda: fetch_due_accounts(timezone.now()), where, when)
    later()
    ImapAccount.objects.update(due_at=timezone.now())
    fetch_due_accounts(timezone.now() + LEASE + timedelta(seconds=1))
    expect_all_once(3)
    ours.refresh_from_db()
    assert (ours.fetched, ours.stored, ours.duplicates, ours.trouble) == (3, 3, 0, "")
    assert (office.lies_in("INBOX"), len(office.lies_in("Processed"))) == ([], 3)
    assert not FetchedMail.objects.filter(moved_at=None).exists()


def pipe(raw: bytes) -> None:
    with mock.patch.object(sys, "stdin", TextIOWrapper(BytesIO(raw))):
        call_command("receive_mail")


COMMAND = "tickets.management.commands.receive_mail"
PIPE = steps(f"{COMMAND}.store", *READING, f"{COMMAND}.take_in")


@pytest.mark.parametrize(("where", "when"), PIPE)
def test_a_pipe_dies_and_the_mail_server_tries_again(people: Cast, where: str, when: str) -> None:
    dies(lambda: pipe(letter(1)), where, when)
    later()
    pipe(letter(1))  # it heard of no success, so it has the mail still
    later()
    expect_all_once()


def serve(port: int) -> None:
    Listener("127.0.0.1", port).start()
    time.sleep(60)  # until it is killed by what it is asked


SMTP = steps(
    "tickets.mail.smtp.listener.store",
    *READING,
    "tickets.mail.smtp.listener.take_in",
    "tickets.mail.smtp.listener.accept",
)


@pytest.mark.parametrize(("where", "when"), SMTP)
def test_a_listener_dies_before_it_said_yes_and_the_sender_tries_again(people: Cast, where: str, when: str) -> None:
    port = free_port()
    with doomed(lambda: serve(port), where, when):
        until(lambda: answers(port), "the listener did not start")
        with pytest.raises((smtplib.SMTPServerDisconnected, OSError)), smtplib.SMTP("127.0.0.1", port) as server:
            server.sendmail("jo@example.com", [OURS], letter(1))
    later()
    again = free_port()
    with open_post(again), suppress(smtplib.SMTPServerDisconnected), smtplib.SMTP("127.0.0.1", again) as server:
        server.sendmail("jo@example.com", [OURS], letter(1))
    later()
    expect_all_once()
