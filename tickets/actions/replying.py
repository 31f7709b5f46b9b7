"""Replies: sent by an agent, undone within ten seconds, or released to the customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F

from tickets.actions import checking, guide_uses, letters, returning, speaking
from tickets.actions.beats import act_as_ours, check_move, check_words, lock, set_state
from tickets.actions.customers import address_key, check_email, customer_at, take_part
from tickets.actions.mending import mend
from tickets.actions.promising import Promised, check_promises
from tickets.due_work import does, each
from tickets.errors import IllegalMove, Invalid, StaleReply, TooLate
from tickets.events import Actor, record
from tickets.models import (
    Agent,
    Attachment,
    Channel,
    Draft,
    Mailbox,
    Message,
    Participant,
    PendingReply,
    Ticket,
)
from tickets.states import SET_ASIDE, State, allowed_moves

UNDO_FOR = timedelta(seconds=10)
MOST_RECIPIENTS = 20
MOST_TRIES = 3  # of a release that fails


@dataclass(frozen=True)
class Reply:
    """A reply as its writer sends it. `seen_version` is the ticket's version on their screen; `key` makes a retry
    harmless; `then` is a state to set with it (empty: waiting on customer); `files` are ids of uploaded attachments;
    `overrides` says why an error that the check finds should stand, by its rule."""

    text: str
    seen_version: int
    key: str
    to: Sequence[str] = ()
    cc: Sequence[str] = ()
    files: Sequence[int] = ()
    template: str = ""
    promises: Sequence[Promised] = ()
    then: str = State.WAITING_ON_CUSTOMER
    reason: str = ""
    wake_at: datetime | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def send_reply(ticket: Ticket, reply: Reply, *, by: Agent, now: datetime) -> PendingReply:
    """Queue a reply that leaves in ten seconds unless it is undone. A retry with the same key answers the same row.

    Raises StaleReply if somebody spoke publicly since, IllegalMove for what should happen then, Unmended for an error
    of the check that was neither mended nor given a reason, Invalid otherwise.
    """
    ticket = lock(ticket)
    if known := PendingReply.objects.filter(agent=by, key=reply.key).first():
        return known
    if ticket.public_version > reply.seen_version:
        raise StaleReply(reply.seen_version, ticket.version)
    text = check_words("text", reply.text)
    to, cc = _recipients(ticket, reply)
    _check_then(ticket, reply, now)
    promises = check_promises(reply.promises, now)
    reviewed = checking.approve(ticket, _draft(reply, text), reply.overrides, by=by, now=now)
    stands = checking.overridden(reviewed, reply.overrides)
    pending = PendingReply.objects.create(
        ticket=ticket,
        agent=by,
        key=reply.key,
        text=text,
        to=to,
        cc=cc,
        template=reply.template,
        extra={**reply.extra, **({"overrides": stands} if stands else {})},
        promises=promises,
        seen_version=reply.seen_version,
        then=reply.then,
        reason=reply.reason,
        wake_at=reply.wake_at,
        written_at=now,
        due_at=now + UNDO_FOR,
    )
    own = Attachment.objects.filter(pk__in=reply.files, ticket=ticket, uploader=by, message=None, note=None)
    if own.update(pending=pending) != len(set(reply.files)):
        raise Invalid({"files": "One of the files is not there any more; attach it again."})
    checking.remember(pending, reviewed, reply.overrides)
    Draft.objects.filter(ticket=ticket, agent=by, kind="reply").delete()
    return pending


def _draft(reply: Reply, text: str) -> checking.Draft:
    return checking.Draft(text, reply.then, reply.template, [promise.due_at for promise in reply.promises])


def _recipients(ticket: Ticket, reply: Reply) -> tuple[list[str], list[str]]:
    """Whom it goes to: the named ones, else the customer; nobody twice, and never an address of ours."""
    ours = {address_key(address) for address in Mailbox.every.values_list("address", flat=True)}
    to = list(reply.to) or [participant.reply_to or participant.address.email for participant in _customers(ticket)]
    seen: set[str] = set(ours)
    kept = {name: _once(name, addresses, seen) for name, addresses in (("to", to), ("cc", reply.cc))}
    if not kept["to"]:
        raise Invalid({"to": "Name at least one person who should get this reply."})
    if len(kept["to"]) + len(kept["cc"]) > MOST_RECIPIENTS:
        raise Invalid({"cc": f"At most {MOST_RECIPIENTS} people can get one reply."})
    return kept["to"], kept["cc"]


def _once(field_name: str, addresses: Sequence[str], seen: set[str]) -> list[str]:
    kept = []
    for address in addresses:
        email = check_email(field_name, address)
        if (key := address_key(email)) not in seen:
            seen.add(key)
            kept.append(email)
    return kept


def _customers(ticket: Ticket) -> list[Participant]:
    return list(ticket.participants.select_related("address").filter(role=Participant.Role.CUSTOMER).order_by("pk"))


def _check_then(ticket: Ticket, reply: Reply, now: datetime) -> None:
    after = {"", ticket.state, State.OPEN, State.WAITING_ON_CUSTOMER, State.ON_HOLD, State.RESOLVED}
    if ticket.state not in SET_ASIDE and reply.then not in after:
        raise Invalid({"then": "After a reply a ticket can be open, waiting on the customer, on hold or resolved."})
    _check_way(ticket, reply.then)
    if reply.then == State.ON_HOLD and reply.then != ticket.state and (reply.wake_at is None or reply.wake_at <= now):
        raise Invalid({"wake_at": "Say when it should come back: a time that is still to come."})


def _check_way(ticket: Ticket, then: str) -> None:
    """Raises IllegalMove where that cannot follow, and for spam, which nobody answers. Settled, it opens on the way."""
    if ticket.state in SET_ASIDE:
        raise IllegalMove(ticket.state, then or State.OPEN, allowed_moves(ticket.state))
    if ticket.is_settled and then in {State.WAITING_ON_CUSTOMER, State.ON_HOLD}:
        check_move(ticket, State.OPEN)
    elif then and then != ticket.state:
        check_move(ticket, State(then))


@transaction.atomic
def undo_reply(pending: PendingReply, *, by: Agent, now: datetime) -> Draft:
    """Take a reply back into its draft. Raises TooLate once it has left, or where nothing is left of it."""
    ticket = lock(pending.ticket)
    pending = PendingReply.objects.select_for_update().get(pk=pending.pk)
    if pending.released_as_id:
        raise TooLate("This reply has left already.")
    if pending.undone_at is None:
        returning.return_to_draft(pending, "", now)
        record(ticket, "reply_undone", by=Actor.agent(by), at=now)
    draft = Draft.objects.filter(ticket=ticket, agent=pending.agent, kind="reply").first()
    if draft is None:
        raise TooLate("This reply was taken back before, and its draft is gone.")
    return draft


@transaction.atomic
def release_reply(pending_id: int, *, now: datetime) -> Message | None:
    """Say the reply: message, mails, state and event in one. None where it was undone, released, or may not leave now."""
    ticket = lock(Ticket.objects.get(pending_replies=pending_id))
    pending = PendingReply.objects.select_for_update(of=("self",)).select_related("agent").get(pk=pending_id)
    if pending.undone_at or pending.released_as_id:
        return None
    if why := _held_back(ticket, pending):
        returning.give_back(ticket, pending, why, now)
        return None
    return _release(ticket, pending, now)


def _held_back(ticket: Ticket, pending: PendingReply) -> str:
    """What has happened since that keeps a reply here; empty where it may leave."""
    if ticket.public_version > pending.seen_version:
        return returning.SPOKE
    try:
        _check_way(ticket, pending.then)
    except IllegalMove:
        return returning.CHANGED
    return ""


def _release(ticket: Ticket, pending: PendingReply, now: datetime) -> Message:
    agent, was = pending.agent, ticket.state
    message = speaking.say(
        ticket,
        by=Message.By.AGENT,
        name=agent.name,
        agent=agent,
        text=pending.text,
        channel=Channel.EMAIL,
        said_at=pending.written_at,
        to=pending.to,
        cc=pending.cc,
        template=pending.template,
    )
    Attachment.objects.filter(pending=pending).update(message=message)
    speaking.index(message)
    guide_uses.used(message, pending.written_at)
    letters.reply(message, _participants(ticket, pending, now), now)
    pending.released_as, pending.due_at = message, None
    pending.save(update_fields=["released_as", "due_at"])
    _answered(ticket, pending, now)
    facts = {"message": message.pk, "by_person": True, "then": pending.then, "from": was, "to": ticket.state}
    facts = {**facts, "promises": pending.promises, **pending.extra}
    record(ticket, "replied", by=Actor.agent(agent), at=pending.written_at, **facts)
    if ticket.state == State.RESOLVED and was != State.RESOLVED:
        record(ticket, "resolved", by=Actor.agent(agent), at=now, **{"from": was, "to": ticket.state, "reason": ""})
    return message


def _answered(ticket: Ticket, pending: PendingReply, now: datetime) -> None:
    ticket.waiting_since, ticket.answered = None, True
    act_as_ours(ticket)
    if pending.then and pending.then != ticket.state:
        set_state(ticket, State(pending.then), now, pending.wake_at)
    mend(ticket, pending.text, pending.written_at)


def _participants(ticket: Ticket, pending: PendingReply, now: datetime) -> list[Participant]:
    """A part in the ticket for everyone who gets this reply: each answers by a token of their own."""
    roles = [(email, Participant.Role.CUSTOMER) for email in pending.to] + [
        (email, Participant.Role.CC) for email in pending.cc
    ]
    return [_participant(ticket, email, role, now) for email, role in roles]


def _participant(ticket: Ticket, email: str, role: str, now: datetime) -> Participant:
    known = ticket.participants.select_related("address__customer").filter(address__key=address_key(email)).first()
    return known or take_part(ticket, customer_at(email, "", now), "", role)


@does("replies", PendingReply)
def release_due_replies(now: datetime) -> int:
    """Release what is due; a reply that cannot be released after some tries goes back to its writer, never nowhere."""
    rows = PendingReply.objects.claim(now)
    if rows:  # counted before the try, which takes everything back where it fails
        PendingReply.objects.filter(pk__in=[row.pk for row in rows]).update(attempts=F("attempts") + 1)
    return each("replies", rows, partial(_release_or_give_back, now=now))


def _release_or_give_back(pending: PendingReply, now: datetime) -> None:
    if pending.attempts < MOST_TRIES:
        release_reply(pending.pk, now=now)
    else:
        ticket = lock(pending.ticket)
        pending = PendingReply.objects.select_for_update(of=("self",)).select_related("agent").get(pk=pending.pk)
        if pending.undone_at is None and pending.released_as_id is None:
            returning.give_back(ticket, pending, returning.FAILED, now)
