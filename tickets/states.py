"""The states of a ticket, the moves between them and who is waiting on whom, as data."""

from enum import StrEnum


class State(StrEnum):
    NEW = "new"
    OPEN = "open"
    WAITING_ON_CUSTOMER = "waiting_on_customer"
    ON_HOLD = "on_hold"
    RESOLVED = "resolved"
    CLOSED = "closed"
    MERGED = "merged"
    SPAM = "spam"


LABELS: dict[State, str] = {
    State.NEW: "New",
    State.OPEN: "Open",
    State.WAITING_ON_CUSTOMER: "Waiting on customer",
    State.ON_HOLD: "On hold",
    State.RESOLVED: "Resolved",
    State.CLOSED: "Closed",
    State.MERGED: "Merged",
    State.SPAM: "Spam",
}

UNSETTLED = frozenset({State.NEW, State.OPEN, State.WAITING_ON_CUSTOMER, State.ON_HOLD})
WAITING_FOR_US = frozenset({State.NEW, State.OPEN})
SETTLED = frozenset({State.RESOLVED, State.CLOSED})
SET_ASIDE = frozenset({State.MERGED, State.SPAM})

# What a person of ours may choose. Merged and spam have verbs of their own, since both must be undone exactly.
MOVES: dict[State, frozenset[State]] = {
    State.NEW: frozenset({State.OPEN, State.WAITING_ON_CUSTOMER, State.ON_HOLD, State.RESOLVED}),
    State.OPEN: frozenset({State.WAITING_ON_CUSTOMER, State.ON_HOLD, State.RESOLVED}),
    State.WAITING_ON_CUSTOMER: frozenset({State.OPEN, State.ON_HOLD, State.RESOLVED}),
    State.ON_HOLD: frozenset({State.OPEN, State.WAITING_ON_CUSTOMER, State.RESOLVED}),
    State.RESOLVED: frozenset({State.OPEN, State.CLOSED}),
    State.CLOSED: frozenset({State.OPEN}),
    State.MERGED: frozenset(),
    State.SPAM: frozenset(),
}


def allowed_moves(state: str) -> list[State]:
    """Where a person of ours may take a ticket from here, in the order of the life of a ticket."""
    return [move for move in State if move in MOVES[State(state)]]


def may_move(state: str, to: str) -> bool:
    return State(to) in MOVES[State(state)]


def after_customer_wrote(state: str) -> State:
    """Where a ticket is once its customer has written: they are never told to wait in a drawer.

    A new ticket stays new, since nobody of ours has acted; what is set aside stays there (its message is kept).
    """
    here = State(state)
    return here if here in SET_ASIDE or here is State.NEW else State.OPEN
