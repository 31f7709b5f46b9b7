"""Held mail: an agent reads it, lets it through as a ticket or onto one, or discards it with a reason."""

from datetime import datetime

from django.db import transaction

from tickets.actions.beats import check_words
from tickets.actions.customers import ADDRESS
from tickets.errors import Invalid, TooLate
from tickets.events import Actor
from tickets.mail import joining
from tickets.mail.parse import parse
from tickets.mail.store import unpack
from tickets.mail.threading import find
from tickets.mail.trust import trust
from tickets.models import RawMail, Ticket


@transaction.atomic
def release(raw_id: int, ticket: Ticket | None, *, by: Actor, now: datetime) -> RawMail:
    """Let a held mail through: onto `ticket`, or as a new one. Raises TooLate where somebody was faster."""
    row = _held(raw_id)
    mail = parse(unpack(row))
    if ticket is None:
        if not ADDRESS.fullmatch(row.sender):
            raise Invalid({"ticket": "This mail has no sender whom we could answer; put it onto a ticket instead."})
        row.ticket, row.outcome = joining.begin(row, mail, row.suggested, trust(mail), now=now), RawMail.Outcome.TICKET
    else:
        found = find(mail)
        sender = found.sender if found and found.ticket == ticket else None
        joining.join(row, mail, ticket, sender, now=now)
        row.ticket, row.outcome = ticket, RawMail.Outcome.REPLY
    row.reason, row.handled_by = f"Let through by {by.name}. {row.reason}"[:500], by.name
    row.save(update_fields=["ticket", "outcome", "reason", "handled_by"])
    return row


@transaction.atomic
def discard(raw_id: int, reason: str, *, by: Actor, now: datetime) -> RawMail:
    """Set a held mail aside for good, with the reason; its bytes are kept."""
    row = _held(raw_id)
    reason = check_words("reason", reason, 300)
    row.outcome, row.reason, row.handled_by = RawMail.Outcome.IGNORED, f"Discarded by {by.name}: {reason}", by.name
    row.save(update_fields=["outcome", "reason", "handled_by"])
    return row


def _held(raw_id: int) -> RawMail:
    row = RawMail.objects.select_for_update(of=("self",)).select_related("mailbox__team", "suggested").get(pk=raw_id)
    if row.outcome != RawMail.Outcome.QUARANTINED:
        raise TooLate("A colleague has dealt with this mail already.")
    return row
