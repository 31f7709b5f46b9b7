"""Held mail: an agent reads it, lets it through as a ticket or onto one, or discards it with a reason."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from tickets.actions.beats import check_words, lock
from tickets.actions.customers import ADDRESS, address_key
from tickets.actions.noting import write_note
from tickets.actions.opening import open_for_customer
from tickets.actions.speaking import keep_files
from tickets.errors import Invalid, TooLate
from tickets.mail import joining
from tickets.mail.colleagues import Offer, offers
from tickets.mail.forwards import forwarded
from tickets.mail.joining import Arrival
from tickets.mail.mailboxes import mailbox_of
from tickets.mail.parse import parse
from tickets.mail.received import IncomingMail
from tickets.mail.senders import as_sent
from tickets.mail.store import unpack
from tickets.mail.threading import find
from tickets.mail.trust import Trust, trust
from tickets.models import Agent, FetchedMail, RawMail, Ticket

Outcome = RawMail.Outcome
ONLY_HEADERS = "Only its headers were kept, since it was too large."


def read(row: RawMail) -> IncomingMail:
    """The mail in a stored row, read anew, from whom it counts as from."""
    mail = as_sent(parse(unpack(row)), mailbox_of(row), row.envelope_from)
    was_too_large = FetchedMail.objects.filter(raw_mail=row, fate=FetchedMail.Fate.TOO_LARGE).exists()
    return replace(mail, notes=(ONLY_HEADERS, *mail.notes)) if was_too_large else mail


@transaction.atomic
def release(raw_id: int, ticket: Ticket | None, *, by: Agent, now: datetime) -> RawMail:
    """Let a held mail through: onto `ticket`, or as a new one. Raises TooLate where somebody was faster.

    What one of us wrote becomes a note: it was not meant for the customer, and is not the customer's.
    """
    row = _held(raw_id)
    mail = read(row)
    colleague = Agent.objects.filter(email=address_key(mail.from_email), is_active=True).first()
    if ticket is None:
        if not ADDRESS.fullmatch(row.sender):
            raise Invalid({"ticket": "This mail has no sender whom we could answer; put it onto a ticket instead."})
        begun = joining.begin(Arrival(row, mail, trust(mail)), row.suggested, now=now)
        return _done(row, Outcome.TICKET, begun, f"Let through by {by.name}.", by, now)
    if colleague:
        _note(mail, ticket, by, now)
    else:
        found = find(mail, row.envelope_to, now)
        sender = found.sender if found and found.ticket == ticket else None
        joining.join(Arrival(row, mail, trust(mail)), ticket, sender, now=now)
    return _done(row, Outcome.REPLY, ticket, f"Let through by {by.name}.", by, now)


@transaction.atomic
def open_for(raw_id: int, customer: str, *, by: Agent, now: datetime) -> RawMail:
    """Open a colleague's mail as the ticket of a customer whom it is about, one of its `offers`. Raises Invalid, TooLate."""
    row = _held(raw_id)
    mail = read(row)
    offer = next((one for one in offers(mail) if address_key(one.customer.email) == address_key(customer)), None)
    if offer is None:
        raise Invalid({"customer": "This mail names no such customer."})
    ticket = _passed_on(row, mail, by, now) if offer.forwarded else _written_to(row, mail, offer, by, now)
    return _done(row, Outcome.TICKET, ticket, f"Opened for {offer.customer.name or customer} by {by.name}.", by, now)


@transaction.atomic
def discard(raw_id: int, reason: str, *, by: Agent, now: datetime) -> RawMail:
    """Set a held mail aside for good, with the reason; its bytes are kept."""
    row = _held(raw_id)
    reason = check_words("reason", reason, 300)
    row.outcome, row.reason = Outcome.IGNORED, f"Discarded by {by.name}: {reason} (held: {row.reason})"[:500]
    row.handled_by, row.handled_at = by.name, now
    row.save(update_fields=["outcome", "reason", "handled_by", "handled_at"])
    return row


def _passed_on(row: RawMail, mail: IncomingMail, by: Agent, now: datetime) -> Ticket:
    """A ticket with the customer's own words; what the colleague wrote above them is a note."""
    within = forwarded(mail)
    assert within  # the offer was made from it
    theirs = replace(
        mail,
        from_email=within.sender.email,
        from_name=within.sender.name,
        subject=within.subject,
        text=within.text,
        reply_text=within.text,
        html="",
        message_id=within.message_id or mail.message_id,
        to=(),
        cc=(),
        reply_to=(),
        automatic=False,
        notes=(f"Passed on by {mail.from_name or mail.from_email}; who wrote it could not be verified.", *mail.notes),
    )
    ticket = joining.begin(Arrival(row, theirs, Trust.UNKNOWN), row.suggested, now=now)
    if within.comment:
        write_note(
            lock(ticket),
            f"{mail.from_name or mail.from_email} wrote, passing it on:\n\n{within.comment}",
            by=by,
            now=now,
        )
    return ticket


def _written_to(row: RawMail, mail: IncomingMail, offer: Offer, by: Agent, now: datetime) -> Ticket:
    """A ticket of the customer to whom a colleague wrote; the mail itself, which the customer has, is a note."""
    customer = offer.customer
    told = f"{mail.from_name or mail.from_email} wrote to {customer.name or customer.email}:\n\n{mail.text[:90_000].strip()}"
    return open_for_customer(
        name=customer.name,
        email=customer.email,
        subject=mail.subject[:300] or "(no subject)",
        text=told,
        team=mailbox_of(row).team,
        by=by,
        now=now,
        key=f"mail:{row.pk}",
        as_note=True,
    )


def _note(mail: IncomingMail, ticket: Ticket, by: Agent, now: datetime) -> None:
    text = (mail.reply_text or mail.text).strip() or "(no words)"
    note = write_note(
        lock(ticket), f"{mail.from_name or mail.from_email} wrote by mail:\n\n{text[:90_000]}", by=by, now=now
    )
    keep_files(note, joining.store_files(mail), now)


def _done(row: RawMail, outcome: str, ticket: Ticket, told: str, by: Agent, now: datetime) -> RawMail:
    row.outcome, row.ticket, row.reason = outcome, ticket, f"{told} {row.reason}"[:500]
    row.handled_by, row.handled_at = by.name, now
    row.save(update_fields=["ticket", "outcome", "reason", "handled_by", "handled_at"])
    return row


def _held(raw_id: int) -> RawMail:
    row = RawMail.objects.select_for_update(of=("self",)).select_related("mailbox__team", "suggested").get(pk=raw_id)
    if row.outcome != RawMail.Outcome.QUARANTINED:
        raise TooLate("A colleague has dealt with this mail already.")
    return row
