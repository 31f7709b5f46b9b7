"""Facts: every change of a ticket is recorded here, once, inside the transaction that makes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Self

from django.db import transaction
from django.dispatch import Signal

from tickets.contributions import contributions
from tickets.live import nudge
from tickets.models import Agent, Customer, Ticket, TicketEvent
from tickets.models.statements import insert, update

# Sent inside the transaction with `ticket` and `event`; a receiver writes its own app's rows and nothing else.
ticket_event = Signal()

CHANGING = [
    field.name
    for field in Ticket._meta.concrete_fields
    if field.name not in {"id", "customer", "channel", "created_at"}
]


@dataclass(frozen=True)
class Actor:
    """Who did it. `kind` is customer, agent, rule, clock or system."""

    kind: str
    id: int | None
    name: str

    @classmethod
    def agent(cls, agent: Agent) -> Self:
        return cls("agent", agent.pk, agent.name)

    @classmethod
    def customer(cls, customer: Customer) -> Self:
        return cls("customer", customer.pk, customer.name)

    @classmethod
    def clock(cls, name: str) -> Self:
        return cls("clock", None, name)

    @classmethod
    def system(cls) -> Self:
        return cls("system", None, "Kintsugi")


def record(ticket: Ticket, kind: str, *, by: Actor, at: datetime, **data: Any) -> TicketEvent:
    """Write the fact and save the ticket, which the verb has locked and changed; announce both after commit.

    `at` is when it happened (aware); `data` must be JSON. The version rises by one.
    """
    event = _event(Fact(ticket, kind, by, data), at)
    insert(event)
    ticket_event.send(sender=Ticket, ticket=ticket, event=event)
    _set_attention([ticket], at)
    update(ticket, CHANGING)
    transaction.on_commit(partial(nudge, ticket.pk))
    return event


@dataclass(frozen=True)
class Fact:
    """What happened to one ticket, which its verb has locked and changed; `data` must be JSON."""

    ticket: Ticket
    kind: str
    by: Actor
    data: Mapping[str, Any]


def record_all(facts: Sequence[Fact], *, at: datetime) -> list[TicketEvent]:
    """The same as `record` for many tickets, each at most once, in as many queries as for one."""
    events = TicketEvent.objects.bulk_create([_event(fact, at) for fact in facts])
    for fact, event in zip(facts, events, strict=True):
        ticket_event.send(sender=Ticket, ticket=fact.ticket, event=event)
    tickets = [fact.ticket for fact in facts]
    _set_attention(tickets, at)
    # The rows are there and locked, so each conflicts and is updated: one statement, where bulk_update builds a case a field.
    Ticket.objects.bulk_create(tickets, update_conflicts=True, unique_fields=["pk"], update_fields=CHANGING)
    transaction.on_commit(partial(nudge, *(ticket.pk for ticket in tickets)))
    return events


def _event(fact: Fact, at: datetime) -> TicketEvent:
    """The next event of the ticket, whose version rises."""
    ticket, by = fact.ticket, fact.by
    ticket.version += 1
    ticket.updated_at = max(ticket.updated_at, at)
    return TicketEvent(
        ticket=ticket,
        version=ticket.version,
        kind=fact.kind,
        at=at,
        by_kind=by.kind,
        by_id=by.id,
        by_name=by.name,
        data=fact.data,
    )


def _set_attention(tickets: Sequence[Ticket], now: datetime) -> None:
    for ticket, attention in zip(tickets, contributions.attention(tickets, now), strict=True):
        ticket.next_label = attention.next_label
        ticket.next_warn_at = attention.next_warn_at
        ticket.next_due_at = attention.next_due_at
        ticket.risk = attention.risk
        ticket.reasons = attention.reasons
        ticket.level = attention.level
