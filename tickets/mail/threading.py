"""Whose a mail is: the signed token in a recipient first, then References, then a number that the sender belongs to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Subquery

from tickets import tokens
from tickets.actions.customers import address_key
from tickets.mail.received import IncomingMail
from tickets.mail.return_paths import mail_at, tags
from tickets.models import CustomerAddress, Message, OutgoingMail, Participant, Ticket
from tickets.tokens import Purpose

ECHO = timedelta(days=1)
NUMBER = re.compile(r"\[#?(\d{1,15})\]")


@dataclass(frozen=True)
class Found:
    """A ticket that a mail points to, and who its sender is there: None where they take no part in it.

    `by_token` means that the mail carries somebody's reply token, `owner` whose.
    """

    ticket: Ticket
    sender: Participant | None
    by_token: bool = False
    owner: Participant | None = None


def find(mail: IncomingMail, envelope_to: Sequence[str], now: datetime) -> Found | None:
    """The ticket that this mail belongs to, or points to without belonging; its envelope may hold what no header says."""
    return _by_token(mail, envelope_to) or _by_references(mail) or _by_number(mail) or _by_echo(mail, now)


def _by_token(mail: IncomingMail, envelope_to: Sequence[str]) -> Found | None:
    """The reply address; else the one to which a mail of ours comes back, where machines answer (RFC 3834 §4)."""
    addresses = [*mail.recipients, *envelope_to]
    for tag in tags(addresses):
        if owner := tokens.read(tag, Purpose.REPLY):
            return Found(owner.ticket, _part(owner.ticket_id, mail.from_email), True, owner)
    sent = mail_at(addresses)
    if sent is None or sent.ticket is None or sent.participant is None:
        return None
    return Found(sent.ticket, _part(sent.ticket.pk, mail.from_email), True, sent.participant)


def _by_references(mail: IncomingMail) -> Found | None:
    """The newest id that we know decides (RFC 5322 §3.6.4); where a program dropped them, what it quotes of our mail."""
    named = [mail.in_reply_to, *reversed(mail.references), *mail.quoted_references]
    ids = [one for one in dict.fromkeys(named) if one]
    if not ids:
        return None
    sent = OutgoingMail.objects.filter(mail_id__in=ids, ticket__isnull=False)
    known = dict(sent.values_list("mail_id", "ticket_id"))
    if ids[0] not in known:  # most answer a mail of ours
        known = dict(Message.objects.filter(message_id__in=ids).values_list("message_id", "ticket_id")) | known
    number = next((known[one] for one in ids if one in known), None)
    return _found(number, mail)


def _by_number(mail: IncomingMail) -> Found | None:
    """A number in the subject is but a hint, since anyone can type one: it joins nobody who takes no part."""
    match = NUMBER.search(mail.subject)
    return _found(int(match[1]), mail) if match else None


def _by_echo(mail: IncomingMail, now: datetime) -> Found | None:
    """The ticket of a mail that we sent to this address within a day, where the subject repeats ours below a prefix.

    Machines that hide what they are answer so, without a thread: a new ticket, acknowledged, would make a loop.
    """
    if not (mail.away or ":" in mail.subject):
        return None
    sent = OutgoingMail.objects.filter(
        recipient=address_key(mail.from_email), created_at__gt=now - ECHO, ticket__isnull=False
    )
    recent = list(sent.order_by("-created_at", "-pk").values_list("subject", "ticket_id")[:20])
    subject = mail.subject.lower().rstrip()
    echoed = [ticket for ours, ticket in recent if subject.endswith(ours.lower())]
    return _found(next(iter(echoed or [ticket for _, ticket in recent if mail.away]), None), mail)


def _found(number: int | None, mail: IncomingMail) -> Found | None:
    if number and (part := _part(number, mail.from_email)):
        return Found(part.ticket, part)
    ticket = Ticket.objects.select_related("team", "customer").filter(pk=number).first() if number else None
    return Found(ticket, None) if ticket else None


def _part(number: int, email: str) -> Participant | None:
    """The participant of a ticket whom this address speaks for, with the ticket: any address of the same customer does."""
    writer = CustomerAddress.objects.filter(key=address_key(email)).values("customer")[:1]
    parts = Participant.objects.select_related("ticket__team", "ticket__customer", "address__customer")
    return parts.filter(ticket=number, address__customer=Subquery(writer)).order_by("pk").first()
