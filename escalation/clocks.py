"""Clocks follow a ticket's state: which of them should run, since when, and when each must act next.

Nothing here reads the time; `at` is when the fact happened. What is decided is written by the caller.
"""

from datetime import datetime, timedelta

from escalation.calendars import due, elapsed
from escalation.models import Clock, SlaPolicy
from escalation.policies import target
from tickets.models import Ticket
from tickets.states import SET_ASIDE, UNSETTLED, State

Kind, Ended = Clock.Kind, Clock.Ended
CARRIED = [
    "ticket",
    "calendar",
    "kind",
    "target",
    "warn_before",
    "pause_at_most",
    "started_at",
    "paused_at",
    "paused_seconds",
]


def wanted(ticket: Ticket, at: datetime) -> dict[str, datetime]:
    """The kinds of clock that this ticket should have now, each with when it starts if it does not run yet.

    One of the two reply clocks runs from the customer's oldest unanswered words; the resolution clock from when
    the ticket was opened, or opened again.
    """
    if ticket.state not in UNSETTLED:
        return {}
    kinds: dict[str, datetime] = {Kind.RESOLUTION.value: at}
    if ticket.waiting_since:
        kinds[Kind.NEXT_RESPONSE.value if ticket.answered else Kind.FIRST_RESPONSE.value] = ticket.waiting_since
    return kinds


def why_stopped(ticket: Ticket) -> Clock.Ended:
    """Why a clock that is no longer wanted stops."""
    if ticket.state in SET_ASIDE:
        return Ended.SET_ASIDE
    return Ended.ANSWERED if ticket.state in UNSETTLED else Ended.SETTLED


def start(ticket: Ticket, kind: str, policy: SlaPolicy, started_at: datetime) -> Clock:
    """A new clock, not saved. Raises NoWorkingTime where its calendar never gets there."""
    seconds = target(policy, kind)
    clock = Clock(
        ticket=ticket,
        calendar=policy.calendar,
        kind=kind,
        target=seconds,
        warn_before=seconds * policy.warn_before_percent // 100,
        pause_at_most=policy.pause_at_most if kind == Kind.RESOLUTION else 0,
        started_at=started_at,
    )
    set_times(clock)
    return clock


def set_times(clock: Clock) -> None:
    """Work out warning, deadline and the next moment to act from what is known of the clock."""
    hours = clock.calendar.hours
    clock.warn_at = due(clock.started_at, clock.target - clock.warn_before + clock.paused_seconds, hours)
    clock.deadline = due(clock.started_at, clock.target + clock.paused_seconds, hours)
    if clock.extended_until and clock.extended_until > clock.deadline:
        clock.warn_at = max(clock.warn_at, clock.extended_until - timedelta(seconds=clock.warn_before))
        clock.deadline = clock.extended_until
    set_next_act(clock)


def set_next_act(clock: Clock) -> None:
    """A clock acts at its warning, then at its deadline, then no more; a paused one where its pause ends by its cap."""
    if clock.stopped_at or clock.breached_at:
        clock.due_at = None
    elif clock.paused_at:
        clock.due_at = due(clock.paused_at, clock.pause_at_most - clock.paused_seconds, clock.calendar.hours)
    else:
        clock.due_at = clock.deadline if clock.warned_at else clock.warn_at
    clock.claimed_until = None


def stop(clock: Clock, why: Clock.Ended, at: datetime) -> None:
    """Stop it as of `at`; a deadline that passed unnoticed before is stamped, since it was missed all the same."""
    if clock.paused_at:
        run_again(clock, at)
    if clock.is_late(at) and not clock.breached_at:
        clock.breached_at = clock.deadline
    clock.stopped_at, clock.ended, clock.due_at = at, why.value, None


def keep_pause(clock: Clock, waiting: bool, at: datetime) -> bool:
    """Pause while we wait for the customer, run again after; answers whether anything changed."""
    may_pause = not clock.paused_at and at < clock.deadline and clock.paused_seconds < clock.pause_at_most
    if waiting and may_pause:
        clock.paused_at = at
        set_next_act(clock)
        return True
    if clock.paused_at and not waiting:
        run_again(clock, at)
        return True
    return False


def run_again(clock: Clock, at: datetime) -> None:
    """End the pause as of `at`, of which no more counts than its cap leaves."""
    assert clock.paused_at is not None
    waited = elapsed(clock.paused_at, at, clock.calendar.hours)
    clock.paused_seconds = min(clock.paused_seconds + waited, float(clock.pause_at_most))
    clock.paused_at = None
    set_times(clock)


def is_paused_by(ticket: Ticket, clock: Clock) -> bool:
    return clock.kind == Kind.RESOLUTION and ticket.state == State.WAITING_ON_CUSTOMER


def retargeted(clock: Clock, ticket: Ticket, policy: SlaPolicy) -> Clock | None:
    """The clock that takes the place of one whose ticket has another policy now; None where nothing differs.

    It starts when the old one did and keeps its pauses and its extension. A breach stays a breach.
    """
    fresh = start(ticket, clock.kind, policy, clock.started_at)
    same = (fresh.target, fresh.warn_before, fresh.calendar_id) == (clock.target, clock.warn_before, clock.calendar_id)
    if same or clock.breached_at:
        return None
    fresh.paused_at, fresh.paused_seconds = clock.paused_at, min(clock.paused_seconds, fresh.pause_at_most)
    fresh.extended_until, fresh.extended_because = clock.extended_until, clock.extended_because
    set_times(fresh)
    return fresh


def extended(clock: Clock, until: datetime, because: str, at: datetime) -> list[Clock]:
    """Move the deadline by hand to a later time; it warns anew. Answers the clocks to save, the one to stop first.

    A clock that was breached stops as it is, so that the breach stays on record, and another goes on in its place.
    """
    changed = [clock]
    if clock.breached_at:
        fresh = Clock(**{name: getattr(clock, name) for name in CARRIED})
        stop(clock, Ended.RETARGETED, at)
        changed.append(clock := fresh)
    clock.extended_until, clock.extended_because, clock.warned_at = until, because, None
    set_times(clock)
    return changed
