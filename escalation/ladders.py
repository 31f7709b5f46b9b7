"""Escalations: opened by the fact that a ticket was raised, told to whom a level names, climbing until acknowledged."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F

from escalation.models import Escalation
from escalation.notices import tell
from escalation.policies import Ladders
from escalation.together import together
from escalation.words import span
from tickets.actions import escalating
from tickets.actions.beats import lock_all
from tickets.actions.escalating import Raise
from tickets.due_work import does
from tickets.events import Actor
from tickets.models import DueQuerySet, Ticket, TicketEvent
from tickets.states import UNSETTLED

ANEW = ["reason", "raised_by", "raised_at", "due_at", "acknowledged_at", "acknowledged_by", "told", "claimed_until"]
HIGHEST = 3


def follow(ticket: Ticket, event: TicketEvent) -> None:
    """An escalation ends when its ticket is settled or set aside."""
    if ticket.level and ticket.state not in UNSETTLED:
        Escalation.objects.filter(ticket=ticket, ended_at=None).update(ended_at=event.at, due_at=None)


def climb(ticket: Ticket, event: TicketEvent) -> None:
    """Open the level that the ticket was raised to, unless a clock raised it: those write what they raise themselves."""
    if event.by_kind != "clock":
        by = Actor(event.by_kind, event.by_id, event.by_name)
        said = Raise(ticket.pk, event.data["level"], event.data["reason"], by)
        open_levels([said], event.at)


def open_levels(raised: Sequence[Raise], at: datetime) -> None:
    """Open these levels, at most one a ticket; a level below takes its end, and one raised anew must be seen anew.

    Four queries at most, however many they are; the tickets are locked by the caller.
    """
    known = Escalation.objects.filter(ticket__in=[one.ticket for one in raised]).order_by("episode", "level")
    last = {row.ticket_id: row for row in known}
    anew, below, fresh = [], [], []
    for one in raised:
        row = last.get(one.ticket)
        if row and row.ended_at is None and row.level >= one.level:
            anew.append(_anew(row, one, at))
            continue
        if row and row.ended_at is None:
            below.append(row.pk)
        episode = row.episode + bool(row.ended_at) if row else 1
        fresh.append(Escalation(ticket_id=one.ticket, episode=episode, level=one.level, **_facts(one, at)))
    Escalation.objects.filter(pk__in=below).update(ended_at=at, due_at=None)
    Escalation.objects.bulk_update(anew, ANEW)
    Escalation.objects.bulk_create(fresh)


def _anew(row: Escalation, raised: Raise, at: datetime) -> Escalation:
    for name, value in {**_facts(raised, at), "acknowledged_at": None, "acknowledged_by": "", "told": 0}.items():
        setattr(row, name, value)
    row.claimed_until = None
    return row


def _facts(raised: Raise, at: datetime) -> dict[str, Any]:
    return {"reason": raised.reason, "raised_by": raised.by.name, "raised_at": at, "due_at": at}


def acknowledge(ticket: Ticket, event: TicketEvent) -> None:
    """Somebody acts on it: it stays open and climbs no more."""
    rows = Escalation.objects.filter(ticket=ticket, ended_at=None, acknowledged_at=None)
    rows.update(acknowledged_at=event.at, acknowledged_by=event.by_name, due_at=None)


@does("escalations", Escalation)
def do_due_escalations(now: datetime) -> int:
    """Tell the people of a level, and raise what they did not acknowledge in time."""
    done = 0
    while rows := Escalation.objects.claim(now, limit=500):
        tickets = Ticket.objects.in_bulk([row.ticket_id for row in rows])
        ladders = Ladders(ticket.team_id for ticket in tickets.values())
        climbing = [row for row in rows if _climbs(row, tickets[row.ticket_id], ladders)]
        done += together("escalations", climbing, partial(_climb, ladders, now))
        done += _tell_all({row.pk for row in rows}.difference(row.pk for row in climbing), ladders, now)
    return done


def _climbs(row: Escalation, ticket: Ticket, ladders: Ladders) -> bool:
    return row.told > 0 and row.level < HIGHEST and ladders.wait(ticket, row.level + 1) is not None


def _climb(ladders: Ladders, now: datetime, rows: Sequence[Escalation]) -> None:
    """Lock the tickets, then read their escalations anew, since somebody may have taken one up meanwhile."""
    tickets = lock_all({row.ticket_id for row in rows})
    still = unseen(now).filter(pk__in=[row.pk for row in rows])
    raises = [_higher(row, tickets[row.ticket_id], ladders) for row in still]
    if raises:
        escalating.escalate_all(raises, now=now)
        open_levels(raises, now)


def unseen(now: datetime) -> DueQuerySet:
    """Those that are due and that nobody has acknowledged."""
    return Escalation.objects.filter(ended_at=None, acknowledged_at=None, due_at__lte=now)


def _higher(row: Escalation, ticket: Ticket, ladders: Ladders) -> Raise:
    waited = span(ladders.wait(ticket, row.level) or 0)
    reason = f"Nobody took up level {row.level} within {waited}. {row.reason}"[:300]
    return Raise(ticket.pk, row.level + 1, reason, Actor.clock("Ladder"))


@transaction.atomic
def _tell_all(numbers: Collection[int], ladders: Ladders, now: datetime) -> int:
    """Tell of each once, and of several in one mail; what is still unseen is due again after its level's time."""
    waiting = list(
        unseen(now)
        .filter(pk__in=numbers)
        .select_for_update(of=("self",))
        .select_related("ticket__customer", "ticket__team")
    )
    tell([row for row in waiting if _is_told(row, ladders)], ladders, now)
    waits: dict[int | None, list[int]] = {}
    for row in waiting:
        waits.setdefault(ladders.wait(row.ticket, row.level) if _is_told(row, ladders) else None, []).append(row.pk)
    for wait, told in waits.items():
        due_at = now + timedelta(seconds=wait) if wait else None
        Escalation.objects.filter(pk__in=told).update(due_at=due_at, told=F("told") + 1, claimed_until=None)
    return len(waiting)


def _is_told(row: Escalation, ladders: Ladders) -> bool:
    """A level is told when it is reached; the highest some times more."""
    return row.told <= ladders.repeat_at_most(row.ticket)
