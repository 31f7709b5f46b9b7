"""Is it settled? Asked after we resolve; only the customer's word, or their silence, closes a ticket."""

from datetime import datetime

from django.db import transaction

from tickets.actions import letters
from tickets.actions.beats import lock, set_state
from tickets.errors import IllegalMove
from tickets.events import Actor, record
from tickets.lists import STEPS
from tickets.models import Participant, Ticket, TicketEvent
from tickets.states import UNSETTLED, State, allowed_moves


@transaction.atomic
def ask_if_settled(ticket: Ticket, *, now: datetime, again: bool = False) -> TicketEvent | None:
    """Queue the question to everyone who complained. None where the ticket is not resolved any more."""
    ticket = lock(ticket)
    if ticket.state != State.RESOLVED or ticket.settled_at is None:
        return None
    episode = f"settled:{ticket.pk}:{ticket.settled_at.timestamp():.0f}:{int(again)}"
    for participant in ticket.participants.select_related("address__customer").filter(role=Participant.Role.CUSTOMER):
        letters.ask_settled(ticket, participant, f"{episode}:{participant.pk}", again, now)
    return record(ticket, "asked_if_settled", by=Actor.system(), at=now, again=again)


@transaction.atomic
def say_settled(participant: Participant, *, now: datetime) -> TicketEvent | None:
    """The customer says that it is settled: it closes, and the mend is whole. None where that was said before."""
    ticket = lock(participant.ticket)
    if ticket.state == State.CLOSED:
        return None
    if ticket.state in {State.SPAM, State.MERGED}:
        raise IllegalMove(ticket.state, State.CLOSED, allowed_moves(ticket.state))
    was = ticket.state
    set_state(ticket, State.CLOSED, now)
    if ticket.mended is not None:
        ticket.mended = {**{step: now.isoformat() for step in STEPS}, **ticket.mended}
    actor = Actor("customer", ticket.customer_id, str(participant))
    return record(ticket, "said_settled", by=actor, at=now, **{"from": was, "to": State.CLOSED.value})


@transaction.atomic
def say_not_settled(participant: Participant, *, now: datetime) -> TicketEvent | None:
    """The customer says that it is not: it opens again. None where it is open already, as after a second click."""
    ticket = lock(participant.ticket)
    was = ticket.state
    if was in UNSETTLED:
        return None
    if ticket.state in {State.SPAM, State.MERGED}:
        raise IllegalMove(ticket.state, State.OPEN, allowed_moves(ticket.state))
    set_state(ticket, State.OPEN, now)
    ticket.waiting_since = ticket.waiting_since or now
    actor = Actor("customer", ticket.customer_id, str(participant))
    return record(ticket, "said_not_settled", by=actor, at=now, **{"from": was, "to": State.OPEN.value})
