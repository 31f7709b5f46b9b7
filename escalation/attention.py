"""What the lists show of a ticket's urgency: its next clock, its risk with the reasons, its level."""

from datetime import datetime
from typing import Any

from escalation.ladders import open_escalation
from escalation.models import Clock, Standing
from escalation.risk import MILDLY_UNHAPPY, UNHAPPY, Situation, assess
from tickets.contributions import Attention
from tickets.models import Ticket
from tickets.states import UNSETTLED

Kind = Clock.Kind
LATE = {Kind.FIRST_RESPONSE.value: "the first reply is", Kind.NEXT_RESPONSE.value: "our reply is", Kind.RESOLUTION.value: "the solution is"}
SHOWN = ["kind", "started_at", "warn_at", "deadline"]


def attention(ticket: Ticket, now: datetime) -> Attention:
    """Called for every fact, so at most three queries: the running clocks, the standing, and the level where there is one."""
    if ticket.state not in UNSETTLED:
        return Attention()
    running = Clock.objects.filter(ticket=ticket, stopped_at=None, paused_at=None).order_by("deadline")
    clocks = list(running.values(*SHOWN))
    risk = assess(_situation(ticket, clocks, now))
    escalation = open_escalation(ticket) if ticket.level else None
    next_clock = clocks[0] if clocks else None
    return Attention(
        next_label=str(Kind(next_clock["kind"]).label) if next_clock else "",
        next_warn_at=next_clock["warn_at"] if next_clock else None,
        next_due_at=next_clock["deadline"] if next_clock else None,
        risk=risk.points,
        reasons=risk.reasons,
        level=escalation.level if escalation else 0,
    )


def _situation(ticket: Ticket, clocks: list[dict[str, Any]], now: datetime) -> Situation:
    standing = Standing.objects.filter(ticket=ticket).first() or Standing()
    late, words = _late(clocks, now)
    return Situation(
        unhappy=_unhappy(ticket),
        signals=standing.signals,
        repeats=standing.repeats if ticket.waiting_since else 0,
        reopenings=standing.resolutions,
        owners=len(standing.owners),
        late=late,
        late_words=words,
    )


def _unhappy(ticket: Ticket) -> float | None:
    """How the last words sound, within the label that stands: a person may have read them otherwise."""
    if ticket.unhappy is None or ticket.mood == "unhappy":
        return max(ticket.unhappy or 0.0, UNHAPPY) if ticket.mood == "unhappy" else None
    return min(ticket.unhappy, MILDLY_UNHAPPY if ticket.mood == "neutral" else 0.0)


def _late(clocks: list[dict[str, Any]], now: datetime) -> tuple[float, str]:
    """How often the longest overdue clock's time has passed since its start, and which clock it is."""
    late = [((now - clock["started_at"]) / (clock["deadline"] - clock["started_at"]), clock) for clock in clocks if clock["deadline"] <= now]
    worst = max(late, key=lambda one: one[0], default=None)
    return (worst[0], LATE[worst[1]["kind"]]) if worst else (0.0, "")
