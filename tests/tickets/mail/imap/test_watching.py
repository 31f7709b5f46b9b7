"""Waiting for mail at a real server: it wakes whoever fetches, survives a cut wire, and follows the settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast, assemble
from tests.servers import until
from tests.tickets.mail.imap.post_office import PostOffice, account, letter, look
from tests.tickets.mail.imap.wire import Wire
from tickets.mail.imap import watching
from tickets.mail.imap.fetching import fetch_due_accounts
from tickets.mail.imap.watching import Watchers
from tickets.models import ImapAccount, Ticket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return assemble()


@contextmanager
def process() -> Iterator[Watchers]:
    """The watchers of one process, not yet begun."""
    made = Watchers()
    try:
        yield made
    finally:
        ended(made)


def ended(made: Watchers) -> None:
    threads = [made._thread, *(watcher.thread for watcher in made._watchers.values())]
    made.stop()
    for thread in threads:
        if thread.ident:
            thread.join(10)


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """They look often, so that no test waits."""
    for name, seconds in {"LOOK": 0.1, "ACCOUNTS": 0.05, "PAUSE": (0.05, 0.1)}.items():
        monkeypatch.setattr(watching, name, seconds)


@pytest.fixture
def watchers(people: Cast) -> Iterator[Watchers]:
    with process() as made:
        yield made


def later() -> datetime:
    return timezone.now() + timedelta(hours=1)


def is_due() -> bool:
    return ImapAccount.objects.filter(due_at__lte=timezone.now()).exists()


def woken(ours: ImapAccount) -> None:
    """It says that the account is due, which the next round settles."""
    until(is_due, "nobody said that there is mail")
    look(ours)


def test_it_says_at_once_that_there_is_mail(people: Cast, office: PostOffice, watchers: Watchers) -> None:
    ours = account(people, office, due_at=later())
    watchers.start()
    woken(ours)  # what came while nobody watched
    for number in (1, 2):
        office.brings(letter(number))
        assert not is_due()
        woken(ours)
        assert Ticket.objects.count() == number


def test_it_renews_the_line_before_the_server_hangs_up(
    people: Cast, office: PostOffice, watchers: Watchers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "RENEWED", 0.3)
    ours = account(people, office, due_at=later())
    watchers.start()
    woken(ours)
    woken(ours)  # a new line asks first whether there is mail
    assert watching.RENEWED < 29 * 60


def test_it_comes_back_after_the_wire_was_cut(people: Cast, office: PostOffice, watchers: Watchers) -> None:
    with Wire(office.port) as wire:
        ours = account(people, office, port=wire.port, due_at=later())
        watchers.start()
        woken(ours)
        wire.cut()
        woken(ours)  # it has come back, and asks what it missed
        office.brings(letter(1))
        woken(ours)
    assert Ticket.objects.count() == 1


def test_it_watches_what_the_settings_name_now(people: Cast, office: PostOffice, watchers: Watchers) -> None:
    watchers.start()
    ours = account(people, office, due_at=None)
    until(lambda: not watchers._watchers, "somebody watches an account that is switched off")
    ImapAccount.objects.update(due_at=later())
    woken(ours)
    [first] = watchers._watchers.values()
    ImapAccount.objects.update(folder="Support")
    until(lambda: first.stopping.is_set() and len(watchers._watchers) == 1, "it watches another folder still")


def watching_by() -> str:
    return str(ImapAccount.objects.values_list("watched_by", flat=True).get())


def test_of_two_processes_one_waits_and_hands_over_when_it_ends(
    people: Cast, office: PostOffice, watchers: Watchers
) -> None:
    ours = account(people, office, due_at=later())
    watchers.start()
    until(lambda: watching_by() == watchers.name, "nobody waits")
    with process() as other:
        other.start()
        woken(ours)
        assert watching_by() == watchers.name and not other._watchers
        ended(watchers)
        until(lambda: watching_by() == other.name, "nobody took over")
        woken(ours)  # what came while nobody watched
        office.brings(letter(1))
        woken(ours)
    assert Ticket.objects.count() == 1
    assert watching_by() == ""


def test_where_one_dies_another_takes_over_once_its_lease_has_run_out(
    people: Cast, office: PostOffice, watchers: Watchers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "LEASE", timedelta(seconds=1))
    end = timezone.now() + timedelta(seconds=1)
    account(people, office, due_at=later(), watched_by="who died", watched_until=end)
    watchers.start()
    until(lambda: watching_by() == watchers.name, "nobody took over")
    assert timezone.now() >= end


def test_one_that_was_thought_dead_lets_go(people: Cast, office: PostOffice, watchers: Watchers) -> None:
    account(people, office, due_at=later())
    watchers.start()
    until(lambda: bool(watchers._watchers), "nobody waits")
    [mine] = watchers._watchers.values()
    ImapAccount.objects.update(watched_by="another", watched_until=later())
    until(lambda: mine.stopping.is_set() and not watchers._watchers, "two wait at one mailbox")
    assert watching_by() == "another"


def test_without_it_mail_is_found_by_looking(people: Cast, office: PostOffice) -> None:
    account(people, office)
    office.brings(letter(1))
    assert fetch_due_accounts(timezone.now()) == 1
    office.brings(letter(2))
    assert fetch_due_accounts(timezone.now() + timedelta(seconds=61)) == 1
    assert Ticket.objects.count() == 2
