"""What differs per person: unread, draft, their own views; told to those whom a change concerns."""

from collections.abc import Collection
from typing import Any

from tickets.live.frames import Frame, encode
from tickets.models import Draft, LastRead, Note, Ticket, TicketEvent
from tickets.states import UNSETTLED, State

Pair = tuple[int, int]  # agent, ticket


def of_tickets(numbers: Collection[int], agents: Collection[int], told: Collection[Pair]) -> list[Frame]:
    """A frame for each person of `agents` whom a change of these tickets concerns, and for each of `told`.

    Whoever has never read a ticket, has no draft on it and never was given it is not told: for them it is unread.
    """
    if not agents or not (numbers or told):
        return []
    tickets = sorted({*numbers, *(ticket for _, ticket in told)})
    found = _Found(tickets, agents)
    pairs = found.concerned() | {(agent, ticket) for agent, ticket in told if agent in agents}
    return [found.frame(agent, ticket) for agent, ticket in sorted(pairs) if ticket in found.tickets]


class _Found:
    """What five queries say about these people and tickets, however many there are."""

    def __init__(self, tickets: Collection[int], agents: Collection[int]) -> None:
        rows: Any = Ticket.objects.filter(pk__in=tickets).values("pk", "version", "state", "assignee_id")
        self.tickets: dict[int, dict[str, Any]] = {row["pk"]: row for row in rows}
        theirs = {"agent__in": agents, "ticket__in": tickets}
        self.read = {
            (a, t): v for a, t, v in LastRead.objects.filter(**theirs).values_list("agent", "ticket", "version")
        }
        self.drafts = set(Draft.objects.filter(**theirs).exclude(text="").values_list("agent", "ticket"))
        mentions = Note.mentions.through.objects.filter(agent__in=agents, note__ticket__in=tickets)
        self.mentions = set(mentions.values_list("agent", "note__ticket"))
        owning = TicketEvent.objects.filter(ticket__in=tickets, kind__in=["assigned", "opened_by_agent"])
        given = owning.values_list("data__agent", "ticket")
        self.given = {(agent, ticket) for agent, ticket in given if agent in agents}
        self.agents = agents

    def concerned(self) -> set[Pair]:
        owners = {
            (row["assignee_id"], number) for number, row in self.tickets.items() if row["assignee_id"] in self.agents
        }
        return set(self.read) | self.drafts | self.mentions | self.given | owners

    def frame(self, agent: int, ticket: int) -> Frame:
        row = self.tickets[ticket]
        is_open = row["state"] in UNSETTLED
        held = {"my_open": row["assignee_id"] == agent, "mentions": (agent, ticket) in self.mentions}
        body = {
            "kind": "me",
            "ticket": ticket,
            "unread": self.read.get((agent, ticket), 0) < row["version"] and row["state"] != State.SPAM,
            "draft": (agent, ticket) in self.drafts,
            "views": [key for key, holds in held.items() if holds and is_open],
        }
        return Frame((f"me:{agent}",), encode(body))
