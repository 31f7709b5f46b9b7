"""Where a complaint stands, in the customer's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tickets.lists import STEPS
from tickets.models import Ticket
from tickets.portal.crack import Box, Crack, draw
from tickets.states import State
from tickets.wording import day

# Of each step of the repair: what it is once it is taken, and while it is to come.
STEP_WORDS = {
    "heard": ("We read it and answered", "We read it and answer"),
    "owned": ("We said what was our doing", "We say what was our doing"),
    "offered": ("We offered ways to put it right", "We offer ways to put it right"),
    "accepted": ("You chose", "You choose"),
    "delivered": ("It reached you", "It reaches you"),
    "followed_up": ("We asked whether it held", "We ask whether it held"),
}


@dataclass(frozen=True)
class Standing:
    """A heading and a sentence or two."""

    title: str
    words: str


@dataclass(frozen=True)
class Step:
    """A step of the repair; `at` is null while it is to come."""

    words: str
    at: datetime | None


@dataclass(frozen=True)
class Mending:
    """How far the repair is, as a list, in words, and drawn twice: along the page's edge and beside the list."""

    steps: list[Step]
    words: str
    edge: Crack
    beside: Crack


def standing(ticket: Ticket, hear_by: str, now: datetime) -> Standing:
    """Where it stands. `hear_by` is the day that the first mail named, or empty."""
    return {
        State.NEW: _new(hear_by),
        State.OPEN: _open(ticket, hear_by),
        State.WAITING_ON_CUSTOMER: Standing(
            "It is your turn", "We wrote to you and wait for your answer. You can give it here, or by mail."
        ),
        State.ON_HOLD: _on_hold(ticket),
        State.RESOLVED: Standing(
            "We believe it is settled",
            "Only you can say whether it is. If something is not right, we take it up again.",
        ),
        State.CLOSED: _closed(ticket, now),
        State.MERGED: Standing(
            "We look after this together with your other complaint", "What you write here is read all the same."
        ),
        State.SPAM: Standing("Your message reached us", "What you write here is read."),
    }[State(ticket.state)]


def mending(ticket: Ticket) -> Mending | None:
    """How far the repair is; None for a calm ticket, which has no crack."""
    if ticket.mended is None:
        return None
    mended = [place for place, step in enumerate(STEPS) if step in ticket.mended]
    steps = [_step(step, ticket.mended) for step in STEPS]
    last = steps[mended[-1]].words if mended else "not begun yet"
    return Mending(
        steps=steps,
        words=f"Mending: {last[0].lower()}{last[1:]}, {len(mended)} of {len(STEPS)}",
        edge=draw(ticket.pk, Box(16, 480), mended),
        beside=draw(ticket.pk, Box(18, 330), mended),
    )


def _step(step: str, mended: Mapping[str, str]) -> Step:
    done, to_come = STEP_WORDS[step]
    return Step(done, datetime.fromisoformat(mended[step])) if step in mended else Step(to_come, None)


def _new(hear_by: str) -> Standing:
    when = f"You hear from one of us by {hear_by}." if hear_by else "One of us writes to you as soon as it is read."
    return Standing("We have your complaint", f"A person reads every word of it. {when}")


def _open(ticket: Ticket, hear_by: str) -> Standing:
    if hear_by and not ticket.answered:
        return Standing("We are looking into it", f"You hear from one of us by {hear_by}.")
    if ticket.last_by == "customer":
        return Standing("It is our turn", "We have what you wrote last, and answer it.")
    return Standing("We are working on it", "There is nothing that you need to do. You can add something at any time.")


def _on_hold(ticket: Ticket) -> Standing:
    when = f"We come back to it on {day(ticket.wake_at)}." if ticket.wake_at else "We come back to it."
    return Standing("We are waiting for something", f"{when} If you write before then, we look at it at once.")


def _closed(ticket: Ticket, now: datetime) -> Standing:
    if ticket.may_reopen(now):
        return Standing("It is closed", "If something is not right after all, write to us here and it opens again.")
    return Standing("It is closed", "What you write here begins a new complaint that remembers this one.")
