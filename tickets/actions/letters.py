"""Outgoing mail as rows: wholly composed in the transaction of the verb that causes it, sent later by mail/send.py."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import formataddr
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string

from tickets import tokens
from tickets.contributions import contributions
from tickets.models import Agent, Mailbox, Message, OutgoingMail, Participant, Ticket
from tickets.models.writing import insert
from tickets.tokens import Purpose

MOST_AUTOMATIC_AN_HOUR = 6  # to one address, so that nobody can be bombed through our form
MOST_REFERENCES = 30
Thread = tuple[str, list[str]]  # In-Reply-To and References, without angle brackets
LONGEST_NAME = 40  # characters that a greeting says of a name
# Up to four words without what links and sentences are made of; a full stop only after an initial or a title.
NAME = re.compile(r"""(?:[^\s\d_.,:;/\\@<>()\[\]{}!?*#%&=+"“”|~$^`]+\.?(?:\s|$)){1,4}""")
NEVER_ANSWERED = ("noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "bounce")


def page_url(participant: Participant) -> str:
    """The participant's own page. Whoever holds it may read and answer: it is mailed, never logged."""
    return f"{settings.PUBLIC_URL}/t/{tokens.make(participant, Purpose.PAGE)}/"


def reply(message: Message, participants: Sequence[Participant], now: datetime) -> None:
    """Queue one mail a recipient for a public reply."""
    thread = _thread(message.ticket)
    for participant in participants:
        _queue(
            message.ticket,
            participant,
            now,
            thread,
            kind=OutgoingMail.Kind.REPLY,
            once=f"reply:{message.pk}:{participant.pk}",
            message=message,
            subject=_subject(message.ticket),
            text=message.text,
            signed_by=message.name,
            shown_to=message.to,
            shown_cc=message.cc,
        )


def acknowledge(ticket: Ticket, participant: Participant, message: Message, now: datetime) -> None:
    """Queue the acknowledgement. It quotes nothing of what was typed, since anybody can type any address."""
    if may_write_automatically(participant.address.key, now):
        once, subject = f"acknowledgement:{message.pk}", f"We have your complaint: number {ticket.pk}"
        thread = (message.message_id, [message.message_id] if message.message_id else [])
        _automatic(ticket, participant, now, "acknowledgement", once, subject, thread)


def ask_settled(ticket: Ticket, participant: Participant, once: str, again: bool, now: datetime) -> None:
    subject = f"Is it settled? Your complaint {ticket.pk}"
    _automatic(ticket, participant, now, "settled", once, subject, _thread(ticket), again=again)


def send_link(ticket: Ticket, participant: Participant, now: datetime) -> None:
    once = f"link:{participant.pk}:{participant.revision}"
    subject = f"A new link to your complaint {ticket.pk}"
    _automatic(ticket, participant, now, "link", once, subject, _thread(ticket))


def notify(agent: Agent, subject: str, text: str, once: str, now: datetime, ticket: Ticket | None = None) -> None:
    """Queue a notice to one of ours; a second call with the same `once` does nothing."""
    if OutgoingMail.objects.filter(once=once).exists():
        return
    mailbox = _mailbox(ticket)
    OutgoingMail.objects.create(
        kind=OutgoingMail.Kind.NOTICE,
        ticket=ticket,
        once=once,
        recipient=agent.email,
        sender=formataddr(("Kintsugi", mailbox.address)) if mailbox else "Kintsugi <kintsugi@localhost>",
        subject=subject[:400],
        text=text,
        mail_id=_new_id(mailbox),
        is_automatic=True,
        due_at=now,
        created_at=now,
    )


def may_write_automatically(address_key: str, now: datetime) -> bool:
    """Whether an automatic mail may go there now: no machine's address, none that gets too many (RFC 3834 §2)."""
    if address_key.startswith(NEVER_ANSWERED):
        return False
    recent = OutgoingMail.objects.filter(
        recipient=address_key, created_at__gt=now - timedelta(hours=1), is_automatic=True
    )
    return recent.count() < MOST_AUTOMATIC_AN_HOUR


def _automatic(
    ticket: Ticket,
    participant: Participant,
    now: datetime,
    kind: str,
    once: str,
    subject: str,
    thread: Thread,
    **values: Any,
) -> None:
    signatory = ticket.team.signatory
    facts = {
        "name": _spoken(participant.name or participant.address.customer.name),
        "number": ticket.pk,
        "page": page_url(participant),
        "signatory": signatory.name if signatory else f"Your team {ticket.team.name}",
        "house": mailbox.sender_name if (mailbox := _mailbox(ticket)) else "",
        **contributions.merged(contributions.mail_values, ticket, now),
        **values,
    }
    text = render_to_string(f"tickets/mail/{kind}.txt", facts).strip()
    signed_by = signatory.name if signatory else ticket.team.name
    _queue(
        ticket,
        participant,
        now,
        thread,
        kind=kind,
        once=once,
        subject=subject,
        text=text,
        signed_by=signed_by,
        is_automatic=True,
    )


def _spoken(name: str) -> str:
    """The name as a greeting says it; empty for one that could carry a message to whoever's address was typed with it."""
    return name if len(name) <= LONGEST_NAME and NAME.fullmatch(name) else ""


def _queue(
    ticket: Ticket, participant: Participant, now: datetime, thread: Thread, *, signed_by: str, **values: Any
) -> None:
    mailbox = _mailbox(ticket)
    address = participant.address
    trouble = address.undeliverable_because or "mail to it came back" if address.undeliverable_at else ""
    mail = OutgoingMail(
        ticket=ticket,
        participant=participant,
        recipient=address.key,
        sender=formataddr((f"{signed_by}, {mailbox.sender_name}", mailbox.address)) if mailbox else signed_by,
        reply_to=_reply_address(mailbox, participant),
        envelope_from="" if values.get("is_automatic") or not mailbox else mailbox.address,
        mail_id=_new_id(mailbox),
        in_reply_to=thread[0],
        references=thread[1],
        created_at=now,
        due_at=None if trouble else now,
        state=OutgoingMail.State.FAILED if trouble else OutgoingMail.State.QUEUED,
        answer=f"Not sent: {trouble}."[:500] if trouble else "",
        **values,
    )
    insert(mail)


def _mailbox(ticket: Ticket | None) -> Mailbox | None:
    """Whence mail of this ticket leaves: its team's mailbox, else where it came in, else the first one."""
    if ticket is None:
        return Mailbox.objects.order_by("pk").first()
    return ticket.mailbox or ticket.team.mailboxes.first() or Mailbox.objects.order_by("pk").first()


def _reply_address(mailbox: Mailbox | None, participant: Participant) -> str:
    if mailbox is None:
        return ""
    local, _, domain = mailbox.address.rpartition("@")
    return f"{local}+{tokens.make(participant, Purpose.REPLY)}@{domain}"


def _subject(ticket: Ticket) -> str:
    return f"Re: {ticket.subject} [{ticket.pk}]"


def _new_id(mailbox: Mailbox | None) -> str:
    domain = mailbox.address.rpartition("@")[2] if mailbox else "localhost"
    return f"{uuid4().hex}@{domain}"


def _thread(ticket: Ticket) -> Thread:
    """In-Reply-To (the customer's last mail, else ours) and References (RFC 5322 §3.6.4), oldest first.

    Our answer to a mail, an acknowledgement, can be of the same moment as that mail, and comes after it.
    """
    theirs = [(at, 0, one) for at, one in ticket.messages.exclude(message_id="").values_list("said_at", "message_id")]
    mails = ticket.outgoing_mails.exclude(kind="notice").order_by("pk").values_list("created_at", "pk", "mail_id")
    ours = list(mails)
    last = max(theirs or ours, default=(None, 0, ""))[2]
    chain = [one for *_, one in sorted([*theirs, *ours]) if one != last]
    return last, [*chain[:1], *chain[1:][-MOST_REFERENCES:], last] if last else []
