"""What changes without a fact about a ticket: mail held on its way in, mail on its way out."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum

from tickets.live.frames import Frame, encode
from tickets.models import OutgoingMail, RawMail

TROUBLED = [OutgoingMail.State.FAILED, OutgoingMail.State.BOUNCED, OutgoingMail.State.UNCERTAIN]
NOTHING: frozenset[Hashable] = frozenset()
Digest = Mapping[int, frozenset[Hashable]]


class Trouble:
    """Compares digests of the rows themselves, so that it does not matter who changed them, where or how."""

    def __init__(self) -> None:
        self._teams: Digest | None = None
        self._tickets: Digest = {}

    def changes(self, open_tickets: Collection[int]) -> list[Frame]:
        """The frames of what changed since the last call: a queue's held mail, the deliveries of an open page."""
        teams, found = _of_teams(), _of_tickets(open_tickets)
        tickets = {number: found.get(number, NOTHING) for number in open_tickets}
        was_teams = teams if self._teams is None else self._teams
        was_tickets = {number: was for number, was in self._tickets.items() if number in tickets}
        unknown = {number: tickets[number] for number in tickets if number not in was_tickets}
        frames = [_told(f"queue:{team}", "floor") for team in _different(was_teams, teams)]
        frames += [_told(f"ticket:{number}", ticket=number) for number in _different({**was_tickets, **unknown}, tickets)]
        self._teams, self._tickets = teams, tickets
        return frames


def _of_teams() -> Digest:
    held = RawMail.objects.filter(outcome=RawMail.Outcome.QUARANTINED).order_by().values_list("mailbox__team")
    held = held.annotate(Count("pk"), Max("pk"), Sum("pk"))
    return _gather([*held, *_mails(OutgoingMail.objects.filter(state__in=TROUBLED, ticket__isnull=False), "ticket__team")])


def _of_tickets(numbers: Collection[int]) -> Digest:
    return _gather(_mails(OutgoingMail.objects.filter(ticket__in=numbers), "ticket")) if numbers else {}


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
