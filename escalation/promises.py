"""Promises: made in a reply, kept or taken back by a person, missed when their time passes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from escalation import standings
from escalation.models import Promise
from escalation.policies import zone_of
from escalation.together import together
from tickets.actions.beats import check_words, lock, lock_all
from tickets.due_work import does
from tickets.errors import Invalid, TooLate
from tickets.events import Actor, Fact, record, record_all
from tickets.models import DueQuerySet, Ticket, TicketEvent
from tickets.states import SET_ASIDE
from tickets.wording import moment

State = Promise.State
LONGEST_REASON = 300  # characters
REMEMBERED = 20  # broken promises of a ticket that count towards its risk
OWED = Q(state__in=[State.OPEN, State.MISSED])
HEEDED = ~Q(state__in=sorted(SET_ASIDE))  # tickets


def make(ticket: Ticket, event: TicketEvent) -> None:
    """The rows of what a reply or a holding update promised; they came with its event, and are made in its transaction."""
    Promise.objects.bulk_create(
        Promise(
            ticket=ticket,
            message_id=event.data.get("message"),
            agent_id=event.by_id,
            name=event.by_name,
            what=said["what"],
            deadline=(deadline := datetime.fromisoformat(said["due_at"])),
            due_at=deadline,
            made_at=event.at,
        )
        for said in event.data.get("promises", [])
    )


@transaction.atomic
def keep_promise(promise: Promise, *, by: Actor, now: datetime, reason: str = "") -> TicketEvent:
    """It was done, late or in time; `reason` may say what was done. Raises TooLate where nothing is owed any more."""
    ticket = lock(promise.ticket)
    kept = _end(ticket, promise, State.KEPT, reason, now)
    is_late = kept.deadline < now
    return record(ticket, "promise_kept", by=by, at=now, **_facts(kept), is_late=is_late, reason=kept.reason)


@transaction.atomic
def withdraw_promise(promise: Promise, reason: str, *, by: Actor, now: datetime) -> TicketEvent:
    """It will not be done, for a reason that the customer reads. Raises TooLate where nothing is owed any more."""
    ticket = lock(promise.ticket)
    back = _end(ticket, promise, State.WITHDRAWN, check_words("reason", reason, LONGEST_REASON), now)
    return record(ticket, "promise_withdrawn", by=by, at=now, **_facts(back), reason=back.reason)


def _end(ticket: Ticket, promise: Promise, to: str, reason: str, now: datetime) -> Promise:
    """Its time may have passed without anybody noticing yet: then it was missed all the same."""
    promise = Promise.objects.get(pk=promise.pk)
    if not promise.is_owed:
        raise TooLate(f"This promise was {State(promise.state).label.lower()} before.")
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": f"{LONGEST_REASON} characters fit."})
    promise.state, promise.ended_at, promise.reason = to, now, reason.replace("\0", "").strip()
    promise.missed_at = promise.deadline if promise.deadline < now else None
    promise.due_at = promise.claimed_until = None
    promise.save(update_fields=["state", "ended_at", "reason", "missed_at", "due_at", "claimed_until"])
    _remember([ticket])
    return promise


@does("promises", Promise)
def do_due_promises(now: datetime) -> int:
    """Mark what was promised for a time that has passed: each promise once, and one fact a ticket."""
    done = 0
    while rows := Promise.objects.claim(now, limit=500):
        done += together("promises", rows, partial(_miss, now))
    return done


def _miss(now: datetime, rows: Sequence[Promise]) -> None:
    """Lock the tickets, then read their promises anew, since one may have been kept meanwhile."""
    tickets = lock_all({row.ticket_id for row in rows})
    broken: dict[int, list[Promise]] = {}
    for row in Promise.objects.filter(pk__in=[row.pk for row in rows], state=State.OPEN, due_at__lte=now):
        broken.setdefault(row.ticket_id, []).append(row)
    missed = [row.pk for rows_of_one in broken.values() for row in rows_of_one]
    Promise.objects.filter(pk__in=missed).update(
        state=State.MISSED, missed_at=F("deadline"), due_at=None, claimed_until=None
    )
    _remember([tickets[number] for number in broken])
    clock = Actor.clock("Promise")
    facts = [
        Fact(tickets[number], "promise_missed", clock, {"promises": [_facts(row) for row in of_one]})
        for number, of_one in broken.items()
    ]
    if facts:
        record_all(facts, at=now)


def _facts(promise: Promise) -> dict[str, Any]:
    return {"promise": promise.pk, "what": promise.what, "due_at": promise.deadline.isoformat()}


def _remember(tickets: Sequence[Ticket]) -> None:
    """Keep in each ticket's standing what of its promises is broken, where the risk of many is read at once."""
    broken: dict[int, list[str]] = {ticket.pk: [] for ticket in tickets}
    zones = {ticket.pk: zone_of(ticket) for ticket in tickets}
    for row in Promise.objects.filter(ticket__in=list(broken), state=State.MISSED):
        by = moment(row.deadline.astimezone(zones[row.ticket_id]))
        broken[row.ticket_id].append(f"“{row.what}” by {by}")
    standings.keep_broken([(ticket, broken[ticket.pk][:REMEMBERED]) for ticket in tickets])


def owed(ticket: Ticket) -> DueQuerySet:
    """What we promised on this ticket and have not done yet, the soonest first."""
    return Promise.objects.filter(OWED, ticket=ticket).order_by("deadline", "pk")


def latest(ticket: Ticket, most: int) -> list[Promise]:
    """The promises made last, in the order of their deadlines."""
    return sorted(Promise.objects.filter(ticket=ticket).order_by("-pk")[:most], key=lambda one: (one.deadline, one.pk))


def due_today(now: datetime) -> Q:
    """Tickets on which something that we promised is to be done before midnight, or should have been done by now."""
    return HEEDED & Q(pk__in=Promise.objects.filter(OWED, deadline__lt=midnight(now)).values("ticket"))


def broken(now: datetime) -> Q:
    """Tickets on which a promise was missed and is owed still."""
    return HEEDED & Q(pk__in=Promise.objects.filter(state=State.MISSED).values("ticket"))


def midnight(now: datetime) -> datetime:
    """The next one, on the wall of the house."""
    day = timezone.localtime(now) + timedelta(days=1)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)
