"""How it went with mail that left us: a failure is a fact on its ticket, and an agent may send it again."""

from datetime import datetime

from django.db import transaction

from tickets.actions.beats import lock
from tickets.errors import TooLate
from tickets.events import Actor, record
from tickets.models import OutgoingMail

State = OutgoingMail.State
AGAIN = frozenset({State.FAILED, State.BOUNCED, State.UNCERTAIN, State.DELAYED})


@transaction.atomic
def mail_troubled(mail: OutgoingMail, state: str, answer: str, *, now: datetime) -> None:
    """Set a mail to failed or uncertain, and say so on its ticket."""
    mail.state, mail.answer, mail.due_at, mail.claimed_until = state, answer[:500], None, None
    mail.save(update_fields=["state", "answer", "due_at", "claimed_until", "attempts"])
    if mail.ticket_id and mail.ticket:
        facts = {"recipient": mail.recipient, "mail": mail.pk, "reason": answer[:200]}
        record(lock(mail.ticket), "mail_troubled", by=Actor.system(), at=now, **facts)


@transaction.atomic
def mail_bounced(mail: OutgoingMail, *, permanent: bool, now: datetime) -> None:
    """A report says that the mail did not arrive; for good (RFC 3463 class 5): the address is not written to again."""
    if not permanent:
        OutgoingMail.objects.filter(pk=mail.pk, state=State.SENT).update(
            state=State.DELAYED, answer="Delayed on its way."
        )
        return
    address = mail.participant.address if mail.participant else None
    if address and address.undeliverable_at is None:
        address.undeliverable_at, address.undeliverable_because = now, "mail to this address came back"
        address.save(update_fields=["undeliverable_at", "undeliverable_because"])
    if mail.state != State.BOUNCED:
        mail_troubled(mail, State.BOUNCED, "It came back: the address does not take mail.", now=now)


@transaction.atomic
def send_again(mail: OutgoingMail, *, now: datetime) -> OutgoingMail:
    """Queue a mail in trouble once more, its address believed again. Raises TooLate where it is under way or sent."""
    mail = OutgoingMail.objects.select_for_update(of=("self",)).select_related("participant__address").get(pk=mail.pk)
    if mail.state not in AGAIN:
        raise TooLate("This mail is on its way, or has arrived already.")
    if mail.participant:
        address = mail.participant.address
        address.undeliverable_at, address.undeliverable_because = None, ""
        address.save(update_fields=["undeliverable_at", "undeliverable_because"])
    mail.state, mail.due_at, mail.attempts = State.QUEUED, now, 0
    mail.save(update_fields=["state", "due_at", "attempts"])
    return mail
