"""Telling a sender that their mail was too large. Who sends by SMTP is refused at once; whose mail is fetched is written to."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr
from math import ceil

from django.conf import settings
from django.db import IntegrityError, transaction

from tickets.actions import letters
from tickets.letters import kinds
from tickets.letters.filling import fill
from tickets.letters.in_force import in_force
from tickets.letters.phrases import TEAM
from tickets.models import CustomerAddress, Mailbox, OutgoingMail, Team, Ticket

ONCE_IN = timedelta(days=1)
MEGABYTE = 1024**2
Kind = OutgoingMail.Kind


@dataclass(frozen=True)
class TooLarge:
    """A mail of `size` bytes where `most` fit; `sender` is the key of an address, `message_id` empty where it has none."""

    sender: str
    name: str
    subject: str
    message_id: str
    size: int
    most: int


def say_too_large(mail: TooLarge, mailbox: Mailbox, *, now: datetime) -> bool:
    """Queue the letter to its sender and answer True; False where they had one within a day, or get no automatic mail.

    It quotes nothing of the mail, since anybody can write any sender.
    """
    may_write = letters.may_write_automatically(mail.sender, now) and not _is_dead(mail.sender)
    if not may_write or _was_told(mail.sender, now):
        return False
    row = _letter(mail, mailbox, now)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # told at this very moment, for another mailbox
        return False
    return True


def in_megabytes(size: int) -> str:
    """Rounded up, so that what is too large never reads as what fits."""
    return f"{ceil(size / MEGABYTE)} MB"


def _letter(mail: TooLarge, mailbox: Mailbox, now: datetime) -> OutgoingMail:
    locale, team = _language(mail), mailbox.team
    letter, facts = in_force(kinds.TOO_LARGE.key, locale, team.pk), _facts(mail, mailbox, locale)
    signed_by = team.signatory.name if team.signatory else team.name
    return OutgoingMail(
        kind=Kind.TOO_LARGE,
        once=f"too_large:{hashlib.sha256(mail.sender.encode()).hexdigest()[:40]}:{now:%Y-%m-%d}",
        recipient=mail.sender,
        sender=formataddr((f"{signed_by}, {mailbox.sender_name}", mailbox.address)),
        locale=locale,
        subject=fill(letter.subject, facts)[:400],
        text=fill(letter.body, facts),
        mail_id=letters.new_id(mailbox),
        in_reply_to=mail.message_id,
        references=[mail.message_id] if mail.message_id else [],
        is_automatic=True,
        due_at=now,
        created_at=now,
    )


def _facts(mail: TooLarge, mailbox: Mailbox, locale: str) -> dict[str, str]:
    team = mailbox.team
    takes_complaints = Team.objects.filter(takes_complaints=True).exists()
    return {
        **letters.addressed(mail.name, locale),
        "size": in_megabytes(mail.size),
        "most": in_megabytes(mail.most),
        "form": f"{settings.PUBLIC_URL}/" if takes_complaints else "",
        "signatory": team.signatory.name if team.signatory else TEAM[locale].format(team=team.name),
        "house": mailbox.sender_name,
    }


def _was_told(sender: str, now: datetime) -> bool:
    recent = OutgoingMail.objects.filter(recipient=sender, created_at__gt=now - ONCE_IN)
    return recent.filter(kind=Kind.TOO_LARGE).exists()


def _is_dead(sender: str) -> bool:
    return CustomerAddress.objects.filter(key=sender, undeliverable_at__isnull=False).exists()


def _language(mail: TooLarge) -> str:
    """That in which this customer wrote before, else that of the subject, which is all of the mail that was read."""
    last = Ticket.objects.filter(customer__addresses__key=mail.sender).order_by("-pk").first()
    return letters.customers_locale(last) if last else letters.spoken_in(mail.subject)
