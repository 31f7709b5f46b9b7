"""What clocks do when their time comes: warn, escalate at the deadline, end a pause that reached its cap."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from escalation import clocks
from escalation.ladders import Raised, open_levels
from escalation.models import Clock
from escalation.reckoning import CHANGING
from escalation.words import moment
from tickets.actions import escalating
from tickets.due_work import does, each
from tickets.events import Actor
from tickets.models import Ticket

AT_ONCE = 50  # tickets changed in one transaction: a commit costs more than a change
MISSED = {
    Clock.Kind.FIRST_RESPONSE.value: "The first reply was due",
    Clock.Kind.NEXT_RESPONSE.value: "A reply was due",
    Clock.Kind.RESOLUTION.value: "It was to be resolved by",
}


@does("clocks")
def do_due_clocks(now: datetime) -> int:
    """Act on every clock whose moment has come."""
    done = 0
    while rows := Clock.objects.claim(now, limit=500):
        for first in range(0, len(rows), AT_ONCE):
            done += _act_together([row.pk for row in rows[first : first + AT_ONCE]], now)
    return done


@transaction.atomic
def _act_together(numbers: Sequence[int], now: datetime) -> int:
    """Lock the tickets, read their clocks anew under the lock, and let each act in a savepoint of its own."""
    held = Ticket.objects.select_for_update(of=("self",)).filter(clocks__in=numbers).order_by("pk")
    tickets = {ticket.pk: ticket for ticket in held}
    due = Clock.objects.filter(pk__in=numbers, due_at__lte=now, stopped_at=None).select_related("calendar")
    missed: dict[int, Raised] = {}
    done = each("clocks", due, lambda clock: _act(clock, tickets[clock.ticket_id], missed, now))
    Clock.objects.filter(pk__in=missed).update(breached_at=F("deadline"), due_at=None, claimed_until=None)
    open_levels(list({one.ticket: one for one in missed.values()}.values()), now)
    return done


def _act(clock: Clock, ticket: Ticket, missed: dict[int, Raised], now: datetime) -> None:
    if clock.paused_at:
        clocks.run_again(clock, now)
        clock.save(update_fields=CHANGING)
    elif clock.deadline <= now:
        missed[clock.pk] = _escalate(clock, ticket, now)
    else:
        escalating.warn(ticket, clock.label, clock.deadline, by=Actor.clock(clock.label), now=now)
        clock.warned_at = clock.warn_at
        clocks.set_next_act(clock)
        clock.save(update_fields=["warned_at", "due_at", "claimed_until"])


def _escalate(clock: Clock, ticket: Ticket, now: datetime) -> Raised:
    """To level 1; a ticket that is let down once more is never on less than level 2."""
    zone = clock.calendar.hours.zone
    reason = f"{MISSED[clock.kind]} {moment(clock.deadline.astimezone(zone))}"
    by, level = Actor.clock(clock.label), max(2, ticket.level) if ticket.level else 1
    escalating.escalate(ticket, level, reason, by=by, now=now)
    ticket.level = level
    return Raised(ticket.pk, level, reason, by.name)
