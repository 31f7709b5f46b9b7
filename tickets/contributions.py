"""The one registry in which other apps contribute to a ticket, so that tickets never names clocks or promises."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from tickets.models import Ticket
from tickets.states import State


@dataclass(frozen=True)
class Attention:
    """What a list shows of how urgent a ticket is; see Ticket."""

    next_label: str = ""
    next_warn_at: datetime | None = None
    next_due_at: datetime | None = None
    risk: int = 0
    reasons: list[str] = field(default_factory=list)
    level: int = 0


@dataclass(frozen=True)
class View:
    """A standard view of the list: `predicate(now)` is the one definition of what is in it.

    `states` is for a view that holds all tickets of some states and no others: counting the states counts it too.
    """

    key: str
    label: str
    predicate: Callable[[datetime], Q]
    states: frozenset[State] = frozenset()


@dataclass(frozen=True)
class PageSection:
    """A part of the customer's page: a template with its values; `act` does what its form (a POST) asks.

    `act(ticket, data, now)` answers a sentence for the customer, or raises TicketError. `beside` is in the narrow column.
    """

    key: str
    template: str
    values: Callable[[Ticket, datetime], Mapping[str, Any] | None]
    act: Callable[[Ticket, QueryDict, datetime], str] | None = None
    beside: bool = False


@dataclass
class Contributions:
    """What was contributed; filled once, when the apps are ready."""

    attention: Callable[[Sequence[Ticket], datetime], list[Attention]] = lambda tickets, now: [
        Attention(level=ticket.level) for ticket in tickets
    ]
    views: list[View] = field(default_factory=list)
    page_sections: list[PageSection] = field(default_factory=list)
    ticket_details: list[Callable[[Ticket, datetime], Mapping[str, Any]]] = field(default_factory=list)
    mail_values: list[Callable[[Ticket, datetime], Mapping[str, datetime]]] = field(default_factory=list)
    # Facts for the check of a reply, by the names of `empathy.check.Context`: `open_promise`, `closed`, `our_fault` …;
    # and `zone`, the ZoneInfo by which the team that answers says "today". At most one query each.
    reply_context: list[Callable[[Ticket, datetime], Mapping[str, Any]]] = field(default_factory=list)

    def merged(
        self, parts: Iterable[Callable[[Ticket, datetime], Mapping[str, Any]]], ticket: Ticket, now: datetime
    ) -> dict[str, Any]:
        """All values that `parts` give for this ticket, as one dictionary."""
        return {key: value for part in parts for key, value in part(ticket, now).items()}


contributions = Contributions()
