"""Sends what is queued: each row by a lease, its state saying at every moment what a dead worker would leave behind."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet

from tickets.actions.delivering import mail_troubled
from tickets.due_work import does
from tickets.live import nudge
from tickets.mail.composing import compose
from tickets.mail.transports import Parcel, Refused, Unknown, deliver
from tickets.models import OutgoingMail

State = OutgoingMail.State
# After each failed try; then it has failed. Together about two days, as RFC 5321 §4.5.4.1 asks for four to five at most.
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 960, 1200)]
log = structlog.get_logger(__name__)


class Overtaken(Exception):
    """Our lease ran out while mails before this one took long, and another worker has it now."""


@does("outgoing_mails")
def send_due_mails(now: datetime) -> int:
    """Send every queued mail whose time has come; answers how many were tried."""
    rows = OutgoingMail.objects.claim(now, limit=20)
    for row in rows:
        try:
            send(row, now=now)
        except Exception:
            log.exception("outgoing_failed", mail=row.pk)
            retry_later(row, "It could not be written as a mail; a colleague who runs the system can see why.", now)
    return len(rows)


def send(row: OutgoingMail, *, now: datetime) -> None:
    """Try one mail. A row found in `sending` was left there by a worker that died: then nobody knows, and it says so."""
    if row.state == State.SENDING:
        mail_troubled(row, State.UNCERTAIN, "The connection broke off; it may have left. Send it again?", now=now)
        return
    parcel = Parcel(compose(row), row.envelope_from, row.recipient, f"{row.pk:08}-{row.kind}")
    try:
        answer = deliver(parcel, handing_over=lambda: _hand_over(row))
    except Overtaken:
        log.info("outgoing_overtaken", mail=row.pk)
    except Refused as no:
        _refused(row, no, now)
    except Unknown as broken:
        mail_troubled(row, State.UNCERTAIN, str(broken), now=now)
    except OSError as away:
        retry_later(row, f"The mail server could not be reached ({type(away).__name__}).", now)
    else:
        _sent(row, answer, now)


def _sent(row: OutgoingMail, answer: str, now: datetime) -> None:
    row.state, row.answer, row.sent_at, row.due_at, row.claimed_until = State.SENT, answer[:500], now, None, None
    row.save(update_fields=["state", "answer", "sent_at", "due_at", "claimed_until"])
    transaction.on_commit(nudge)


def _refused(row: OutgoingMail, no: Refused, now: datetime) -> None:
    if no.permanent and _held(row).exists():
        mail_troubled(row, State.FAILED, str(no), now=now)
    else:
        retry_later(row, str(no), now)


def retry_later(row: OutgoingMail, answer: str, now: datetime) -> None:
    """Wait longer after each try; after the last one it has failed, and its ticket says so. Not ours any more: nothing."""
    if not _held(row).exists():
        log.info("outgoing_overtaken", mail=row.pk)
        return
    row.attempts += 1
    if row.attempts > len(BACKOFF):
        mail_troubled(row, State.FAILED, answer, now=now)
        return
    row.state, row.answer, row.claimed_until = State.DELAYED, answer[:500], None
    row.due_at = now + BACKOFF[row.attempts - 1]
    row.save(update_fields=["state", "answer", "claimed_until", "due_at", "attempts"])


def _hand_over(row: OutgoingMail) -> None:
    """From here on nobody knows, until the answer is there. Only the one who holds the lease may go on."""
    if not _held(row).update(state=State.SENDING):
        raise Overtaken
    row.state = State.SENDING


def _held(row: OutgoingMail) -> QuerySet[OutgoingMail]:
    """The row, as long as nobody else has claimed it or brought it on."""
    return OutgoingMail.objects.filter(pk=row.pk, state=row.state, claimed_until=row.claimed_until)
