"""A mail that is too large to be fetched: its headers are held for a person to see, and its sender is told."""

from datetime import datetime

import structlog
from django.db import InterfaceError, OperationalError, transaction

from tickets.actions.apologising import TooLarge, in_megabytes, say_too_large
from tickets.actions.customers import ADDRESS, address_key
from tickets.mail.mailboxes import mailbox_of, ours
from tickets.mail.parse import parse
from tickets.mail.reading.identity import MADE_UP
from tickets.mail.reading.limits import MOST_BYTES
from tickets.mail.received import IncomingMail
from tickets.mail.senders import as_sent
from tickets.mail.store import unpack
from tickets.mail.threading import find
from tickets.mail.trust import Trust, trust
from tickets.models import RawMail

HELD = ["sender", "subject", "suggested", "outcome", "reason", "due_at", "claimed_until"]
log = structlog.get_logger(__name__)


def hold(row: RawMail, size: int, folder: str, *, now: datetime) -> None:
    """Hold a row that has but the headers of a mail of `size` bytes, which goes to this folder of its mailbox."""
    mail = as_sent(parse(unpack(row)), mailbox_of(row), row.envelope_from)
    row.sender, row.subject = address_key(mail.from_email)[:320], mail.subject[:300]
    row.outcome, row.due_at, row.claimed_until = RawMail.Outcome.QUARANTINED, None, None
    reason = (
        f"It has {in_megabytes(size)}, more than the {in_megabytes(MOST_BYTES)} that are taken in. Only its headers "
    )
    reason += f"were kept; the whole mail lies in the mailbox, in the folder “{folder}”."
    told = _with_care(row, mail, size, now)
    row.reason = f"{reason} {'Its sender was told by mail.' if told else 'Its sender was not told.'}"[:500]
    row.save(update_fields=HELD)


def _with_care(row: RawMail, mail: IncomingMail, size: int, now: datetime) -> bool:
    """Find its ticket and tell its sender; whatever fails there, the mail is held all the same and stops no other."""
    try:
        with transaction.atomic():
            found = find(mail, (), now)
            row.suggested = found.ticket if found else None
            return _may_be_told(row, mail) and say_too_large(_facts(row, mail, size), mailbox_of(row), now=now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("sender_not_told", raw_mail=row.pk)
        return False


def _may_be_told(row: RawMail, mail: IncomingMail) -> bool:
    """Never a machine (RFC 3834 §2), one who is not who they say, ourselves, or anybody about old mail."""
    is_machine = mail.automatic or mail.from_system or mail.bounce or mail.report
    is_somebody = ADDRESS.fullmatch(row.sender) and row.sender not in ours()
    return bool(is_somebody and not is_machine and not row.imported and trust(mail) is not Trust.FORGED)


def _facts(row: RawMail, mail: IncomingMail, size: int) -> TooLarge:
    message_id = "" if mail.message_id.endswith(MADE_UP) else mail.message_id[:500]
    return TooLarge(row.sender, mail.from_name, mail.subject, message_id, size, MOST_BYTES)
