"""What comes back about mail of ours: believed only about a mail that we sent, and a failure only of its very recipient."""

from collections.abc import Sequence
from datetime import datetime

from tickets.actions.customers import address_key
from tickets.actions.delivering import mail_bounced, mail_delayed, mail_receipted, mail_unwanted
from tickets.mail.received import Bounce, Report
from tickets.models import OutgoingMail

TOLD = {
    "unwanted": "It says that somebody marked a mail of ours as unwanted.",
    "opened": "It says that a mail of ours was opened.",
    "unopened": "It says that a mail of ours was put away unopened.",
    "arrived": "It says that a mail of ours arrived.",
}


def came_back(bounce: Bounce, *, now: datetime) -> OutgoingMail | None:
    """Note the bounce on the mail it reports on; None where no such mail left from here (anyone can forge a report)."""
    keys = {address_key(recipient) for recipient in bounce.recipients}
    mail = next((one for one in _sent(bounce.message_ids) if one.recipient in keys), None)
    if mail and bounce.delayed:
        mail_delayed(mail, bounce.reason)
    elif mail:
        mail_bounced(mail, for_good=bool(bounce.permanent), reason=bounce.reason, now=now)
    return mail


def told_of(report: Report, *, now: datetime) -> OutgoingMail | None:
    """Note what is told on the mail that it is about; None where that did not leave from here."""
    mail = next(iter(_sent(report.message_ids)), None)
    if mail and report.kind == "unwanted":
        mail_unwanted(mail, now=now)
    elif mail and report.kind in ("opened", "unopened"):
        mail_receipted(mail, opened=report.kind == "opened", now=now)
    return mail


def _sent(message_ids: Sequence[str]) -> list[OutgoingMail]:
    """The mails of ours among these ids, in their order."""
    found = OutgoingMail.objects.select_related("ticket", "participant__address").filter(mail_id__in=message_ids)
    return sorted(found, key=lambda mail: message_ids.index(mail.mail_id))
