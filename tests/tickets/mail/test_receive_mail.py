"""`manage.py receive_mail`, as the pipe of a mail server calls it."""

import json
import os
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from tests.cast import Cast, assemble, complaint, participant
from tests.servers import free_port
from tests.story import letter
from tests.tickets.mail.arriving import as_received
from tickets import tokens
from tickets.mail import intake
from tickets.management.commands import receive_mail
from tickets.models import Mailbox, OutgoingMail, RawMail, Ticket

ROOT = Path(__file__).resolve().parents[3]
MAIL = letter("Jo Bell <jo@example.com>", "Boots", "They leak.", Message_ID="<b1@example.com>")


def pipe(raw: bytes, *options: str) -> dict[str, Any]:
    said = StringIO()
    with mock.patch.object(sys, "stdin", TextIOWrapper(BytesIO(raw))):
        call_command("receive_mail", *options, stdout=said)
    assert said.getvalue().count("\n") == 1
    answer: dict[str, Any] = json.loads(said.getvalue())
    return answer


def in_another_process(raw: bytes, database: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "manage.py", "receive_mail"]
    environment = {**os.environ, "DATABASE_URL": database}
    return subprocess.run(command, cwd=ROOT, env=environment, input=raw, capture_output=True, check=False)


def test_it_says_what_became_of_the_mail(cast: Cast) -> None:
    first = pipe(MAIL.as_bytes())
    ticket = Ticket.objects.get()
    assert first == {"outcome": "ticket", "ticket": ticket.pk, "reason": ""}
    assert pipe(MAIL.as_bytes()) == {"outcome": "duplicate", "ticket": ticket.pk, "reason": ""}
    again = pipe(b"Received: from elsewhere\r\n" + MAIL.as_bytes())
    assert again == {"outcome": "duplicate", "ticket": ticket.pk, "reason": "The same mail came before."}


def test_it_tells_an_answer_from_what_is_held_and_what_is_ignored(cast: Cast) -> None:
    ticket = complaint(cast)
    to = f"support+{tokens.make(participant(ticket), tokens.Purpose.REPLY)}@kintsugi.example"
    assert pipe(letter(cast.nora, "Re: tent", "Hello?", to).as_bytes())["outcome"] == "reply"
    held = pipe(letter(cast.stranger, "Re: tent", "Hello?", to).as_bytes())
    assert (held["outcome"], held["ticket"]) == ("quarantined", None)
    ours = as_received(OutgoingMail.objects.get(ticket=ticket))
    assert pipe(ours.as_bytes())["outcome"] == "ignored"


@pytest.mark.parametrize(("to", "options"), [("returns@kintsugi.example", []), ("x@y.example", ["--mailbox=returns"])])
def test_it_is_for_the_mailbox_that_is_named_or_written_to(cast: Cast, to: str, options: list[str]) -> None:
    Mailbox.objects.create(name="returns", address="returns@kintsugi.example", team=cast.returns)
    pipe(letter("jo@example.com", "Boots", "They leak.", to).as_bytes(), *options)
    assert Ticket.objects.get().team == cast.returns


def test_a_mail_that_names_no_mailbox_of_ours_is_for_the_first(cast: Cast) -> None:
    assert pipe(letter("jo@example.com", "Boots", "They leak.", "list@example.org").as_bytes())["outcome"] == "ticket"


@pytest.mark.parametrize(("raw", "options", "words"), [(b" \n", [], "no mail"), (b"x", ["--mailbox=moon"], "'moon'")])
def test_it_says_what_it_lacks(cast: Cast, raw: bytes, options: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        pipe(raw, *options)
    assert not RawMail.objects.exists()


@pytest.mark.django_db
def test_it_says_that_there_is_no_mailbox_yet() -> None:
    with pytest.raises(CommandError, match="no mailbox yet") as refused:
        pipe(MAIL.as_bytes())
    assert refused.value.returncode == 75  # the sender keeps it until there is one


@pytest.mark.parametrize("raw", [b"x", b"\0" * 100, b"From: a@b.example\r\n" * 1000, "ß".encode("latin-1") * 5000])
def test_whatever_bytes_come_they_are_kept_and_have_an_outcome(cast: Cast, raw: bytes) -> None:
    assert pipe(raw)["outcome"] in {"ticket", "quarantined"}
    assert RawMail.objects.get().size == len(raw)


def test_while_the_database_is_away_the_sender_keeps_the_mail(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    with mock.patch.object(receive_mail, "store", side_effect=OperationalError), pytest.raises(SystemExit) as left:
        pipe(MAIL.as_bytes())
    assert left.value.code == 75
    assert "please try again later" in capsys.readouterr().err
    assert not RawMail.objects.exists()
    assert pipe(MAIL.as_bytes())["outcome"] == "ticket"


def test_a_mail_stored_just_before_the_database_went_is_one_ticket_when_it_comes_again(cast: Cast) -> None:
    with mock.patch.object(intake, "parse", side_effect=OperationalError), pytest.raises(SystemExit) as left:
        pipe(MAIL.as_bytes())
    assert left.value.code == 75
    pipe(MAIL.as_bytes())
    assert (RawMail.objects.count(), Ticket.objects.count()) == (1, 1)


def test_in_another_process_it_leaves_a_ticket_here(transactional_db: None) -> None:
    assemble()
    done = in_another_process(MAIL.as_bytes(), this_database())
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == {"outcome": "ticket", "ticket": Ticket.objects.get().pk, "reason": ""}


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "database", ["sqlite:////nowhere/at/all.sqlite3", "postgres://nobody@127.0.0.1:{port}/nothing"]
)
def test_in_another_process_without_a_database_it_ends_with_75(database: str) -> None:
    done = in_another_process(MAIL.as_bytes(), database.format(port=free_port()))
    assert (done.returncode, done.stdout) == (75, b"")
    assert done.stderr.decode().strip() == ("The mail could not be stored (OperationalError); please try again later.")


def this_database() -> str:
    """The address of the test's own database, for another process."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgres://{known['USER']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
