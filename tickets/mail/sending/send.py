"""Sends what is queued: each row by a lease, its state saying at every moment what a dead worker would leave behind."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parseaddr
from random import SystemRandom

import structlog
from django.db.models import prefetch_related_objects

from tickets.actions.delivering import as_claimed, mail_troubled
from tickets.due_work import does
from tickets.live import nudge
from tickets.mail.return_paths import return_path
from tickets.mail.sending.composing import compose
from tickets.mail.sending.connecting import Away
from tickets.mail.sending.signing import signed
from tickets.mail.sending.transports import Broken, Parcel, Refused, Unknown, Way, open_way
from tickets.models import OutgoingMail, Participant
from tickets.models.due import LEASE

State = OutgoingMail.State
# After each failed try; then it has failed. Together about two days, as RFC 5321 §4.5.4.1 asks for four to five at most.
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 960, 1200)]
SERVER_AWAY = timedelta(minutes=1)  # until our own server is asked again; that costs no mail one of its tries
SPREAD = 0.2  # of a wait at most is added by chance, so that what failed together does not come back together
HANDED_OVER = timedelta(
    minutes=8
)  # longer than the answer to a mail may take; until then it is the worker's who sends it
AT_ONCE = 50  # mails over one line
A_ROUND = LEASE.total_seconds() / 2  # seconds; a mail that is begun later could be claimed by another worker meanwhile
chance = SystemRandom()
log = structlog.get_logger(__name__)


class Overtaken(Exception):
    """Our lease ran out while mails before this one took long, and another worker has it now."""


@does("outgoing_mails", OutgoingMail)
def send_due_mails(now: datetime) -> int:
    """Send the queued mails whose time has come, over one line; answers how many were claimed."""
    began, rows = time.monotonic(), OutgoingMail.objects.claim(now, limit=AT_ONCE)
    ready = _may_leave([row for row in rows if not _left_behind(row, now)], now)
    prefetch_related_objects([row for row in ready if row.message_id], "message__attachments")
    with open_way() as way:
        for place, row in enumerate(ready):
            if time.monotonic() - began > A_ROUND:
                _give_back(ready[place:])
                break
            try:
                send(row, way, now=now)
            except Away as away:
                _wait_for_server(ready[place:], str(away), now)
                break
    if len(rows) == AT_ONCE:
        nudge()  # more may be due
    return len(rows)


def _left_behind(row: OutgoingMail, now: datetime) -> bool:
    """A row found in `sending` was left there by a worker that died: then nobody knows, and it says so."""
    if row.state != State.SENDING:
        return False
    mail_troubled(row, State.UNCERTAIN, "The connection broke off; it may have left. Send it again?", now=now)
    return True


def _may_leave(rows: Sequence[OutgoingMail], now: datetime) -> list[OutgoingMail]:
    """Those whose address still takes mail: another may have come back from there while they waited."""
    closed = Participant.objects.filter(
        pk__in=[row.participant_id for row in rows if row.participant_id], address__undeliverable_at__isnull=False
    )
    because = dict(closed.values_list("pk", "address__undeliverable_because"))
    for row in rows:
        if row.participant_id in because:
            mail_troubled(row, State.FAILED, f"Not sent: {because[row.participant_id]}.", now=now)
    return [row for row in rows if row.participant_id not in because]


def send(row: OutgoingMail, way: Way, *, now: datetime) -> None:
    """Try one mail. Raises Away where nothing can leave at all; whatever else happens, the row says it."""
    try:
        answer = _deliver(row, way, now)
    except Away:
        raise
    except Overtaken:
        log.info("outgoing_overtaken", mail=row.pk)
    except Refused as no:
        if no.permanent:
            mail_troubled(row, State.FAILED, str(no), now=now)
        else:
            retry_later(row, str(no), now)
    except Broken as broken:
        retry_later(row, str(broken), now)
    except Unknown as unknown:
        mail_troubled(row, State.UNCERTAIN, str(unknown), now=now)
    except Exception:
        log.exception("outgoing_failed", mail=row.pk)
        retry_later(row, "It could not be written as a mail; a colleague who runs the system can see why.", now)
    else:
        _sent(row, answer, now)


def _deliver(row: OutgoingMail, way: Way, now: datetime) -> str:
    """Hand it over under its own return path; under the plain address where that is refused for good, or at the last try.

    An account may be allowed to send by no other address, nor by none, and servers say so at any step.
    """
    parcel = Parcel(signed(compose(row).as_bytes()), return_path(row), row.recipient, f"{row.pk:08}-{row.kind}")
    try:
        return way.deliver(parcel, handing_over=lambda: _hand_over(row, now))
    except Refused as no:
        if not no.permanent and row.attempts < len(BACKOFF):
            raise
    plain = replace(parcel, envelope_from=parseaddr(row.sender)[1])
    try:
        return way.deliver(plain, handing_over=lambda: _hand_over(row, now))
    except Away as away:  # it was there a moment ago, and the mail may have been handed over before
        raise Broken(str(away)) from away


def _sent(row: OutgoingMail, answer: str, now: datetime) -> None:
    """It has left, whoever claimed the row meanwhile."""
    row.state, row.answer, row.sent_at, row.due_at, row.claimed_until = State.SENT, answer[:500], now, None, None
    row.save(update_fields=["state", "answer", "sent_at", "due_at", "claimed_until"])


def retry_later(row: OutgoingMail, answer: str, now: datetime) -> None:
    """Wait longer after each try; after the last one it has failed, and its ticket says so. Not ours any more: nothing."""
    if row.attempts >= len(BACKOFF):
        mail_troubled(row, State.FAILED, answer, now=now)
        return
    as_claimed(row).update(
        state=State.DELAYED,
        answer=answer[:500],
        claimed_until=None,
        due_at=now + _spread(BACKOFF[row.attempts]),
        attempts=row.attempts + 1,
    )


def _spread(wait: timedelta) -> timedelta:
    return wait * (1 + chance.uniform(0, SPREAD))


def _hand_over(row: OutgoingMail, now: datetime) -> None:
    """From here on nobody knows, until the answer is there. Only the one who holds the lease may go on."""
    until = now + HANDED_OVER
    if not as_claimed(row).update(state=State.SENDING, claimed_until=until):
        raise Overtaken
    row.state, row.claimed_until = State.SENDING, until


def _give_back(rows: Sequence[OutgoingMail]) -> None:
    for row in rows:
        as_claimed(row).update(claimed_until=None)


def _wait_for_server(rows: Sequence[OutgoingMail], answer: str, now: datetime) -> None:
    """Our server is away: these and all others that are due wait a little, none of them nearer to failing."""
    log.warning("mail_server_away", answer=answer)
    ours = OutgoingMail.objects.filter(pk__in=[row.pk for row in rows], claimed_until=rows[0].claimed_until)
    waiting = (ours | OutgoingMail.objects.due(now)).exclude(state=State.SENDING)
    again = now + _spread(SERVER_AWAY)
    waiting.update(state=State.DELAYED, answer=answer[:500], claimed_until=None, due_at=again)
