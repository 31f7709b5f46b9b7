"""What clocks do when their time comes: warn, escalate at the deadline, end a pause that reached its cap."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from escalation import clocks
from escalation.ladders import next_level
from escalation.models import Clock, Escalation
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
    levels = dict(Escalation.objects.filter(ticket__in=tickets, ended_at=None).values_list("ticket_id", "level"))
    breached: list[int] = []
    done = each("clocks", due, lambda clock: _act(clock, tickets[clock.ticket_id], levels, breached, now))
    Clock.objects.filter(pk__in=breached).update(breached_at=F("deadline"), due_at=None, claimed_until=None)
    return done


def _act(clock: Clock, ticket: Ticket, levels: dict[int, int], breached: list[int], now: datetime) -> None:
    if clock.paused_at:
        clocks.run_again(clock, now)
        clock.save(update_fields=CHANGING)
    elif clock.deadline <= now:
        level = next_level(levels.get(ticket.pk, 0))
        escalating.escalate(ticket, level, _missed(clock), by=Actor.clock(clock.label), now=now)
        levels[ticket.pk] = level
        breached.append(clock.pk)
    else:
        escalating.warn(ticket, clock.label, clock.deadline, by=Actor.clock(clock.label), now=now)
        clock.warned_at = clock.warn_at
        clocks.set_next_act(clock)
        clock.save(update_fields=["warned_at", "due_at", "claimed_until"])


def _missed(clock: Clock) -> str:
    zone = clock.calendar.hours.zone
    return f"{MISSED[clock.kind]} {moment(clock.deadline.astimezone(zone))}"
