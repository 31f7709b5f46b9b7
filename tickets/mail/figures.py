"""How each mailbox does: what came, what became of it, what waits; and where figures do not add up."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q

from tickets.models import FetchedMail, ImapAccount, RawMail

NOT_FETCHED_FOR = timedelta(minutes=15)
NOT_WATCHED_FOR = timedelta(minutes=1)
Fate = FetchedMail.Fate


@dataclass
class Figures:
    """Mails of one mailbox by outcome, by whichever way they came; `""` are those that wait to be read.

    `imported` of them lay there before the mailbox was ours.
    """

    outcomes: dict[str, int] = field(default_factory=dict)
    imported: int = 0
    oldest_waiting_since: datetime | None = None
    last_received_at: datetime | None = None

    @property
    def came(self) -> int:
        return sum(self.outcomes.values())


def of_mailboxes() -> dict[int, Figures]:
    """The figures of every mailbox that ever got a mail, in one query."""
    rows = RawMail.objects.order_by().values_list("mailbox", "outcome")
    found: dict[int, Figures] = {}
    old = Count("pk", filter=Q(imported=True))
    counted = rows.annotate(Count("pk"), Min("received_at"), Max("received_at"), old=old)
    for mailbox, outcome, count, oldest, newest, imported in counted:
        figures = found.setdefault(mailbox, Figures())
        figures.imported += imported
        figures.outcomes[outcome] = count
        figures.oldest_waiting_since = figures.oldest_waiting_since if outcome else oldest
        figures.last_received_at = max(newest, figures.last_received_at or newest)
    return found


def does_not_add_up(now: datetime) -> Iterator[str]:
    """A sentence for each account that is not read, or whose figures and mails differ."""
    for account in ImapAccount.objects.select_related("mailbox").order_by("pk"):
        since = account.fetched_at or account.activated_at
        if account.due_at and since < now - NOT_FETCHED_FOR:
            because = f": {account.trouble}" if account.trouble else "; is a worker running?"
            yield f"{account.mailbox} was last fetched {since:%d %b %H:%M} UTC{because}".rstrip(".")
        if account.due_at and (account.watched_until or account.activated_at) < now - NOT_WATCHED_FOR:
            yield f"nobody waits for the mail of {account.mailbox}, which is looked for every minute; is serve running?"
        yield from _miscounted(account)


def _miscounted(account: ImapAccount) -> Iterator[str]:
    fates = [fate for fate in Fate.values if fate]
    counted = {fate: Count("pk", filter=Q(fate=fate)) for fate in fates}
    gone = Count("pk", filter=Q(raw_mail__isnull=True) & ~Q(fate=""))
    noted = FetchedMail.objects.filter(account=account).aggregate(gone=gone, **counted)
    for fate in fates:
        if noted[fate] != getattr(account, fate):
            yield f"{account.mailbox} counts {getattr(account, fate)} mails as {fate}, and {noted[fate]} are noted"
    if noted["gone"]:
        yield f"{noted['gone']} mails that were fetched for {account.mailbox} are not there any more"
