"""Whether an address takes our mail: it is not written to again once it does not, until a person says otherwise."""

from datetime import datetime

from django.db import transaction

from tickets.actions.beats import check_words, lock
from tickets.errors import TooLate
from tickets.events import Actor, record
from tickets.models import Agent, CustomerAddress, Participant, TicketEvent

MOST_SOFT_BOUNCES = 5


def stop_writing(address: CustomerAddress, because: str, now: datetime) -> None:
    """Write nothing to this address from now on, for a reason in words; the first reason stays."""
    marked = CustomerAddress.objects.filter(pk=address.pk, undeliverable_at=None)
    marked.update(undeliverable_at=now, undeliverable_because=because[:500])


def count_soft_bounce(address: CustomerAddress, because: str, now: datetime) -> None:
    """A mail came back for a passing reason (RFC 3463 class 4); after five of them nobody expects the next to arrive."""
    locked = CustomerAddress.objects.select_for_update().get(pk=address.pk)
    locked.soft_bounces += 1
    locked.save(update_fields=["soft_bounces"])
    if locked.soft_bounces >= MOST_SOFT_BOUNCES:
        stop_writing(address, f"{MOST_SOFT_BOUNCES} mails came back, the last since: {because}", now)


def believe_again(address_id: int) -> None:
    CustomerAddress.objects.filter(pk=address_id).update(
        undeliverable_at=None, undeliverable_because="", soft_bounces=0
    )


@transaction.atomic
def write_again(participant: Participant, reason: str, *, by: Agent, now: datetime) -> TicketEvent:
    """Let mail go to this person's address again, with the reason. Raises TooLate where nothing keeps it from that."""
    ticket = lock(participant.ticket)
    address = CustomerAddress.objects.select_for_update().get(pk=participant.address_id)
    reason = check_words("reason", reason, 300)
    if address.undeliverable_at is None:
        raise TooLate("Mail goes to this address already.")
    believe_again(address.pk)
    return record(ticket, "address_believed", by=Actor.agent(by), at=now, recipient=address.email, reason=reason)
