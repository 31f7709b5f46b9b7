"""What clocks and people say of a ticket that needs more than it gets. When and to whom, `escalation` knows."""

from datetime import datetime

from django.db import transaction

from tickets.actions.beats import lock
from tickets.errors import Invalid
from tickets.events import Actor, record
from tickets.models import Ticket, TicketEvent


@transaction.atomic
def escalate(ticket: Ticket, level: int, reason: str, *, by: Actor, now: datetime) -> TicketEvent:
    """Raise the ticket to a level (1 to 3), with the reason in words."""
    if not 1 <= level <= 3:
        raise Invalid({"level": "A level is 1, 2 or 3."})
    if not reason.strip():
        raise Invalid({"reason": "Say why, in a few words, for the one who will take it up."})
    ticket = lock(ticket)
    ticket.level = level
    return record(ticket, "escalated", by=by, at=now, level=level, reason=reason.strip()[:300])


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
