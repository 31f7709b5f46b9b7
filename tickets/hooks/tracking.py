"""What became of mail of ours, as the provider through whom it left says: noted where a bounce by mail is noted."""

from datetime import datetime, timedelta

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason

from tickets.actions.customers import address_key
from tickets.actions.delivering import mail_bounced, mail_delayed, mail_unwanted
from tickets.models import OutgoingMail

REFUSED_FOR_GOOD = {RejectReason.INVALID, RejectReason.BOUNCED}
LATELY = timedelta(days=5)  # after which a provider has given up by any account (RFC 5321 §4.5.4.1)


def note(event: AnymailTrackingEvent, *, now: datetime) -> None:
    """Mark the mail and its address; nothing where the event is of another kind, or of no mail that we know."""
    mail = _sent(event, now)
    if mail is None:
        return
    said = " ".join(str(event.mta_response or event.description or "").split())[:300]
    if event.event_type == EventType.COMPLAINED or event.reject_reason == RejectReason.SPAM:
        _unwanted(mail, now)
    elif event.event_type == EventType.BOUNCED or event.reject_reason in REFUSED_FOR_GOOD:
        mail_bounced(mail, for_good=True, reason=said, now=now)
    elif event.event_type == EventType.DEFERRED:
        mail_delayed(mail, said)


def _unwanted(mail: OutgoingMail, now: datetime) -> None:
    """A provider tells it again where it did not hear our answer."""
    if mail.ticket is None or not mail.ticket.events.filter(kind="mail_unwanted", data__mail=mail.pk).exists():
        mail_unwanted(mail, now=now)


def _sent(event: AnymailTrackingEvent, now: datetime) -> OutgoingMail | None:
    """By our Message-ID; a provider that tells only its own means the last mail that left for this recipient."""
    to = OutgoingMail.objects.select_related("ticket", "participant__address")
    to = to.filter(recipient=address_key(event.recipient or ""))
    ours = to.filter(mail_id=str(event.message_id or "").strip("<> ")).first()
    return ours or to.filter(sent_at__gt=now - LATELY).order_by("-sent_at").first()
