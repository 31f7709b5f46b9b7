"""What changes without a fact about a ticket: mail held on its way in, mail on its way out, mailboxes not read."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.utils import timezone

from tickets.live.frames import Frame, encode
from tickets.models import ImapAccount, OutgoingMail, RawMail

TROUBLED = [OutgoingMail.State.FAILED, OutgoingMail.State.BOUNCED, OutgoingMail.State.UNCERTAIN]
JUST = timedelta(seconds=5)  # longer than a page takes to read its ticket, and the feed to look
NOTHING: frozenset[Hashable] = frozenset()
Digest = Mapping[int, frozenset[Hashable]]


class Trouble:
    """Compares digests of the rows themselves, so that it does not matter who changed them, where or how."""

    def __init__(self) -> None:
        """Begin with what is now; reads the database."""
        self._teams = _of_teams(timezone.now())
        self._tickets: Digest = {}

    def changes(self, open_tickets: Collection[int], now: datetime) -> list[Frame]:
        """The frames of what changed since the last call: a queue's held mail, the deliveries of an open page."""
        teams, found = _of_teams(now), _of_tickets(open_tickets)
        tickets = {number: found.get(number, NOTHING) for number in open_tickets}
        moved = [
            number for number in _different(self._tickets, tickets) if number in self._tickets and number in tickets
        ]
        # A page opened since may have read a mail as queued that left before this first look at it.
        moved += _just_sent([number for number in tickets if number not in self._tickets], now)
        frames = [_told(f"queue:{team}", "floor") for team in _different(self._teams, teams)]
        frames += [_told(f"ticket:{number}", ticket=number) for number in moved]
        self._teams, self._tickets = teams, tickets
        return frames


def _of_teams(now: datetime) -> Digest:
    held = RawMail.objects.filter(outcome=RawMail.Outcome.QUARANTINED).order_by().values_list("mailbox__team")
    held = held.annotate(Count("pk"), Max("pk"), Sum("pk"))
    unsent = _mails(OutgoingMail.objects.filter(state__in=TROUBLED, ticket__isnull=False), "ticket__team")
    unread = ImapAccount.in_trouble(now).order_by().values_list("mailbox__team", "pk", "trouble")
    return _gather([*held, *unsent, *unread])


def _of_tickets(numbers: Collection[int]) -> Digest:
    return _gather(_mails(OutgoingMail.objects.filter(ticket__in=numbers), "ticket")) if numbers else {}


def _just_sent(numbers: Collection[int], now: datetime) -> list[int]:
    if not numbers:
        return []
    sent = OutgoingMail.objects.filter(ticket__in=numbers, sent_at__gt=now - JUST)
    return sorted({number for number in sent.values_list("ticket", flat=True) if number is not None})


def _mails(mails: QuerySet[OutgoingMail], key: str) -> Iterable[tuple[Any, ...]]:
    return mails.order_by().values_list(key, "state").annotate(Count("pk"), Sum("pk"), Sum("attempts"))


def _gather(figures: Iterable[tuple[Any, ...]]) -> Digest:
    gathered: dict[int, set[Hashable]] = {}
    for key, *figure in figures:
        gathered.setdefault(key, set()).add(tuple(figure))
    return {key: frozenset(found) for key, found in gathered.items()}


def _different(was: Digest, now: Digest) -> list[int]:
    return sorted(key for key in {*was, *now} if was.get(key, NOTHING) != now.get(key, NOTHING))


def _told(*topics: str, **about: int) -> Frame:
    return Frame(topics, encode({"kind": "trouble", **about}))
