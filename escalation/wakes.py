"""Tickets on hold come back by themselves."""

from datetime import datetime

from escalation.models import Wake
from tickets.actions import moves
from tickets.due_work import does, each
from tickets.models import Ticket


def follow(ticket: Ticket) -> None:
    """A ticket on hold has a row that brings it back; one that left hold has a row that finds nothing to do."""
    if ticket.wake_at:
        Wake.objects.update_or_create(ticket=ticket, defaults={"due_at": ticket.wake_at, "claimed_until": None})


@does("wakes", Wake)
def wake_due(now: datetime) -> int:
    """Bring back the tickets whose time has come."""
    done = 0
    while rows := Wake.objects.claim(now, limit=200):
        done += each("wakes", rows, lambda wake: _wake(wake, now))
    return done


def _wake(wake: Wake, now: datetime) -> None:
    moves.wake(wake.ticket, now=now)
    Wake.objects.filter(pk=wake.pk, due_at__lte=now).delete()
