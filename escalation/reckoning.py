"""Brings the rows of a ticket's clocks in line with the ticket, after something happened to it."""

from datetime import datetime

import structlog

from escalation import clocks
from escalation.models import Clock, SlaPolicy
from escalation.policies import policy_for
from tickets.models import Ticket
from tickets.models.statements import insert, update

log = structlog.get_logger(__name__)
CHANGING = [
    field.name
    for field in Clock._meta.concrete_fields
    if field.name not in {"id", "ticket", "calendar", "kind", "started_at"}
]


KNOWN = "running_clocks"  # where a ticket in hand keeps what was read of its clocks


def running(ticket: Ticket) -> list[Clock]:
    """The clocks of a ticket that have not stopped; what is new has none. One query for each time that it is locked."""
    if is_known(ticket):
        return known(ticket)
    clocks = Clock.objects.filter(ticket=ticket, stopped_at=None).select_related("calendar")
    setattr(ticket, KNOWN, list(clocks) if ticket.version > 1 else [])
    return known(ticket)


def is_known(ticket: Ticket) -> bool:
    """Whether the clocks of this ticket in hand have been read already."""
    return hasattr(ticket, KNOWN)


def known(ticket: Ticket) -> list[Clock]:
    return [clock for clock in getattr(ticket, KNOWN) if not clock.stopped_at]


def follow(ticket: Ticket, at: datetime) -> None:
    """Stop, pause, resume and start clocks as the ticket's state asks."""
    have = {clock.kind: clock for clock in running(ticket)}
    wanted = clocks.wanted(ticket, at)
    changed = [_stopped(clock, ticket, at) for kind, clock in have.items() if kind not in wanted]
    changed += [
        clock
        for kind, clock in have.items()
        if kind in wanted and clocks.keep_pause(clock, clocks.is_paused_by(ticket, clock), at)
    ]
    _save(ticket, changed)
    missing = {kind: since for kind, since in wanted.items() if kind not in have}
    if missing and (policy := policy_for(ticket)):
        _begin(ticket, [_started(ticket, kind, policy, since, at) for kind, since in missing.items()])


def _begin(ticket: Ticket, started: list[Clock]) -> None:
    insert(*started)
    getattr(ticket, KNOWN).extend(started)


def _stopped(clock: Clock, ticket: Ticket, at: datetime) -> Clock:
    clocks.stop(clock, clocks.why_stopped(ticket), at)
    return clock


def _started(ticket: Ticket, kind: str, policy: SlaPolicy, since: datetime, at: datetime) -> Clock:
    clock = clocks.start(ticket, kind, policy, since)
    clocks.keep_pause(clock, clocks.is_paused_by(ticket, clock), at)
    return clock


def retarget(ticket: Ticket, at: datetime) -> None:
    """Another team or priority: running clocks go on under its policy, and what they were stays on record."""
    policy = policy_for(ticket)
    for clock in running(ticket):
        fresh = clocks.retargeted(clock, ticket, policy) if policy else None
        if policy is None or fresh:
            clocks.stop(clock, clocks.Ended.RETARGETED, at)
            _save(ticket, [clock])
        if fresh:
            _begin(ticket, [fresh])
    follow(ticket, at)


def extend(ticket: Ticket, clock_id: int, until: datetime, because: str, at: datetime) -> None:
    """Move the deadline of one running clock."""
    for clock in running(ticket):
        if clock.pk == clock_id:
            _save(ticket, clocks.extended(clock, until, because, at))


def _save(ticket: Ticket, changed: list[Clock]) -> None:
    for clock in changed:
        if clock.pk:
            update(clock, CHANGING)
        else:
            _begin(ticket, [clock])
