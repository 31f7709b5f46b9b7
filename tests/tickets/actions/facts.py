"""What a verb left behind: the ticket as it is now, and the facts that were recorded."""

from dataclasses import dataclass
from typing import Any

from tickets.events import Actor
from tickets.models import Agent, Ticket, TicketEvent


@dataclass(frozen=True)
class Told:
    """The last fact of a ticket: what, by whom, and its data."""

    kind: str
    by: str
    data: dict[str, Any]


def by(agent: Agent) -> Actor:
    return Actor.agent(agent)


def told(ticket: Ticket) -> Told:
    event = TicketEvent.objects.filter(ticket=ticket).latest("version")
    return Told(event.kind, event.by_name, event.data)


def kinds(ticket: Ticket) -> list[str]:
    return list(TicketEvent.objects.filter(ticket=ticket).order_by("version").values_list("kind", flat=True))


def fresh(ticket: Ticket) -> Ticket:
    """The ticket as it is in the database; its version is that of its last event, without gaps."""
    found = Ticket.objects.select_related("team", "assignee", "customer").get(pk=ticket.pk)
    versions = TicketEvent.objects.filter(ticket=ticket).order_by("version").values_list("version", flat=True)
    assert list(versions) == list(range(1, found.version + 1))
    return found
