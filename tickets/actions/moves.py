"""The moves of a ticket's state that a person of ours makes, or time does."""

from datetime import datetime

from django.db import transaction

from tickets.actions.beats import check_move, lock, set_state
from tickets.errors import IllegalMove, Invalid
from tickets.events import Actor, record
from tickets.models import Ticket, TicketEvent
from tickets.states import State, allowed_moves


def move(
    ticket: Ticket, to: str, *, by: Actor, now: datetime, reason: str = "", wake_at: datetime | None = None
) -> TicketEvent:
    """Take the ticket to a state by the verb that goes there. Raises IllegalMove or Invalid."""
    if to == State.OPEN:
        return reopen(ticket, by=by, now=now, reason=reason)
    if to == State.WAITING_ON_CUSTOMER:
        return wait_for_customer(ticket, by=by, now=now)
    if to == State.ON_HOLD:
        return put_on_hold(ticket, wake_at, by=by, now=now, reason=reason)
    if to == State.RESOLVED:
        return resolve(ticket, by=by, now=now, reason=reason)
    if to == State.CLOSED:
        return close(ticket, by=by, now=now, reason=reason)
    raise IllegalMove(ticket.state, to, allowed_moves(ticket.state))


@transaction.atomic
def wait_for_customer(ticket: Ticket, *, by: Actor, now: datetime) -> TicketEvent:
    return _go(lock(ticket), State.WAITING_ON_CUSTOMER, "state_changed", by, now)


@transaction.atomic
def put_on_hold(ticket: Ticket, until: datetime | None, *, by: Actor, now: datetime, reason: str = "") -> TicketEvent:
    """Set the ticket aside until a time that is to come; it wakes by itself."""
    if until is None or until <= now:
        raise Invalid({"wake_at": "Say when it should come back: a time that is still to come."})
    return _go(lock(ticket), State.ON_HOLD, "state_changed", by, now, reason, until)


@transaction.atomic
def resolve(ticket: Ticket, *, by: Actor, now: datetime, reason: str = "") -> TicketEvent:
    """Say that we believe it is mended. Raises Invalid where nobody has answered the customer and no reason is given."""
    ticket = lock(ticket)
    check_move(ticket, State.RESOLVED)
    if not ticket.answered and not reason.strip():
        raise Invalid({"reason": "Nobody has answered this customer yet. Answer them, or say why no answer is needed."})
    return _go(ticket, State.RESOLVED, "resolved", by, now, reason)


@transaction.atomic
def reopen(ticket: Ticket, *, by: Actor, now: datetime, reason: str = "") -> TicketEvent:
    ticket = lock(ticket)
    kind = "reopened" if ticket.is_settled else "state_changed"
    return _go(ticket, State.OPEN, kind, by, now, reason)


@transaction.atomic
def close(ticket: Ticket, *, by: Actor, now: datetime, reason: str = "") -> TicketEvent:
    return _go(lock(ticket), State.CLOSED, "closed", by, now, reason)


@transaction.atomic
def wake(ticket: Ticket, *, now: datetime) -> TicketEvent | None:
    """Bring a ticket back from hold. None where it is not due any more."""
    ticket = lock(ticket)
    if ticket.state != State.ON_HOLD or ticket.wake_at is None or ticket.wake_at > now:
        return None
    return _go(ticket, State.OPEN, "woken", Actor("clock", None, "Hold"), now)


def _go(
    ticket: Ticket, to: State, kind: str, by: Actor, now: datetime, reason: str = "", wake_at: datetime | None = None
) -> TicketEvent:
    check_move(ticket, to)
    was = ticket.state
    set_state(ticket, to, now, wake_at)
    data = {"from": was, "to": to.value, "reason": reason.strip()[:300]}
    return record(ticket, kind, by=by, at=now, **data, **({"wake_at": wake_at.isoformat()} if wake_at else {}))
