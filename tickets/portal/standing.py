"""Where a complaint stands, in the customer's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from tickets.lists import STEPS
from tickets.models import Ticket
from tickets.portal.crack import Box, Crack, draw
from tickets.states import State

# Of each step of the repair: what it is once it is taken, and while it is to come.
STEP_WORDS = {
    "heard": (later("We read it and answered"), later("We read it and answer")),
    "owned": (later("We said what was our doing"), later("We say what was our doing")),
    "offered": (later("We offered ways to put it right"), later("We offer ways to put it right")),
    "accepted": (later("You chose"), later("You choose")),
    "delivered": (later("It reached you"), later("It reaches you")),
    "followed_up": (later("We asked whether it held"), later("We ask whether it held")),
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
            _("It is your turn"), _("We wrote to you and wait for your answer. You can give it here, or by mail.")
        ),
        State.ON_HOLD: _on_hold(ticket),
        State.RESOLVED: Standing(
            _("We believe it is settled"),
            _("Only you can say whether it is. If something is not right, we take it up again."),
        ),
        State.CLOSED: _closed(ticket, now),
        State.MERGED: Standing(
            _("We look after this together with your other complaint"), _("What you write here is read all the same.")
        ),
        State.SPAM: Standing(_("Your message reached us"), _("What you write here is read.")),
    }[State(ticket.state)]


def mending(ticket: Ticket) -> Mending | None:
    """How far the repair is; None for a calm ticket, which has no crack."""
    if ticket.mended is None:
        return None
    mended = [place for place, step in enumerate(STEPS) if step in ticket.mended]
    steps = [_step(step, ticket.mended) for step in STEPS]
    last = str(steps[mended[-1]].words) if mended else _("not begun yet")
    return Mending(
        steps=steps,
        words=_("Mending: {last}, {done} of {all}").format(
            last=f"{last[0].lower()}{last[1:]}", done=len(mended), all=len(STEPS)
        ),
        edge=draw(ticket.pk, Box(16, 480), mended),
        beside=draw(ticket.pk, Box(18, 330), mended),
    )


def _step(step: str, mended: Mapping[str, str]) -> Step:
    done, to_come = STEP_WORDS[step]
    return Step(str(done), datetime.fromisoformat(mended[step])) if step in mended else Step(str(to_come), None)


def _new(hear_by: str) -> Standing:
    when = _("You hear from one of us by {when}.").format(when=hear_by)
    if not hear_by:
        when = _("One of us writes to you as soon as it is read.")
    return Standing(_("We have your complaint"), f"{_('A person reads every word of it.')} {when}")


def _open(ticket: Ticket, hear_by: str) -> Standing:
    if hear_by and not ticket.answered:
        return Standing(_("We are looking into it"), _("You hear from one of us by {when}.").format(when=hear_by))
    if ticket.last_by == "customer":
        return Standing(_("It is our turn"), _("We have what you wrote last, and answer it."))
    return Standing(
        _("We are working on it"), _("There is nothing that you need to do. You can add something at any time.")
    )


def _on_hold(ticket: Ticket) -> Standing:
    when = _("We come back to it.")
    if ticket.wake_at:
        when = _("We come back to it on {day}.").format(day=date_format(ticket.wake_at, _("l j F")))
    return Standing(
        _("We are waiting for something"), f"{when} {_('If you write before then, we look at it at once.')}"
    )


def _closed(ticket: Ticket, now: datetime) -> Standing:
    if ticket.may_reopen(now):
        return Standing(
            _("It is closed"), _("If something is not right after all, write to us here and it opens again.")
        )
    return Standing(_("It is closed"), _("What you write here begins a new complaint that remembers this one."))
