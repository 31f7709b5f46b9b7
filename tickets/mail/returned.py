"""Mail of ours that came back: believed only about a mail that we sent, to that very recipient."""

from datetime import datetime

from tickets.actions.customers import address_key
from tickets.actions.delivering import mail_bounced
from tickets.mail.received import Bounce
from tickets.models import OutgoingMail


def came_back(bounce: Bounce, *, now: datetime) -> OutgoingMail | None:
    """Note the bounce on the mail it reports on; None where no such mail left from here (anyone can forge a report)."""
    sent = OutgoingMail.objects.select_related("ticket", "participant__address").filter(
        mail_id=bounce.original_message_id
    )
    keys = {address_key(recipient) for recipient in bounce.recipients}
    mail = sent.filter(recipient__in=keys).first() if bounce.original_message_id else None
    if mail:
        mail_bounced(mail, permanent=bounce.permanent is not False, now=now)
    return mail
