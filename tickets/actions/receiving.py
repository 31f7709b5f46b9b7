"""A customer speaks: a complaint begins a ticket, an answer joins one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from tickets import search
from tickets.actions import letters, returning, speaking
from tickets.actions.beats import check_words, lock, set_state
from tickets.actions.customers import bring_in, check_email, customer_at
from tickets.actions.files import StoredFile
from tickets.events import Actor, record
from tickets.models import Mailbox, Message, Participant, RawMail, Receipt, Team, Ticket
from tickets.models.statements import exists, insert
from tickets.states import State, after_customer_wrote

WORDLESS = "(no words, see the attachment)"


@dataclass(frozen=True)
class Complaint:
    """A complaint as it came. `key` is what makes its repetition the same complaint; empty: it has none."""

    email: str
    name: str
    subject: str
    text: str
    channel: str
    team: Team
    full_text: str = ""
    html: str = ""
    desired_outcome: str = ""
    mailbox: Mailbox | None = None
    files: Sequence[StoredFile] = ()
    message_id: str = ""
    raw_mail: RawMail | None = None
    automatic: bool = False
    acknowledge: bool = True
    warning: str = ""
    seal: str = ""
    reply_to: str = ""
    key: str = ""
    previous: Ticket | None = None
    copied: Sequence[tuple[str, str]] = field(default=())


@dataclass(frozen=True)
class Answer:
    """What somebody outside said on a ticket that is there."""

    participant: Participant | None
    name: str
    text: str
    channel: str
    full_text: str = ""
    html: str = ""
    files: Sequence[StoredFile] = ()
    message_id: str = ""
    raw_mail: RawMail | None = None
    automatic: bool = False
    warning: str = ""
    seal: str = ""
    reply_to: str = ""
    copied: Sequence[tuple[str, str]] = field(default=())


def receive_complaint(complaint: Complaint, *, now: datetime) -> Ticket:
    """Begin a ticket; a complaint whose `key` was seen before answers with the ticket that it began then.

    Raises Invalid for an address that is none, or for no words at all.
    """
    email = check_email("email", complaint.email)
    text = words_of(complaint)
    if not complaint.key:
        return _begin(complaint, email, text, now)
    try:
        with transaction.atomic():
            if seen := _seen(complaint.key):
                return seen
            return _begin(complaint, email, text, now)
    except IntegrityError:
        if seen := _seen(complaint.key):
            return seen
        raise


def words_of(spoken: Complaint | Answer) -> str:
    """What was said in words, or what stands for it; raises Invalid where there is nothing at all."""
    if isinstance(spoken, Complaint):
        return check_words("text", spoken.text or spoken.subject or WORDLESS)
    return check_words("text", spoken.text or (WORDLESS if spoken.files else ""))


def _seen(key: str) -> Ticket | None:
    if not exists(Receipt, scope="complaint", key=key):
        return None
    return Receipt.objects.select_related("ticket").get(scope="complaint", key=key).ticket


@transaction.atomic(savepoint=False)  # where the caller has one, both stand or fall together
def _begin(complaint: Complaint, email: str, text: str, now: datetime) -> Ticket:
    ticket, part, message = set_down(complaint, email, text, now)
    if complaint.key:
        insert(Receipt(scope="complaint", key=complaint.key, ticket=ticket, created_at=now))
    record(ticket, "received", by=Actor.customer(ticket.customer), at=now, **_facts(message))
    if complaint.acknowledge and not complaint.automatic:
        letters.acknowledge(ticket, part, message, now)
    return ticket


def set_down(complaint: Complaint, email: str, text: str, now: datetime) -> tuple[Ticket, Participant, Message]:
    """The ticket of a complaint with who takes part and what was said; the caller records how it began."""
    address = customer_at(email, complaint.name, now)
    ticket = Ticket(
        subject=_subject(complaint.subject, text),
        customer=address.customer,
        team=complaint.team,
        mailbox=complaint.mailbox or complaint.team.mailboxes.first(),
        previous=complaint.previous,
        channel=complaint.channel,
        desired_outcome=complaint.desired_outcome.replace("\0", "")[:5000],
        created_at=now,
        updated_at=now,
        waiting_since=None if complaint.automatic else now,
    )
    insert(ticket)
    part = Participant(ticket=ticket, address=address, name=complaint.name[:200], reply_to=complaint.reply_to)
    insert(part)
    bring_in(ticket, complaint.copied, now)
    name = complaint.name or address.customer.name
    message = said(ticket, complaint, name, text, part, now)
    search.begin(ticket.pk, f"{ticket.subject} {name} {email} {complaint.desired_outcome} {text}")
    return ticket, part, message


def _subject(subject: str, text: str) -> str:
    """The subject on one line; where there is none, the first words of what was said."""
    cleaned = " ".join(subject.replace("\0", "").split())
    return (cleaned or " ".join(text.split())[:80] or "(no subject)")[:300]


def said(
    ticket: Ticket, spoken: Complaint | Answer, name: str, text: str, participant: Participant | None, now: datetime
) -> Message:
    """The message of what was spoken, with its files; the caller records it."""
    message = speaking.say(
        ticket,
        by=Message.By.CUSTOMER,
        name=name[:200],
        text=text,
        channel=spoken.channel,
        said_at=now,
        participant=participant,
        full_text="" if spoken.full_text.strip() == text else spoken.full_text.replace("\0", ""),
        html=spoken.html,
        message_id=spoken.message_id[:500],
        raw_mail=spoken.raw_mail,
        automatic=spoken.automatic,
        warning=spoken.warning,
        seal=spoken.seal,
    )
    speaking.keep_files(message, spoken.files, now)
    return message


def _facts(message: Message) -> dict[str, Any]:
    """What the event says of the message, so that rules need not read it."""
    signals = [signal["signal"] for signal in message.signals]
    return {"message": message.pk, "mood": message.mood, "unhappy": message.unhappy, "signals": signals}


@transaction.atomic(savepoint=False)  # where the caller has one, both stand or fall together
def receive_answer(ticket: Ticket, answer: Answer, *, now: datetime) -> Message:
    """Join what a customer said to their ticket; it opens again, and replies under way go back to their drafts.

    Whom they brought in takes part from now on. Automatic mail is kept and moves nothing. Raises Invalid where there
    are no words.
    """
    ticket = lock(ticket)
    text = words_of(answer)
    participant = answer.participant
    name = answer.name or (str(participant) if participant else ticket.customer.name)
    was = ticket.state
    if not answer.automatic:
        _reopen(ticket, now)
    message = said(ticket, answer, name, text, participant, now)
    speaking.index(message)
    actor = Actor("customer", ticket.customer_id, name)
    if answer.automatic:
        record(ticket, "automatic_mail", by=actor, at=now, **_facts(message))
        return message
    brought = bring_in(ticket, answer.copied, now)
    _answer_at(participant, answer)
    facts = {**_facts(message), "from": was, "to": ticket.state, **({"brought": brought} if brought else {})}
    record(ticket, "customer_wrote", by=actor, at=now, **facts)
    returning.return_pending(ticket, now)
    return message


def _answer_at(participant: Participant | None, answer: Answer) -> None:
    """Remember where they want to be answered, which only a mail says."""
    if participant and answer.raw_mail and participant.reply_to != answer.reply_to:
        participant.reply_to = answer.reply_to
        participant.save(update_fields=["reply_to"])


def _reopen(ticket: Ticket, now: datetime) -> None:
    to = after_customer_wrote(ticket.state)
    if State(ticket.state) is not to:
        set_state(ticket, to, now)
    if ticket.waiting_since is None and ticket.state != State.SPAM:
        ticket.waiting_since = now
