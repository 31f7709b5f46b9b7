"""What an open ticket shows of time: its clocks in words, promises, escalation, follow-up; and the date in a mail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from escalation import promises, reckoning
from escalation.calendars import elapsed
from escalation.models import Clock, Escalation, FollowUp, Promise
from escalation.policies import zone_of
from escalation.words import span
from tickets.api.presenting.people import iso
from tickets.models import Ticket
from tickets.wording import moment

SHOWN = 20  # the newest clocks and promises of a ticket
BEGINS = {
    Clock.Kind.FIRST_RESPONSE.value: "Runs from the customer's first words until somebody of us answers",
    Clock.Kind.NEXT_RESPONSE.value: "Runs from the customer's oldest unanswered words until somebody of us answers",
    Clock.Kind.RESOLUTION.value: "Runs until we resolve it, and pauses while we wait for the customer",
}


def details(ticket: Ticket, now: datetime) -> dict[str, Any]:
    """Four queries, however long the ticket."""
    clocks = list(Clock.objects.filter(ticket=ticket).select_related("calendar").order_by("-started_at", "-pk")[:SHOWN])
    escalation = Escalation.objects.filter(ticket=ticket, ended_at=None).first()
    follow_up = FollowUp.objects.filter(ticket=ticket).order_by("-pk").first()
    return {
        "clocks": [clock_detail(clock, now) for clock in reversed(clocks)],
        "promises": [promise_detail(row) for row in promises.latest(ticket, SHOWN)],
        "escalation": escalation_detail(escalation) if escalation else None,
        "follow_up": follow_up_detail(follow_up) if follow_up else None,
    }


def clock_detail(clock: Clock, now: datetime) -> dict[str, Any]:
    return {
        "id": clock.pk,
        "kind": clock.kind,
        "label": clock.label,
        "started_at": iso(clock.started_at),
        "warn_at": iso(clock.warn_at),
        "due_at": iso(clock.deadline),
        "paused": clock.paused_at is not None,
        "stopped_at": iso(clock.stopped_at),
        "explained": explained(clock, now),
    }


def promise_detail(promise: Promise) -> dict[str, Any]:
    return {
        "id": promise.pk,
        "what": promise.what,
        "due_at": iso(promise.deadline),
        "by": promise.name,
        "message": promise.message_id,
        "made_at": iso(promise.made_at),
        "state": promise.state,
        "missed_at": iso(promise.missed_at),
        "ended_at": iso(promise.ended_at),
        "reason": promise.reason,
    }


def explained(clock: Clock, now: datetime) -> str:
    """The clock's start, stop, pauses and target as sentences, in the time of its team."""
    zone = clock.calendar.hours.zone

    def wall(time: datetime) -> str:
        return moment(time.astimezone(zone))

    said = [
        f"{BEGINS[clock.kind]}.",
        f"{span(clock.target)} of working time ({clock.calendar.name}) since {wall(clock.started_at)}.",
    ]
    if waited := _waited(clock, now):
        most = span(clock.pause_at_most)
        said.append(f"{span(waited)} of waiting for the customer do not count, and {most} at most.")
    if clock.extended_until:
        said.append(f"Moved to {wall(clock.extended_until)}: {clock.extended_because}.")
    said.append(_stands(clock, wall(clock.deadline), now))
    if clock.stopped_at:
        said.append(f"Stopped {wall(clock.stopped_at)}: {Clock.Ended(clock.ended).label.lower()}.")
    return " ".join(said)


def _waited(clock: Clock, now: datetime) -> float:
    """Working seconds that do not count, those of a pause that lasts still included."""
    running = elapsed(clock.paused_at, now, clock.calendar.hours) if clock.paused_at else 0.0
    return min(clock.paused_seconds + running, float(clock.pause_at_most))


def _stands(clock: Clock, deadline: str, now: datetime) -> str:
    if clock.breached_at:
        return f"Missed {deadline}."
    if clock.paused_at:
        return "Paused now."
    return f"Was due {deadline}." if clock.stopped_at or clock.deadline <= now else f"Due {deadline}."


def escalation_detail(escalation: Escalation) -> dict[str, Any]:
    """`next_level_at` is when the next level is called, or this one again; null once it is acknowledged."""
    return {
        "id": escalation.pk,
        "level": escalation.level,
        "reason": escalation.reason,
        "raised_at": iso(escalation.raised_at),
        "acknowledged_by": escalation.acknowledged_by or None,
        "next_level_at": iso(escalation.due_at) if escalation.told else None,
    }


def follow_up_detail(follow_up: FollowUp) -> dict[str, Any]:
    """In words, and when something comes of it next; null: nothing more does by itself."""
    return {"label": _asked(follow_up), "at": iso(follow_up.due_at)}


def _asked(follow_up: FollowUp) -> str:
    if follow_up.answer:
        return f"The customer says: {FollowUp.Answer(follow_up.answer).label.lower()}"
    if follow_up.ended_at:
        return "The question whether it is settled came to an end"
    if not follow_up.asked:
        return "We are about to ask whether it is settled"
    times = "once" if follow_up.asked == 1 else "twice"
    if follow_up.due_at is None:
        return f"We asked {times} whether it is settled; a person closes it"
    if follow_up.asked < follow_up.ask_at_most:
        return f"We asked {times} whether it is settled, and ask again"
    return f"We asked {times} whether it is settled; silence {'closes it' if follow_up.may_close else 'leaves it to a person'}"


def mail_values(ticket: Ticket, now: datetime) -> Mapping[str, datetime]:
    """`hear_by`: by when the customer hears from a person of ours, on the wall of the team that answers."""
    waiting = [clock for clock in reckoning.running(ticket) if clock.kind != Clock.Kind.RESOLUTION]
    clock = min(waiting, key=lambda clock: clock.deadline, default=None)
    if clock is None or clock.deadline <= now:
        return {}
    return {"hear_by": clock.deadline.astimezone(clock.calendar.hours.zone)}


def reply_context(ticket: Ticket, now: datetime) -> Mapping[str, Any]:
    """`open_promise`: what we owe the customer first, and its day on the wall of the team, for the reply check."""
    first = promises.owed(ticket).first()
    if first is None:
        return {}
    day = first.deadline.astimezone(zone_of(ticket)).date()
    return {"open_promise": {"what": first.what, "due": day.isoformat()}}
