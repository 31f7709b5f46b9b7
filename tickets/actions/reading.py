"""Reading: up to where somebody has read a ticket."""

from functools import partial

from django.db import transaction

from tickets.live import tell_person
from tickets.models import Agent, LastRead, Ticket


def mark_read(ticket: Ticket, version: int, *, by: Agent) -> None:
    """Remember that this person has read the ticket up to a version, at most the one that it has; it never goes backwards."""
    version = min(version, ticket.version)
    read, made = LastRead.objects.get_or_create(ticket=ticket, agent=by, defaults={"version": version})
    if not made:
        LastRead.objects.filter(pk=read.pk, version__lt=version).update(version=version)
    transaction.on_commit(partial(tell_person, by.pk, ticket.pk))
