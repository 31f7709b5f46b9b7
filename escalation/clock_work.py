"""What clocks do when their time comes: warn, escalate at the deadline, end a pause that reached its cap."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db.models import F

from escalation import clocks
from escalation.ladders import open_levels
from escalation.models import Clock
from escalation.reckoning import CHANGING
from escalation.together import together
from tickets.actions import escalating
from tickets.actions.beats import lock_all
from tickets.actions.escalating import Raise
from tickets.due_work import does
from tickets.events import Actor
from tickets.models import Ticket
from tickets.wording import moment

MISSED = {
    Clock.Kind.FIRST_RESPONSE.value: "The first reply was due",
    Clock.Kind.NEXT_RESPONSE.value: "A reply was due",
    Clock.Kind.RESOLUTION.value: "It was to be resolved by",
}


@does("clocks", Clock)
def do_due_clocks(now: datetime) -> int:
    """Act on every clock whose moment has come."""
    done = 0
    while rows := Clock.objects.claim(now, limit=500):
        done += together("clocks", rows, partial(_act, now))
    return done


def _act(now: datetime, rows: Sequence[Clock]) -> None:
    """Lock the tickets, then read their clocks anew, since an answer may have stopped one meanwhile."""
    tickets = lock_all({row.ticket_id for row in rows})
    due = Clock.objects.filter(pk__in=[row.pk for row in rows], due_at__lte=now, stopped_at=None).order_by("deadline")
    missed: dict[int, list[Clock]] = {}
    for clock in due.select_related("calendar"):
        if clock.paused_at:
            clocks.run_again(clock, now)
            clock.save(update_fields=CHANGING)
        elif clock.deadline <= now:
            missed.setdefault(clock.ticket_id, []).append(clock)
        else:
            _warn(clock, tickets[clock.ticket_id], now)
    if missed:
        _escalate([_raised(tickets[number], late) for number, late in missed.items()], now)
        late = [clock.pk for clocks_of_one in missed.values() for clock in clocks_of_one]
        Clock.objects.filter(pk__in=late).update(breached_at=F("deadline"), due_at=None, claimed_until=None)


def _warn(clock: Clock, ticket: Ticket, now: datetime) -> None:
    escalating.warn(ticket, clock.label, clock.deadline, by=Actor.clock(clock.label), now=now)
    clock.warned_at = clock.warn_at
    clocks.set_next_act(clock)
    clock.save(update_fields=["warned_at", "due_at", "claimed_until"])


def _escalate(raises: Sequence[Raise], now: datetime) -> None:
    escalating.escalate_all(raises, now=now)
    open_levels(raises, now)


def _raised(ticket: Ticket, late: Sequence[Clock]) -> Raise:
    """To level 1; a ticket that is let down once more is never on less than level 2."""
    level = max(2, ticket.level) if ticket.level else 1
    reason = ". ".join(_missed(clock) for clock in late)
    return Raise(ticket.pk, level, reason, Actor.clock(late[0].label))


def _missed(clock: Clock) -> str:
    zone = clock.calendar.hours.zone
    return f"{MISSED[clock.kind]} {moment(clock.deadline.astimezone(zone))}"
