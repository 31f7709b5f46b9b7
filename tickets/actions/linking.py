"""Customers' links: renewed where one was lost or fell into wrong hands."""

from datetime import datetime

from django.db import transaction

from tickets.actions import letters
from tickets.actions.beats import lock
from tickets.events import Actor, record
from tickets.models import Participant, TicketEvent


@transaction.atomic
def renew_link(participant: Participant, *, by: Actor, now: datetime) -> TicketEvent:
    """Revoke this person's links and reply addresses and mail them a new link."""
    ticket = lock(participant.ticket)
    participant.revision += 1
    participant.save(update_fields=["revision"])
    letters.send_link(ticket, participant, now)
    return record(ticket, "link_renewed", by=by, at=now, name=str(participant))
