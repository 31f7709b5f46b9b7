"""How it went with mail that left us: a failure is a fact on its ticket, and an agent says what becomes of it."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from tickets.actions.beats import lock
from tickets.actions.reaching import believe_again, count_soft_bounce, stop_writing
from tickets.errors import TooLate
from tickets.events import Actor, record
from tickets.live import nudge
from tickets.models import Agent, OutgoingMail, Ticket

State = OutgoingMail.State


def as_claimed(mail: OutgoingMail) -> QuerySet[OutgoingMail]:
    """The row, as long as it is as it was read: nobody else has claimed it or brought it on."""
    return OutgoingMail.objects.filter(pk=mail.pk, state=mail.state, claimed_until=mail.claimed_until)


@transaction.atomic
def mail_troubled(mail: OutgoingMail, state: str, answer: str, *, now: datetime) -> None:
    """Set a mail to failed, bounced or uncertain, and say so on its ticket; nothing where it is not as it was read."""
    ticket = _lock(mail)
    if not as_claimed(mail).update(state=state, answer=answer[:500], due_at=None, claimed_until=None):
        return
    mail.state, mail.answer, mail.due_at, mail.claimed_until = state, answer[:500], None, None
    if ticket:
        facts = {"recipient": mail.recipient, "mail": mail.pk, "state": state, "reason": answer[:200]}
        record(ticket, "mail_troubled", by=Actor.system(), at=now, **facts)


@transaction.atomic
def mail_delayed(mail: OutgoingMail, reason: str) -> None:
    """A report says that the mail is late, and still tried by another server."""
    answer = f"Delayed on its way{f': {reason}' if reason else '.'}"
    OutgoingMail.objects.filter(pk=mail.pk, state=State.SENT).update(state=State.DELAYED, answer=answer[:500])


@transaction.atomic
def mail_bounced(mail: OutgoingMail, *, for_good: bool, reason: str, now: datetime) -> None:
    """A report says that the mail did not arrive; for good (RFC 3463 class 5): the address is not written to again.

    Else the mail came back all the same, and the address has one more soft bounce.
    """
    if mail.state == State.BOUNCED:
        return
    because = reason or ("the address does not take mail" if for_good else "the other server gave no reason")
    if address := mail.participant.address if mail.participant else None:
        (stop_writing if for_good else count_soft_bounce)(address, f"mail came back: {because}", now)
    mail_troubled(mail, State.BOUNCED, f"It came back: {because}", now=now)


@transaction.atomic
def mail_unwanted(mail: OutgoingMail, *, now: datetime) -> None:
    """Their provider passed on that somebody marked the mail as unwanted (RFC 5965): nothing more goes there."""
    if mail.participant:
        stop_writing(mail.participant.address, "they marked a mail of ours as unwanted", now)
    if ticket := _lock(mail):
        record(ticket, "mail_unwanted", by=Actor.system(), at=now, recipient=mail.recipient, mail=mail.pk)


@transaction.atomic
def mail_receipted(mail: OutgoingMail, *, opened: bool, now: datetime) -> None:
    """A read receipt came (RFC 8098): a fact on the ticket, which moves nothing."""
    ticket, kind = _lock(mail), "mail_opened" if opened else "mail_unopened"
    if ticket and not ticket.events.filter(kind=kind, data__mail=mail.pk).exists():
        record(ticket, kind, by=Actor.system(), at=now, recipient=mail.recipient, mail=mail.pk)


@transaction.atomic
def send_again(mail: OutgoingMail, *, by: Agent, now: datetime) -> OutgoingMail:
    """Queue a mail in trouble once more, its address believed again. Raises TooLate where it is under way or sent."""
    ticket, mail = _lock(mail), _again(mail)
    if not mail.may_be_sent_again:
        raise TooLate("This mail is on its way, or has arrived already.")
    if mail.participant:
        believe_again(mail.participant.address_id)
    mail.state, mail.due_at, mail.attempts, mail.claimed_until = State.QUEUED, now, 0, None
    mail.save(update_fields=["state", "due_at", "attempts", "claimed_until"])
    _record(ticket, "mail_sent_again", mail, by, now)
    return mail


@transaction.atomic
def confirm_arrival(mail: OutgoingMail, *, by: Agent, now: datetime) -> OutgoingMail:
    """Somebody has learned that an uncertain mail arrived: it is sent. Raises TooLate where it is not uncertain."""
    ticket, mail = _lock(mail), _again(mail)
    if not mail.is_uncertain:
        raise TooLate("This mail is not uncertain any more.")
    mail.state, mail.answer, mail.sent_at = State.SENT, f"{by.name} says that it arrived.", now
    mail.save(update_fields=["state", "answer", "sent_at"])
    _record(ticket, "mail_confirmed", mail, by, now)
    return mail


def _lock(mail: OutgoingMail) -> Ticket | None:
    """The ticket of the mail, held; None for a mail that is of none. Always before the mail itself."""
    return lock(mail.ticket) if mail.ticket else None


def _again(mail: OutgoingMail) -> OutgoingMail:
    return OutgoingMail.objects.select_for_update(of=("self",)).select_related("participant").get(pk=mail.pk)


def _record(ticket: Ticket | None, kind: str, mail: OutgoingMail, by: Agent, now: datetime) -> None:
    if ticket:
        record(ticket, kind, by=Actor.agent(by), at=now, recipient=mail.recipient, mail=mail.pk)
    else:
        transaction.on_commit(partial(nudge, mail.pk))
