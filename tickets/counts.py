"""The counts of the left pane: how much each queue and each view holds, and the mail that needs a person."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Func, IntegerField, OuterRef, Q, QuerySet, Subquery

from tickets.lists import in_view, views
from tickets.models import Agent, ImapAccount, OutgoingMail, RawMail, Team, Ticket
from tickets.states import UNSETTLED, WAITING_FOR_US, State

UNCOUNTED = frozenset({"settled", "spam"})  # they only grow, and nobody acts upon how many they are


@dataclass(frozen=True)
class Queue:
    """A team's unsettled tickets by state, and since when its longest waiting customer waits."""

    id: int
    name: str
    held: Mapping[State, int]
    oldest_waiting_since: datetime | None

    def count(self, states: Iterable[State]) -> int:
        return sum(self.held[state] for state in states)


def queues(teams: Collection[int]) -> list[Queue]:
    """The queues of these teams. One query: every figure is read off the index of team, state and waiting time."""
    held = {f"held_{state}": how_many(Q(state=state)) for state in UNSETTLED}
    oldest = {f"oldest_{state}": earliest("waiting_since", Q(state=state)) for state in WAITING_FOR_US}
    return [_queue(row) for row in Team.objects.filter(pk__in=teams).values("pk", "name", **held, **oldest)]


def how_many(which: Q) -> Subquery:
    """How many such tickets the team has that a query is about."""
    # Count() would group, and a group by row costs three times what counting the entries of an index does.
    held = Ticket.objects.filter(which, team=OuterRef("pk")).order_by()
    return Subquery(held.values(many=Func(template="COUNT(*)", output_field=IntegerField())))


def earliest(column: str, which: Q) -> Subquery:
    """The first time in this column of such a ticket of the team: the first entry of an index, where a minimum reads all."""
    timed = Ticket.objects.filter(which, team=OuterRef("pk"), **{f"{column}__isnull": False})
    return Subquery(timed.order_by(column).values(column)[:1])


def _queue(row: Mapping[str, Any]) -> Queue:
    since = [row[f"oldest_{state}"] for state in WAITING_FOR_US if row[f"oldest_{state}"]]
    held = {state: row[f"held_{state}"] for state in UNSETTLED}
    return Queue(row["pk"], row["name"], held, min(since, default=None))


def in_views(queues: Sequence[Queue], agent: Agent, now: datetime) -> dict[str, int]:
    """How many tickets of these queues each view of the left pane holds.

    Views of whole states are sums of the queues; each other one is counted on an index of its own.
    """
    tickets = Ticket.objects.filter(team__in=[queue.id for queue in queues]).order_by()
    standard = [view for view in views() if view.key not in UNCOUNTED]
    summed = {view.key: sum(queue.count(view.states) for queue in queues) for view in standard if view.states}
    asked = ["my_open", "mentions", *(view.key for view in standard if view.key not in summed)]
    return summed | {key: in_view(tickets, key, agent, now).count() for key in asked}


def troubles(agent: Agent, teams: Collection[int], now: datetime) -> dict[str, int]:
    """Mail that needs a person: held on its way in, in trouble on its way out, or in a mailbox that cannot be read."""
    held = RawMail.objects.filter(outcome=RawMail.Outcome.QUARANTINED, mailbox__team__in=teams)
    troubled = deliveries(agent, teams).filter(state__in=["failed", "bounced", "uncertain"])
    unread = ImapAccount.in_trouble(now).filter(mailbox__team__in=teams)
    return {"quarantine": held.count(), "undelivered": troubled.count(), "mailboxes": unread.count()}


def deliveries(agent: Agent, teams: Collection[int]) -> QuerySet[OutgoingMail]:
    """The outgoing mail that this person looks after: that of their teams, and a supervisor what is of no ticket."""
    theirs = Q(ticket__team__in=teams)
    return OutgoingMail.objects.filter(theirs | Q(ticket__isnull=True) if agent.is_supervisor else theirs)
