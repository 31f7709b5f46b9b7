"""What the lists show of a ticket's urgency: its next clock, its risk with the reasons, its level."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from escalation import reckoning, standings
from escalation.models import Clock, Standing
from escalation.risk import MILDLY_UNHAPPY, UNHAPPY, Situation, assess
from tickets.contributions import Attention
from tickets.models import Ticket
from tickets.states import UNSETTLED

Kind = Clock.Kind
LATE = {
    Kind.FIRST_RESPONSE.value: "the first reply is",
    Kind.NEXT_RESPONSE.value: "our reply is",
    Kind.RESOLUTION.value: "the solution is",
}
HISTORY = ["signals", "repeats", "resolutions", "owners", "broken"]
JOINED = {f"ticket__standing__{name}": name for name in HISTORY}
SHOWN = ["ticket", "kind", "started_at", "warn_at", "deadline", *JOINED]


def attention(tickets: Sequence[Ticket], now: datetime) -> list[Attention]:
    """Called for every fact: two queries, however many tickets, and one where all of them have running clocks.

    A ticket whose clocks the fact has just changed has them in hand, and asks for nothing but its standing. The level
    is what the verbs set; it lasts until the ticket is settled or set aside, and so does its escalation.
    """
    unsettled = [ticket for ticket in tickets if ticket.state in UNSETTLED]
    clocks = _running([ticket.pk for ticket in unsettled if not reckoning.is_known(ticket)])
    histories = _histories(clocks)
    for ticket in unsettled:
        if reckoning.is_known(ticket):
            clocks[ticket.pk], histories[ticket.pk] = _in_hand(ticket), vars(standings.of(ticket))
    return [
        _attention(ticket, clocks[ticket.pk], histories[ticket.pk], now) if ticket.pk in clocks else Attention()
        for ticket in tickets
    ]


def _running(numbers: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The running clocks of each of these tickets, the next one first."""
    if not numbers:
        return {}
    clocks: dict[int, list[dict[str, Any]]] = {number: [] for number in numbers}
    running = Clock.objects.filter(ticket__in=numbers, stopped_at=None, paused_at=None).order_by("deadline")
    for clock in running.values(*SHOWN):
        clocks[clock["ticket"]].append(clock)
    return clocks


def _in_hand(ticket: Ticket) -> list[dict[str, Any]]:
    running = [vars(clock) for clock in reckoning.known(ticket) if not clock.paused_at]
    return sorted(running, key=lambda clock: clock["deadline"])


def _histories(clocks: Mapping[int, Sequence[Mapping[str, Any]]]) -> dict[int, dict[str, Any]]:
    """Each ticket's standing, which came with its clocks where it has any; every value None where there is no standing."""
    found = {number: {name: rows[0][path] for path, name in JOINED.items()} for number, rows in clocks.items() if rows}
    others = [number for number in clocks if number not in found]
    read = Standing.objects.filter(ticket__in=others).values("ticket", *HISTORY) if others else ()
    return {**dict.fromkeys(others, dict.fromkeys(HISTORY)), **found, **{row["ticket"]: row for row in read}}


def _attention(
    ticket: Ticket, clocks: Sequence[Mapping[str, Any]], history: Mapping[str, Any], now: datetime
) -> Attention:
    risk = assess(_situation(ticket, clocks, history, now))
    shown = Attention(risk=risk.points, reasons=risk.reasons, level=ticket.level)
    if not clocks:
        return shown
    label, warn_at, due_at = Kind(clocks[0]["kind"]).label, clocks[0]["warn_at"], clocks[0]["deadline"]
    return replace(shown, next_label=str(label), next_warn_at=warn_at, next_due_at=due_at)


def _situation(
    ticket: Ticket, clocks: Sequence[Mapping[str, Any]], history: Mapping[str, Any], now: datetime
) -> Situation:
    late, words = _late(clocks, now)
    return Situation(
        unhappy=_unhappy(ticket),
        signals=history["signals"] or [],
        repeats=(history["repeats"] or 0) if ticket.waiting_since else 0,
        reopenings=history["resolutions"] or 0,
        owners=len(history["owners"] or []),
        broken=history["broken"] or [],
        late=late,
        late_words=words,
    )


def _unhappy(ticket: Ticket) -> float | None:
    """How the last words sound, within the label that stands: a person may have read them otherwise, in no words."""
    if ticket.unhappy is None or ticket.mood == "unhappy":
        return max(ticket.unhappy or 0.0, UNHAPPY) if ticket.mood == "unhappy" else None
    return min(ticket.unhappy, MILDLY_UNHAPPY if ticket.mood == "neutral" and ticket.mood_words else 0.0)


def _late(clocks: Sequence[Mapping[str, Any]], now: datetime) -> tuple[float, str]:
    """How often the longest overdue clock's time has passed since its start, and which clock it is."""
    late = [(_times_over(clock, now), LATE[clock["kind"]]) for clock in clocks if clock["deadline"] <= now]
    return max(late, default=(0.0, ""))


def _times_over(clock: Mapping[str, Any], now: datetime) -> float:
    return float((now - clock["started_at"]) / (clock["deadline"] - clock["started_at"]))
