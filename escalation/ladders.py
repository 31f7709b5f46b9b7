"""Escalations: opened by the fact that a ticket was raised, told to whom a level names, climbing until acknowledged."""

from datetime import datetime, timedelta

from django.db import transaction

from escalation.models import Escalation
from escalation.notices import tell
from escalation.policies import Ladders
from escalation.words import span
from tickets.actions import escalating
from tickets.due_work import does, each
from tickets.events import Actor
from tickets.models import Ticket, TicketEvent
from tickets.states import UNSETTLED

AT_ONCE = 50  # tickets changed in one transaction
HIGHEST = 3


def open_escalation(ticket: Ticket) -> Escalation | None:
    return Escalation.objects.filter(ticket=ticket, ended_at=None).first()


def follow(ticket: Ticket, event: TicketEvent) -> None:
    """An escalation ends when its ticket is settled or set aside."""
    if ticket.level and ticket.state not in UNSETTLED:
        Escalation.objects.filter(ticket=ticket, ended_at=None).update(ended_at=event.at, due_at=None)


def climb(ticket: Ticket, event: TicketEvent) -> None:
    """Open the level that the ticket was raised to; raised again to no higher level, the open one must be seen anew."""
    level, reason = event.data["level"], event.data["reason"]
    last = Escalation.objects.filter(ticket=ticket).order_by("episode", "level").last()
    raised = {"reason": reason, "raised_by": event.by_name, "raised_at": event.at, "due_at": event.at}
    if last and last.ended_at is None and last.level >= level:
        anew = {"acknowledged_at": None, "acknowledged_by": "", "told": 0, "claimed_until": None}
        Escalation.objects.filter(pk=last.pk).update(**raised, **anew)
        return
    if last and last.ended_at is None:
        Escalation.objects.filter(pk=last.pk).update(ended_at=event.at, due_at=None)
        episode = last.episode
    else:
        episode = last.episode + 1 if last else 1
    Escalation.objects.create(ticket=ticket, episode=episode, level=level, **raised)


def acknowledge(ticket: Ticket, event: TicketEvent) -> None:
    """Somebody acts on it: it stays open and climbs no more."""
    rows = Escalation.objects.filter(ticket=ticket, ended_at=None, acknowledged_at=None)
    rows.update(acknowledged_at=event.at, acknowledged_by=event.by_name, due_at=None)


def next_level(current: int) -> int:
    """Where a ticket that is let down once more is raised to: a second failure is never less than level 2."""
    return max(2, current) if current else 1


@does("escalations")
def do_due_escalations(now: datetime) -> int:
    """Tell the people of a level, and raise what they did not acknowledge in time."""
    done = 0
    while rows := Escalation.objects.claim(now, limit=500):
        tickets = Ticket.objects.in_bulk(row.ticket_id for row in rows)
        ladders = Ladders(ticket.team_id for ticket in tickets.values())
        climbing = [row for row in rows if _climbs(row, tickets[row.ticket_id], ladders)]
        done += _climb_all(climbing, tickets, ladders, now)
        done += _tell_all([row for row in rows if row not in climbing], ladders, now)
    return done


def _climbs(row: Escalation, ticket: Ticket, ladders: Ladders) -> bool:
    return row.told > 0 and row.level < HIGHEST and ladders.wait(ticket, row.level + 1) is not None


def _climb_all(rows: list[Escalation], tickets: dict[int, Ticket], ladders: Ladders, now: datetime) -> int:
    done = 0
    for first in range(0, len(rows), AT_ONCE):
        with transaction.atomic():
            part = rows[first : first + AT_ONCE]
            done += each("escalations", part, lambda row: _raise(row, ladders.wait(tickets[row.ticket_id], row.level), now))
    return done


def _raise(row: Escalation, waited: int | None, now: datetime) -> None:
    ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=row.ticket_id)
    if Escalation.objects.filter(pk=row.pk, ended_at=None, acknowledged_at=None, due_at__lte=now).exists():
        reason = f"Nobody took up level {row.level} within {span(waited or 0)}. {row.reason}"
        escalating.escalate(ticket, row.level + 1, reason[:300], by=Actor.clock("Ladder"), now=now)


@transaction.atomic
def _tell_all(rows: list[Escalation], ladders: Ladders, now: datetime) -> int:
    """Tell of each once, and of several in one mail; what is still unseen is due again after its level's time."""
    still = Escalation.objects.select_for_update(of=("self",)).select_related("ticket__customer", "ticket__team")
    waiting = list(still.filter(pk__in=[row.pk for row in rows], ended_at=None, acknowledged_at=None, due_at__lte=now))
    telling = [row for row in waiting if row.told <= ladders.repeat_at_most(row.ticket)]
    tell(telling, ladders, now)
    for row in waiting:
        wait = ladders.wait(row.ticket, row.level)
        row.due_at = now + timedelta(seconds=wait) if wait and row in telling else None
        row.told, row.claimed_until = row.told + 1, None
    Escalation.objects.bulk_update(waiting, ["due_at", "told", "claimed_until"], batch_size=200)
    return len(waiting)
