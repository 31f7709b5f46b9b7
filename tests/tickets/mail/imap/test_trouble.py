"""What can go wrong with a mailbox of others: nothing is lost by it, nothing comes twice, and it is said in words."""

import imaplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.utils import timezone
from imap_tools.mailbox import BaseMailBox

from tests.cast import Cast
from tests.servers import free_port
from tests.tickets.mail.imap.post_office import PostOffice, account, figures, letter, look
from tests.tickets.mail.imap.wire import Wire
from tickets.mail.imap import keeping, reading
from tickets.mail.imap.fetching import MOST_CUTS, fetch, fetch_due_accounts
from tickets.models import FetchedMail, ImapAccount, RawMail, Ticket
from tickets.sealing import seal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wrong", "words", "advice"),
    [
        ({"secret": "other"}, "refused the user", "Check user and password."),
        ({"host": "no-such-host.invalid"}, "was not found", "Check how it is spelled"),
        ({"port": None}, "refused the connection on port", "Check the port"),
        ({"security": "tls"}, "does not speak TLS", "Choose STARTTLS"),
        ({"security": "starttls"}, "offers no STARTTLS", "Choose TLS"),
        ({"folder": "Nowhere"}, "The folder “Nowhere” cannot be opened", "Choose a folder that is there"),
    ],
)
def test_it_says_in_words_what_is_wrong_and_what_to_do(
    cast: Cast, office: PostOffice, wrong: dict[str, Any], words: str, advice: str
) -> None:
    if "secret" in wrong:
        wrong = {"secret": seal(wrong["secret"])}
    if "port" in wrong:
        wrong = {"port": free_port()}
    ours = look(account(cast, office, **wrong))
    assert words in ours.trouble and advice in ours.advice
    assert ours.failing_since and ours.due_at and ours.due_at > timezone.now()
    assert ours.claimed_until is None


def test_it_waits_longer_after_each_failure_and_forgets_it_when_all_is_well(cast: Cast, office: PostOffice) -> None:
    ours = account(cast, office, secret=seal("other"))
    pauses = []
    for _ in range(4):
        ours = look(ours)
        assert ours.due_at
        pauses.append(ours.due_at - timezone.now())
    assert sorted(pauses) == pauses and pauses[-1] > timedelta(minutes=1)
    ImapAccount.objects.update(secret=seal("secret"))
    ours = look(ours)
    assert (ours.trouble, ours.advice, ours.failing_since, ours.attempts) == ("", "", None, 0)


def test_a_changed_secret_key_is_said(cast: Cast, office: PostOffice, settings: Any) -> None:
    ours = account(cast, office)
    settings.SECRET_KEY = "another"
    assert "SECRET_KEY has changed" in look(ours).trouble


def test_other_uids_are_looked_at_anew_and_nothing_comes_twice(cast: Cast, office: PostOffice) -> None:
    ours = account(cast, office, folder="Support")
    with office.opened() as box:
        box.folder.create("Support")
    for number in range(3):
        office.brings(letter(number), folder="Support")
    was = look(ours).uid_validity
    with office.opened() as box:
        box.folder.delete("Support")
        box.folder.create("Support")
        ours.refresh_from_db()
    for number in range(4):
        office.brings(letter(number), folder="Support")
    ours = look(ours)
    assert ours.uid_validity != was
    assert (figures(ours), Ticket.objects.count()) == ((7, 4, 3), 4)
    assert office.lies_in("Support") == []


def test_folders_that_are_gone_are_made_again(cast: Cast, office: PostOffice) -> None:
    ours = account(cast, office)
    office.brings(letter(1))
    ours = look(ours)
    with office.opened() as box:
        box.folder.delete("Processed")
    office.brings(letter(2))
    assert look(ours).trouble == ""
    assert len(office.lies_in("Processed")) == 1


def test_mail_that_cannot_be_moved_is_taken_in_once_said_and_moved_later(cast: Cast, office: PostOffice) -> None:
    ours = account(cast, office, processed_folder="INBOX")  # a folder's mail cannot be moved into itself here
    office.brings(letter(1))
    with mock.patch.object(reading, "move", side_effect=imaplib.IMAP4.error("[OVERQUOTA] full")):
        for _ in range(2):
            ours = look(ours)
            assert "does not move it" in ours.trouble and "OVERQUOTA" in ours.trouble
    assert (figures(ours), Ticket.objects.count(), len(office.lies_in("INBOX"))) == ((1, 1, 0), 1, 1)
    ImapAccount.objects.update(processed_folder="Processed")
    assert look(ours).trouble == ""
    assert (office.lies_in("INBOX"), len(office.lies_in("Processed"))) == ([], 1)


@pytest.mark.parametrize("known", [("IMAP4REV1", "UIDPLUS"), ("IMAP4REV1",)])
def test_without_move_it_copies_and_marks_as_deleted(cast: Cast, office: PostOffice, known: tuple[str, ...]) -> None:
    def learn(server: BaseMailBox) -> None:
        server.client.capabilities = known

    office.brings(letter(1))
    with office.opened() as box:
        box.append(letter(2), "INBOX", timezone.now(), ["\\Deleted"])  # somebody else has marked it so
    with mock.patch("tickets.mail.imap.connecting._learn_capabilities", learn):
        ours = account(cast, office)
        look(ours)
        look(ours)
    assert Ticket.objects.count() == 2
    assert len(office.lies_in("Processed")) == 2
    assert len(office.lies_in("INBOX")) == (0 if "UIDPLUS" in known else 2)


