"""What becomes of a stored mail: every one ends in an outcome that somebody can see."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

from tickets.actions.customers import ADDRESS, address_key
from tickets.actions.importing import is_history
from tickets.actions.noting import leave_note
from tickets.due_work import does
from tickets.mail import joining, returned
from tickets.mail.colleagues import noticed, our_people
from tickets.mail.joining import Arrival
from tickets.mail.mailboxes import mailbox_of, ours
from tickets.mail.parse import parse
from tickets.mail.received import IncomingMail
from tickets.mail.senders import as_sent
from tickets.mail.store import unpack
from tickets.mail.threading import Found, find
from tickets.mail.trust import Trust, trust
from tickets.models import RawMail, Ticket
from tickets.models.mail import OutgoingMail
from tickets.models.statements import exists, update

MOST_ATTEMPTS = 3
RETRY_AFTER = timedelta(seconds=30)
MOST_NEW_AN_HOUR = 10  # new tickets from one sender, before the breaker holds the rest
IMPORTED = "It lay there before the mailbox was ours, and is kept in a closed ticket."
Outcome = RawMail.Outcome
DECIDED = "outcome reason ticket suggested due_at claimed_until message_id sender subject excerpt".split()
log = structlog.get_logger(__name__)


class Overtaken(Exception):
    """Another worker has seen this mail to its outcome, since our lease ran out; what was done here is rolled back."""


@dataclass(frozen=True)
class Decision:
    """What becomes of a mail, and why, in words that an agent reads."""

    outcome: str
    reason: str = ""
    ticket: Ticket | None = None
    suggested: Ticket | None = None


def take_in(raw_mail: RawMail, *, now: datetime) -> RawMail:
    """Read a stored mail that is leased to the caller, and see it to its outcome.

    A mail that fails is tried again, and held after three times. Raises OperationalError or InterfaceError only, where
    the database is away: then nothing has changed, and the row is still due.
    """
    try:
        with transaction.atomic():
            return _finish(raw_mail, now)
    except (OperationalError, InterfaceError):
        raise
    except Overtaken:
        return RawMail.objects.get(pk=raw_mail.pk)
    except Exception as error:
        log.exception("mail_failed", raw_mail=raw_mail.pk)
        return _failed(raw_mail, f"It could not be read ({type(error).__name__}).", now)


def _finish(row: RawMail, now: datetime) -> RawMail:
    mail = as_sent(parse(unpack(row)), mailbox_of(row), row.envelope_from)
    _note(row, mail)
    _one_at_a_time(row)
    decision = decide(row, mail, now)
    row.outcome, row.reason = decision.outcome, decision.reason[:500]
    row.ticket, row.suggested = decision.ticket, decision.suggested
    row.due_at = row.claimed_until = None
    if not update(row, DECIDED, outcome=""):
        raise Overtaken
    return row


def _one_at_a_time(row: RawMail) -> None:
    """Copies of a mail that came by several roads are read one after the other, so that the later sees the earlier."""
    if connection.vendor == "postgresql":  # SQLite has one writer anyway
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [row.mailbox_id, row.message_id])


def _note(row: RawMail, mail: IncomingMail) -> None:
    row.message_id, row.sender = mail.message_id[:500], address_key(mail.from_email)[:320]
    row.subject, row.excerpt = mail.subject[:300], " ".join((mail.reply_text or mail.text).split())[:300]


def decide(row: RawMail, mail: IncomingMail, now: datetime) -> Decision:
    """The outcome of one mail; the first of these that has an answer gives it."""
    steps: list[Callable[[RawMail, IncomingMail, datetime], Decision | None]] = [
        _repeated,
        _our_own,
        _one_of_us,
        _report,
        _nobody,
    ]
    for step in steps:
        if decision := step(row, mail, now):
            return decision
    found = find(mail, row.envelope_to, now)
    arrival = Arrival(row, _as_answered(mail, found), trust(mail))
    if found and arrival.trust is Trust.FORGED:
        reason = "The sender could not be verified (DMARC failed), so it was not put on the ticket it points to."
        return Decision(Outcome.QUARANTINED, reason, suggested=found.ticket)
    if found and (decision := _onto(arrival, found, now)):
        return decision
    return _new_ticket(arrival, found, now)


def _as_answered(mail: IncomingMail, found: Found | None) -> IncomingMail:
    """A subject that sounds like a machine's counts only in an answer to us."""
    if found is None or mail.automatic or not mail.away:
        return mail
    return replace(mail, automatic=True, automatic_reason="its subject says that nobody is there")


def _repeated(row: RawMail, mail: IncomingMail, now: datetime) -> Decision | None:
    if not exists(RawMail, mailbox=row.mailbox_id, message_id=row.message_id):
        return None
    same = RawMail.objects.filter(mailbox=row.mailbox_id, message_id=row.message_id).exclude(outcome="")
    before = same.order_by("pk").values("sender", "subject", "excerpt", "ticket").first()
    if before is None:
        return None
    ticket = Ticket.objects.filter(pk=before["ticket"]).first()
    if (before["sender"], before["subject"], before["excerpt"]) == (row.sender, row.subject, row.excerpt):
        return Decision(Outcome.IGNORED, "The same mail came before.", ticket)
    return Decision(Outcome.QUARANTINED, "Another mail came before under the same Message-ID.", suggested=ticket)


def _our_own(row: RawMail, mail: IncomingMail, now: datetime) -> Decision | None:
    own = ours()
    if _is_our_id(mail.our_loop_header, own) or _is_our_id(mail.message_id, own):
        return Decision(Outcome.IGNORED, "It is a mail of our own that came back.")
    if row.sender in own:
        return Decision(Outcome.QUARANTINED, "It says that it comes from an address of ours.")
    return None


