"""Fetches what is new in each mailbox of others whose time has come: bytes first, the move last, one bad mail stops none."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone
from imap_tools.mailbox import BaseMailBox

from tickets.due_work import does
from tickets.live import nudge
from tickets.mail.imap import reading
from tickets.mail.imap.connecting import folder_of
from tickets.mail.imap.keeping import LEASE, Keeper, Overtaken
from tickets.mail.imap.problems import ERRORS, ImapProblem, is_refusal, said
from tickets.mail.imap.reading import Seen
from tickets.mail.intake import take_in
from tickets.mail.reading.limits import MOST_BYTES
from tickets.models import ImapAccount, RawMail

EVERY = timedelta(seconds=60)  # between two looks; IDLE brings most mail at once
BACKOFF = [timedelta(seconds=seconds) for seconds in (15, 30, 60, 120, 300)]  # after each failed look
MOST_ACCOUNTS = 8  # looked at at the same time
BATCH = 50  # mails asked for at once
MOST_SECONDS = 20.0  # of one round, after which the others have their turn
MOST_ATTEMPTS = 3  # at a mail that the server refuses, or that we cannot keep
MOST_CUTS = (
    6  # at one at which the connection breaks, which may be the way's fault: in the round after, and later still
)
log = structlog.get_logger(__name__)


@does("imap_accounts", ImapAccount)
def fetch_due_accounts(now: datetime) -> int:
    """Look into every account whose time has come, beside each other; answers how many. Raises where the database is away."""
    accounts = ImapAccount.objects.select_related("mailbox__team").claim(now, MOST_ACCOUNTS, LEASE)
    if len(accounts) < 2:
        for account in accounts:
            fetch(account, now=now)
        return len(accounts)
    with ThreadPoolExecutor(len(accounts), thread_name_prefix="imap") as threads:
        list(threads.map(lambda account: _aside(account, now), accounts))
    return len(accounts)


def _aside(account: ImapAccount, now: datetime) -> None:
    try:
        fetch(account, now=now)
    finally:
        connection.close()


def fetch(account: ImapAccount, *, now: datetime) -> None:
    """One round at an account that is leased to the caller; whatever goes wrong is written on the account in words."""
    try:
        with folder_of(account) as server:
            is_more, trouble = Round(account, server).run()
    except Overtaken:
        log.info("imap_overtaken", account=account.pk)
    except ImapProblem as problem:
        _failed(account, problem, now)
    except DatabaseError:
        raise
    except Exception as error:
        log.exception("imap_failed", account=account.pk)
        advice = "A colleague who runs the system can see why."
        _failed(account, ImapProblem(f"It cannot be read ({type(error).__name__}).", advice), now)
    else:
        _done(account, trouble, is_more=is_more, now=now)


def _done(account: ImapAccount, trouble: ImapProblem | None, *, is_more: bool, now: datetime) -> None:
    said = {"trouble": trouble.words if trouble else "", "advice": trouble.advice if trouble else ""}
    ours = ImapAccount.objects.filter(pk=account.pk, claimed_until=account.claimed_until)
    ours.update(fetched_at=timezone.now(), failing_since=None, attempts=0, **said)
    _let_go(account, now if is_more else now + EVERY)


def _failed(account: ImapAccount, problem: ImapProblem, now: datetime) -> None:
    """Try again later, and later still; with jitter, so that a server which comes back is not stormed."""
    log.warning("imap_trouble", account=account.pk, attempts=account.attempts + 1)
    pause = BACKOFF[min(account.attempts, len(BACKOFF) - 1)] * random.uniform(0.8, 1.2)  # noqa: S311 (jitter)
    ImapAccount.objects.filter(pk=account.pk, claimed_until=account.claimed_until).update(
        trouble=problem.words,
        advice=problem.advice,
        failing_since=account.failing_since or now,
        attempts=account.attempts + 1,
    )
    _let_go(account, now + pause)


def _let_go(account: ImapAccount, due_at: datetime) -> None:
    """Give up the lease; what somebody said meanwhile (look at once, look no more) stands."""
    ours = ImapAccount.objects.filter(pk=account.pk, claimed_until=account.claimed_until)
    ours.filter(due_at=account.due_at).update(due_at=due_at)
    ours.update(claimed_until=None)


class Round:
    """One look into an opened folder."""

    def __init__(self, account: ImapAccount, server: BaseMailBox) -> None:
        self.account, self.server = account, server
        self.keeper = Keeper(account, reading.uid_validity(server))
        self.until = time.monotonic() + MOST_SECONDS

    def run(self) -> tuple[bool, ImapProblem | None]:
        """Fetch, read and move; whether there is more, and what of it did not go well though nothing is lost by it."""
        if self.account.uid_validity != self.keeper.uid_validity:
            self.keeper.start_again()
        # What failed before comes last: were it the mail at which the server hangs up, none would come after it.
        uids = [*reading.uids_after(self.server, self.account.last_uid), *self._pending()]
        done = 0
        while done < len(uids) and time.monotonic() < self.until:
            self._take(uids[done : done + BATCH])
            done += BATCH
        return done < len(uids), self._move()

    def _pending(self) -> list[int]:
        mails = self.account.mails.filter(uid_validity=self.keeper.uid_validity, fate="").order_by("uid")
        return list(mails.values_list("uid", flat=True)[:BATCH])

    def _take(self, uids: list[int]) -> None:
        seen = reading.look_at(self.server, uids)
        for uid in uids:
            try:
                self._take_one(uid, seen.get(uid))
            except (Overtaken, OperationalError, InterfaceError):
                raise
            except ERRORS as error:
                is_cut = not is_refusal(error)
                because = f"The mail server {'hung up over' if is_cut else 'did not give'} it"
                self._not_had(uid, seen.get(uid), because, said(error), MOST_CUTS if is_cut else MOST_ATTEMPTS)
                if is_cut:
                    raise
            except Exception as error:
                log.exception("imap_mail_failed", account=self.account.pk, uid=uid)
                self._not_had(uid, seen.get(uid), "It could not be kept", type(error).__name__, MOST_ATTEMPTS)

    def _take_one(self, uid: int, seen: Seen | None) -> None:
        if seen and seen.size > MOST_BYTES:
            headers = reading.raw_headers(self.server, uid) or b""
            self.keeper.hold_large(seen, headers)
        elif seen and (raw := reading.raw_bytes(self.server, uid)) is not None:
            self._read(self.keeper.store(seen, raw))
        else:
            self.keeper.forget(uid)

    def _not_had(self, uid: int, seen: Seen | None, because: str, answer: str, most: int) -> None:
        """It is tried again with the next rounds; after `most` times it is held by its number, and stops no other."""
        if self.keeper.note_failure(uid) < most:
            return
        reason = f"{because}, {most} times over ({answer}). It lies in the mailbox, "
        reason += f"in the folder “{self.account.quarantine_folder}”, as number {uid}."
        named = f"Subject: Mail {uid} of {self.account.user}\r\nX-Uid: {self.keeper.uid_validity}/{uid}\r\n\r\n"
        self.keeper.hold_unreadable(seen or Seen(uid, 0, None), named.encode(), reason)

    def _read(self, row: RawMail | None) -> None:
        """A mail that is new, to its outcome; what cannot be read now is read by a worker later."""
        if row is None:
            return
        try:
            take_in(row, now=timezone.now())
        except DatabaseError:
            log.warning("imap_read_later", raw_mail=row.pk)
        nudge()

    def _move(self) -> ImapProblem | None:
        """Move what has its outcome; what cannot be moved stays and is no less safe, since the cursor has passed it."""
        mails = self.account.mails.filter(uid_validity=self.keeper.uid_validity, moved_at=None).exclude(fate="")
        decided = mails.exclude(raw_mail__outcome="").order_by("uid").values_list("uid", "raw_mail__outcome")
        folders: dict[str, list[int]] = {}
        for uid, outcome in decided[: 10 * BATCH]:
            held = outcome == RawMail.Outcome.QUARANTINED
            folders.setdefault(self.account.quarantine_folder if held else self.account.processed_folder, []).append(
                uid
            )
        for folder, uids in folders.items():
            try:
                reading.move(self.server, uids, folder)
            except ERRORS as error:
                if not is_refusal(error):
                    raise
                words = f"Mail is taken in, but the server does not move it to “{folder}” ({said(error)})."
                return ImapProblem(words, "Check that the folder may be written to, and that the mailbox is not full.")
            self.keeper.moved(uids, timezone.now())
        return None
