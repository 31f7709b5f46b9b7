"""What clocks and people say of a ticket that needs more than it gets. When and to whom, `escalation` knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tickets.actions.beats import lock, lock_all
from tickets.errors import Invalid
from tickets.events import Actor, Fact, record, record_all
from tickets.models import Ticket, TicketEvent


@dataclass(frozen=True)
class Raise:
    """A ticket, by its number, that is to be raised to a level (1 to 3), with the reason in words."""

    ticket: int
    level: int
    reason: str
    by: Actor


@transaction.atomic
def escalate(ticket: Ticket, level: int, reason: str, *, by: Actor, now: datetime) -> TicketEvent:
    """Raise the ticket to a level (1 to 3), with the reason in words."""
    raised = Raise(ticket.pk, level, reason, by)
    ticket = lock(ticket)
    fact = _raised(ticket, raised)
    return record(ticket, fact.kind, by=by, at=now, **fact.data)


@transaction.atomic
def escalate_all(raises: Sequence[Raise], *, now: datetime) -> list[TicketEvent]:
    """The same for many tickets, each at most once: all of them or none. Raises Invalid."""
    tickets = lock_all([one.ticket for one in raises])
    return record_all([_raised(tickets[one.ticket], one) for one in raises], at=now)


def _raised(ticket: Ticket, raised: Raise) -> Fact:
    if not 1 <= raised.level <= 3:
        raise Invalid({"level": "A level is 1, 2 or 3."})
    if not raised.reason.strip():
        raise Invalid({"reason": "Say why, in a few words, for the one who will take it up."})
    ticket.level = raised.level
    return Fact(ticket, "escalated", raised.by, {"level": raised.level, "reason": raised.reason.strip()[:300]})


@transaction.atomic
def acknowledge(ticket: Ticket, *, by: Actor, now: datetime) -> TicketEvent:
    """Say that one has seen the escalation and acts on it."""
    return record(lock(ticket), "acknowledged", by=by, at=now)


@transaction.atomic
def warn(ticket: Ticket, label: str, due_at: datetime, *, by: Actor, now: datetime) -> TicketEvent:
    """Tell that a clock is close to its due time."""
    return record(lock(ticket), "clock_warned", by=by, at=now, label=label, due_at=due_at.isoformat())


@transaction.atomic
def extend(
    ticket: Ticket, clock_id: int, label: str, until: datetime, reason: str, *, by: Actor, now: datetime
) -> TicketEvent:
    """Move a clock's due time, with a reason that stays on the timeline. The event carries the clock's id."""
    if not reason.strip():
        raise Invalid({"reason": "Say why it needs longer."})
    if until <= now:
        raise Invalid({"until": "The new time must be still to come."})
    data = {"clock": clock_id, "label": label, "until": until.isoformat(), "reason": reason.strip()[:300]}
    return record(lock(ticket), "clock_extended", by=by, at=now, **data)
