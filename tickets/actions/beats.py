"""The first two beats of every verb: lock the ticket, check that it may be done."""

from collections.abc import Collection
from datetime import datetime

from tickets.errors import IllegalMove, Invalid
from tickets.models import Ticket
from tickets.states import State, allowed_moves, may_move


def lock(ticket: Ticket) -> Ticket:
    """The ticket as it is now, held until the transaction ends (on SQLite the whole database is held by then)."""
    return (
        Ticket.objects.select_for_update(of=("self",)).select_related("team", "customer", "assignee").get(pk=ticket.pk)
    )


def lock_all(numbers: Collection[int]) -> dict[int, Ticket]:
    """The tickets of these numbers as they are now, held likewise; always in the same order, so that nobody waits in a circle."""
    held = Ticket.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
    return {ticket.pk: ticket for ticket in held}


def check_move(ticket: Ticket, to: State) -> None:
    """Raises IllegalMove, which names both states and the allowed moves."""
    if not may_move(ticket.state, to):
        raise IllegalMove(ticket.state, to, allowed_moves(ticket.state))


def check_words(field: str, text: str, most: int = 100_000) -> str:
    """The text without what no database can hold; raises Invalid where nothing or too much is left."""
    cleaned = text.replace("\0", "").strip()
    if not cleaned:
        raise Invalid({field: "Please write something first."})
    if len(cleaned) > most:
        raise Invalid(
            {field: f"This is {len(cleaned):,} characters long; {most:,} fit. Nothing was lost: please shorten it."}
        )
    return cleaned


def act_as_ours(ticket: Ticket) -> None:
    """A person of ours has acted: what was new is open."""
    if ticket.state == State.NEW:
        ticket.state = State.OPEN


def set_state(ticket: Ticket, to: State, now: datetime, wake_at: datetime | None = None) -> None:
    """Take the ticket there, with the times that go with it."""
    settling = to in {State.RESOLVED, State.CLOSED}
    ticket.settled_at = (ticket.settled_at or now) if settling else None
    ticket.wake_at = wake_at if to is State.ON_HOLD else None
    ticket.waiting_since = None if settling else ticket.waiting_since
    ticket.state = to
