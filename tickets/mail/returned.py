"""What comes back about mail of ours: believed only about a mail that we sent, and a failure only of its very recipient."""

from collections.abc import Sequence
from datetime import datetime

from tickets.actions.customers import address_key
from tickets.actions.delivering import mail_bounced, mail_delayed, mail_receipted, mail_unwanted
from tickets.mail.reading.automatic import EMPTY_PATH
from tickets.mail.reading.bounce_texts import DAEMON, is_still_tried
from tickets.mail.received import Bounce, IncomingMail, Report
from tickets.mail.return_paths import mail_at
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
    return _note(mail, bounce, now) if mail else None


def came_back_to_its_own(mail: IncomingMail, addresses: Sequence[str], *, now: datetime) -> OutgoingMail | None:
    """Note what a mail system sent to the address that one mail of ours comes back to, whether it can be read or not.

    None where it came to no such address, or tells something else: that the mail arrived, that somebody is away, what
    a person answers. Where nothing says that it is for good, the address has one more soft bounce.
    """
    tells_else = mail.report is not None and mail.bounce is None
    sent = None if tells_else else mail_at(addresses)
    if sent is None or not (_names(mail, sent) or _from_a_system(mail, sent)):
        return None
    unread = Bounce((sent.recipient,), None, is_still_tried(mail.text), mail.subject)
    return _note(sent, mail.bounce or unread, now)


def _names(mail: IncomingMail, sent: OutgoingMail) -> bool:
    return mail.bounce is not None and sent.recipient in {address_key(one) for one in mail.bounce.recipients}


def _from_a_system(mail: IncomingMail, sent: OutgoingMail) -> bool:
    """By its name; else by a return path that is empty, where no header says that a machine answers for a person."""
    if DAEMON.search(f"{mail.from_email} {mail.from_name}") or not mail.from_email:
        return True
    answers = mail.away or (mail.automatic and mail.automatic_reason != EMPTY_PATH)
    return mail.from_system and not answers and address_key(mail.from_email) != sent.recipient


def _note(mail: OutgoingMail, bounce: Bounce, now: datetime) -> OutgoingMail:
    if bounce.delayed:
        mail_delayed(mail, bounce.reason)
    else:
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