def _one_of_us(row: RawMail, mail: IncomingMail, now: datetime) -> Decision | None:
    """A colleague's answer to a notice is a note; what else they send, a person decides. A From alone proves nothing."""
    if row.sender not in our_people():
        return None
    answered = noticed(mail)
    if answered is None:
        return Decision(Outcome.QUARANTINED, "It comes from one of us, so a person decides what it is.")
    agent, ticket = answered
    if mail.automatic:
        return Decision(Outcome.IGNORED, f"An automatic answer to a notice: {mail.automatic_reason}", ticket)
    if trust(mail) is not Trust.VERIFIED:
        reason = f"It answers a notice to {agent.name}, but whether it is from them could not be verified."
        return Decision(Outcome.QUARANTINED, reason, suggested=ticket)
    leave_note(ticket, mail.reply_text or mail.text, by=agent, now=now)
    return Decision(Outcome.REPLY, f"{agent.name} answered a notice, which is a note to us.", ticket)


def _is_our_id(message_id: str, own: set[str]) -> bool:
    domains = {address.rpartition("@")[2] for address in own}
    made_here = message_id.rpartition("@")[2] in domains
    return made_here and OutgoingMail.objects.filter(mail_id=message_id).exists()


def _report(row: RawMail, mail: IncomingMail, now: datetime) -> Decision | None:
    if sent := returned.came_back_to_its_own(mail, [*mail.recipients, *row.envelope_to], now=now):
        told = "It is a mail of ours that came back, by the address that it came back to."
    elif mail.bounce:
        sent, told = returned.came_back(mail.bounce, now=now), "It reports that a mail of ours did not arrive."
    elif mail.report:
        sent, told = returned.told_of(mail.report, now=now), returned.TOLD[mail.report.kind]
    else:
        return None
    if sent:
        return Decision(Outcome.IGNORED, told, sent.ticket)
    if row.imported:
        return Decision(Outcome.IGNORED, "It reports on a mail that was sent before this mailbox was ours.")
    return Decision(Outcome.QUARANTINED, "It reports on a mail that is not known here.")


def _nobody(row: RawMail, mail: IncomingMail, now: datetime) -> Decision | None:
    if not ADDRESS.fullmatch(row.sender):
        return Decision(Outcome.QUARANTINED, " ".join(["It has no sender whom we could answer.", *mail.notes]))
    return None


def _onto(arrival: Arrival, found: Found, now: datetime) -> Decision | None:
    """Join it to the ticket it points to, where its sender takes part there; None: it begins a ticket of its own."""
    mail = arrival.mail
    if found.by_token and found.sender is None:
        reason = f"It carries the reply address of {found.owner}, but comes from somebody else."
        return Decision(Outcome.QUARANTINED, reason, suggested=found.ticket)
    came = arrival.row.received_at if arrival.row.imported else now
    if found.sender is None or not (mail.automatic or found.ticket.may_reopen(came)):
        return None
    if arrival.row.imported and is_history(found.ticket):
        joining.add_to_history(arrival, found.ticket, found.sender)
        return Decision(Outcome.REPLY, IMPORTED, found.ticket)
    joining.join(arrival, found.ticket, found.sender, now=now)
    reason = f"Automatic: {mail.automatic_reason}" if mail.automatic else ""
    return Decision(Outcome.REPLY, reason, found.ticket)


def _new_ticket(arrival: Arrival, found: Found | None, now: datetime) -> Decision:
    row, mail = arrival.row, arrival.mail
    if mail.from_system:
        suggested = found.ticket if found else None
        return Decision(Outcome.QUARANTINED, "A mail system sent it, to whom nobody can answer.", suggested=suggested)
    if row.imported:
        return Decision(Outcome.TICKET, IMPORTED, joining.keep_as_history(arrival, found.ticket if found else None))
    if _began_many(row.sender, now):
        return Decision(Outcome.QUARANTINED, f"This sender began {MOST_NEW_AN_HOUR} tickets within an hour.")
    ticket = joining.begin(arrival, found.ticket if found else None, now=now)
    return Decision(Outcome.TICKET, f"Automatic: {mail.automatic_reason}" if mail.automatic else "", ticket)


def _began_many(sender: str, now: datetime) -> bool:
    if not exists(RawMail, sender=sender, outcome=Outcome.TICKET):
        return False
    hour = RawMail.objects.filter(sender=sender, received_at__gt=now - timedelta(hours=1), outcome=Outcome.TICKET)
    return hour.count() >= MOST_NEW_AN_HOUR


def _failed(raw_mail: RawMail, reason: str, now: datetime) -> RawMail:
    """Try again later, or hold it; unless another worker has seen it to its outcome meanwhile, which then stands."""
    held = raw_mail.attempts + 1 >= MOST_ATTEMPTS
    RawMail.objects.filter(pk=raw_mail.pk, outcome="").update(
        attempts=raw_mail.attempts + 1,
        outcome=Outcome.QUARANTINED if held else "",
        reason=reason,
        due_at=None if held else now + RETRY_AFTER,
        claimed_until=None,
    )
    return RawMail.objects.get(pk=raw_mail.pk)


@does("raw_mails", RawMail)
def read_due_mails(now: datetime) -> int:
    """Read every stored mail whose time has come; answers how many were tried. Raises where the database is away."""
    rows = RawMail.objects.claim(now, limit=20)
    for row in rows:
        try:
            take_in(row, now=now)
        except (OperationalError, InterfaceError) as error:
            if not connection.is_usable():
                raise
            # PostgreSQL says the same of one mail that is too much for it: that must stop no other.
            log.exception("mail_refused", raw_mail=row.pk)
            _failed(row, f"It could not be kept ({type(error).__name__}).", now)
    return len(rows)
