"""Putting a ticket in its place: priority, subject, spam and back."""

from datetime import datetime

from django.db import transaction

from tickets import search
from tickets.actions.beats import check_words, lock
from tickets.errors import IllegalMove, Invalid
from tickets.events import Actor, record
from tickets.models import Priority, Ticket, TicketEvent
from tickets.states import SETTLED, State, after_customer_wrote, allowed_moves


@transaction.atomic
def set_priority(ticket: Ticket, priority: str, *, by: Actor, now: datetime) -> TicketEvent | None:
    ticket = lock(ticket)
    if priority not in Priority.values:
        raise Invalid({"priority": f"A priority is one of {', '.join(Priority.values)}."})
    if ticket.priority == priority:
        return None
    was, ticket.priority = ticket.priority, priority
    return record(ticket, "prioritised", by=by, at=now, **{"from": was, "to": priority})


@transaction.atomic
def rename(ticket: Ticket, subject: str, *, by: Actor, now: datetime) -> TicketEvent | None:
    ticket = lock(ticket)
    subject = " ".join(check_words("subject", subject, 300).split())
    if ticket.subject == subject:
        return None
    was, ticket.subject = ticket.subject, subject
    search.add(ticket.pk, subject)
    return record(ticket, "renamed", by=by, at=now, **{"from": was, "to": subject})


@transaction.atomic
def mark_spam(ticket: Ticket, *, by: Actor, now: datetime) -> TicketEvent | None:
    """Set the ticket aside as spam; where it was is kept, so that it can be taken back exactly."""
    ticket = lock(ticket)
    if ticket.state == State.SPAM:
        return None
    if ticket.state == State.MERGED:
        raise IllegalMove(ticket.state, State.SPAM, allowed_moves(ticket.state))
    ticket.state_before, ticket.state, ticket.wake_at = ticket.state, State.SPAM, None
    return record(ticket, "marked_spam", by=by, at=now, **{"from": ticket.state_before, "to": State.SPAM.value})


@transaction.atomic
def unmark_spam(ticket: Ticket, *, by: Actor, now: datetime) -> TicketEvent:
    """Take the ticket back from spam to where it was; from hold it comes back open, since its time may have passed.

    Where its customer wrote meanwhile, it is as if that came now: nobody has heard it yet.
    """
    ticket = lock(ticket)
    if ticket.state != State.SPAM:
        raise IllegalMove(ticket.state, "not spam", allowed_moves(ticket.state))
    back = State.OPEN if ticket.state_before in {"", State.ON_HOLD} else State(ticket.state_before)
    if _wrote_meanwhile(ticket):
        back, ticket.waiting_since = after_customer_wrote(back), ticket.waiting_since or now
    ticket.settled_at = ticket.settled_at if back in SETTLED else None
    ticket.state, ticket.state_before = back, ""
    return record(ticket, "unmarked_spam", by=by, at=now, **{"from": State.SPAM.value, "to": back.value})


def _wrote_meanwhile(ticket: Ticket) -> bool:
    marked = TicketEvent.objects.filter(ticket=ticket, kind="marked_spam").order_by("-version").first()
    return bool(marked and ticket.public_version > marked.version)
