"""What a fetched mail becomes: its bytes, the cursor, the figures and the lease are one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.expressions import Combinable
from django.utils import timezone

from tickets.mail import too_large
from tickets.mail.imap.reading import Seen
from tickets.mail.parse import parse
from tickets.mail.store import store
from tickets.models import FetchedMail, ImapAccount, RawMail

LEASE = timedelta(minutes=2)  # longer than any answer of a server may take
Fate = FetchedMail.Fate


class Overtaken(Exception):
    """Our lease ran out while the server took long, and another worker reads this account now."""


@dataclass
class Keeper:
    """Writes down what one round finds, for as long as it holds the account's lease."""

    account: ImapAccount
    uid_validity: int

    def start_again(self) -> None:
        """Other UIDs hold from now on: everything is looked at anew, and what came before is recognised by its bytes."""
        self._still_ours(uid_validity=self.uid_validity, last_uid=0)
        self.account.uid_validity, self.account.last_uid = self.uid_validity, 0

    def store(self, seen: Seen, raw: bytes) -> RawMail | None:
        """Commit the bytes of a mail; the new row is leased to us, to be read at once. None: they came before."""
        with transaction.atomic():
            row, is_new = self._stored(seen, raw)
            self._count(seen.uid, Fate.STORED if is_new else Fate.DUPLICATE, row)
        return row if is_new else None

    def hold_large(self, seen: Seen, headers: bytes) -> None:
        """Keep the headers of a mail that is too large, held for a person to see."""
        with transaction.atomic():
            row, is_new = self._stored(seen, headers)
            if is_new:
                too_large.hold(row, seen.size, self.account.quarantine_folder, now=timezone.now())
            self._count(seen.uid, Fate.TOO_LARGE, row)

    def hold_unreadable(self, seen: Seen, named: bytes, reason: str) -> None:
        """Hold a line that names a mail which the server does not give, for a person to see."""
        with transaction.atomic():
            row, is_new = self._stored(seen, named)
            if is_new:
                row.outcome, row.reason, row.due_at, row.claimed_until = "quarantined", reason[:500], None, None
                row.subject = parse(named).subject[:300]
                row.save(update_fields=["outcome", "reason", "due_at", "claimed_until", "subject"])
            self._count(seen.uid, Fate.UNREADABLE, row)

    def _stored(self, seen: Seen, raw: bytes) -> tuple[RawMail, bool]:
        arrived = seen.arrived_at
        row, is_new = store(raw, self.account.mailbox, now=timezone.now())
        if is_new and arrived and arrived < self.account.activated_at:
            row.imported, row.received_at = True, arrived
            row.save(update_fields=["imported", "received_at"])
        return row, is_new

    def _count(self, uid: int, fate: str, row: RawMail) -> None:
        self._ledger(uid, fate=fate, raw_mail=row)
        self._pass(uid, fetched=F("fetched") + 1, **{fate: F(fate) + 1})

    def note_failure(self, uid: int) -> int:
        """It could not be fetched: the others go on, and it is tried again; answers how often it was tried."""
        with transaction.atomic():
            mail = self._ledger(uid)
            mail.attempts += 1
            mail.save(update_fields=["attempts"])
            self._pass(uid)
        return mail.attempts

    def forget(self, uid: int) -> None:
        """Somebody took it away before we had it."""
        FetchedMail.objects.filter(account=self.account, uid_validity=self.uid_validity, uid=uid, fate="").delete()
        self._pass(uid)

    def moved(self, uids: list[int], now: datetime) -> None:
        FetchedMail.objects.filter(account=self.account, uid_validity=self.uid_validity, uid__in=uids).update(
            moved_at=now
        )

    def _ledger(self, uid: int, **values: object) -> FetchedMail:
        mail, _ = FetchedMail.objects.update_or_create(
            account=self.account, uid_validity=self.uid_validity, uid=uid, defaults=values
        )
        return mail

    def _pass(self, uid: int, **figures: Combinable) -> None:
        last = max(uid, self.account.last_uid)
        self._still_ours(last_uid=last, **figures)
        self.account.last_uid = last

    def _still_ours(self, **values: object) -> None:
        """Write to the account and prolong the lease; raises Overtaken, which rolls back what it belongs to."""
        until = timezone.now() + LEASE
        ours = ImapAccount.objects.filter(pk=self.account.pk, claimed_until=self.account.claimed_until)
        if not ours.update(claimed_until=until, **values):
            raise Overtaken
        self.account.claimed_until = until