def test_a_mail_that_the_server_does_not_give_stops_no_other_and_is_held_after_three_tries(
    cast: Cast, office: PostOffice
) -> None:
    for number in range(3):
        office.brings(letter(number))
    real = reading.raw_bytes

    def refuses_the_second(server: BaseMailBox, uid: int) -> bytes | None:
        if uid == 2:
            raise imaplib.IMAP4.error("[SERVERBUG] Internal error")
        return real(server, uid)

    ours = account(cast, office)
    with mock.patch.object(reading, "raw_bytes", refuses_the_second):
        ours = look(ours)
        assert (ours.trouble, Ticket.objects.count(), ours.fetched) == ("", 2, 2)
        look(ours)
        ours = look(ours)
    held = RawMail.objects.get(outcome="quarantined")
    assert "SERVERBUG" in held.reason and "as number 2" in held.reason
    assert (ours.fetched, ours.stored, ours.unreadable) == (3, 2, 1)
    assert len(office.lies_in("Quarantine")) == 1


def test_a_mail_that_comes_at_the_third_try_is_a_ticket_like_any_other(cast: Cast, office: PostOffice) -> None:
    office.brings(letter(1))
    ours = account(cast, office)
    with mock.patch.object(reading, "raw_bytes", side_effect=imaplib.IMAP4.error("[UNAVAILABLE] Later")):
        look(ours)
        look(ours)
    assert (figures(ours), FetchedMail.objects.get().attempts) == ((0, 0, 0), 2)
    look(ours)
    assert (figures(ours), Ticket.objects.count(), office.lies_in("INBOX")) == ((1, 1, 0), 1, [])


def test_a_mail_that_somebody_takes_away_meanwhile_is_no_trouble(cast: Cast, office: PostOffice) -> None:
    office.brings(letter(1))
    with mock.patch.object(reading, "raw_bytes", return_value=None):
        ours = look(account(cast, office))
    assert (ours.trouble, ours.fetched, ours.last_uid) == ("", 0, 1)


@pytest.mark.parametrize("after", [400, 2000, 5000])
def test_a_connection_that_is_cut_while_it_fetches_loses_and_doubles_nothing(
    cast: Cast, office: PostOffice, after: int
) -> None:
    for number in range(10):
        office.brings(letter(number, words="word " * 40))
    with Wire(office.port) as wire:
        ours = account(cast, office, port=wire.port)
        wire.cut_after(after)
        assert "broke off" in look(ours).trouble
        wire.mend()
        assert look(ours).trouble == ""
    assert (Ticket.objects.count(), RawMail.objects.count()) == (10, 10)
    ours.refresh_from_db()
    assert ours.fetched == ours.stored == 10
    assert (len(office.lies_in("Processed")), office.lies_in("INBOX")) == (10, [])


def test_a_mail_over_which_the_server_hangs_up_stops_no_other_and_is_held_in_the_end(
    cast: Cast, office: PostOffice
) -> None:
    for number, words in enumerate(["word", "word " * 20_000, "word"]):
        office.brings(letter(number, words=words))
    with Wire(office.port) as wire:
        ours = account(cast, office, port=wire.port)
        for _ in range(MOST_CUTS):
            wire.cut_after(20_000)
            assert "broke off" in look(ours).trouble
        wire.mend()
        ours = look(ours)
    assert (ours.trouble, ours.fetched, ours.stored, ours.unreadable) == ("", 3, 2, 1)
    assert sorted(ticket.subject for ticket in Ticket.objects.all()) == ["Boots 0", "Boots 2"]
    held = RawMail.objects.get(outcome="quarantined")
    assert held.reason.startswith("The mail server hung up over it, 6 times over") and "as number 2" in held.reason
    assert (len(office.lies_in("Quarantine")), len(office.lies_in("Processed"))) == (1, 2)


def test_a_mail_that_we_cannot_keep_stops_no_other_and_is_held(cast: Cast, office: PostOffice) -> None:
    for number in range(3):
        office.brings(letter(number))
    real = keeping.store

    def keeps_no_first(raw: bytes, *given: Any, **more: Any) -> Any:
        if b"Boots 0" in raw:
            raise ValueError("nobody foresaw this")
        return real(raw, *given, **more)

    ours = account(cast, office)
    with mock.patch.object(keeping, "store", keeps_no_first):
        assert (look(ours).trouble, Ticket.objects.count()) == ("", 2)
        look(ours)
        ours = look(ours)
    held = RawMail.objects.get(outcome="quarantined")
    assert held.reason.startswith("It could not be kept, 3 times over (ValueError).") and "as number 1" in held.reason
    assert (ours.fetched, ours.stored, ours.unreadable) == (3, 2, 1)


def test_one_that_was_overtaken_writes_nothing_more(cast: Cast, office: PostOffice) -> None:
    office.brings(letter(1))
    ours = account(cast, office)
    now = timezone.now()
    slow = ImapAccount.objects.select_related("mailbox__team").claim(now)[0]
    [quick] = ImapAccount.objects.select_related("mailbox__team").claim(now + timedelta(minutes=5))
    fetch(slow, now=now)
    assert figures(ours) == (0, 0, 0) and not RawMail.objects.exists()
    fetch(quick, now=now)
    assert figures(ours) == (1, 1, 0)


def test_what_is_said_to_be_due_while_it_looks_stays_due(cast: Cast, office: PostOffice) -> None:
    ours = account(cast, office)
    soon = timezone.now()
    real: Callable[..., Any] = reading.uids_after

    def mail_comes_meanwhile(*given: Any) -> Any:
        found = real(*given)
        ImapAccount.objects.update(due_at=soon)
        return found

    with mock.patch.object(reading, "uids_after", mail_comes_meanwhile):
        assert look(ours).due_at == soon


def test_an_account_that_is_switched_off_is_left_alone(cast: Cast, office: PostOffice) -> None:
    account(cast, office, due_at=None)
    assert fetch_due_accounts(timezone.now() + timedelta(days=1)) == 0
