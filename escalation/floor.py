"""The floor: who is unhappy now, who waits longest, what breaks next, who can help. A constant number of queries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q

from escalation.details import escalation_detail
from escalation.models import Clock, Escalation
from escalation.words import span
from tickets import lists
from tickets.api.presenting.people import iso, person
from tickets.lists import UNSETTLED_Q, WAITING_Q
from tickets.models import Agent, Team, Ticket, TicketEvent
from tickets.wording import words

RISKIEST = 20
AHEAD, AHEAD_FOR = 40, timedelta(hours=3)
STREAM = 30
HALF_HOUR = timedelta(minutes=30)
HALF_HOURS = 8
ARRIVING = ["received", "opened_by_agent"]


def floor(now: datetime) -> dict[str, Any]:
    """All that the floor shows; for those alone who may watch it."""
    teams = team_columns(now)
    agents = agent_rows(now)
    return {
        "now": iso(now),
        "tiles": tiles(teams, agents, now),
        "riskiest": riskiest(now),
        "teams": [{**team, "oldest_waiting_since": iso(team["oldest_waiting_since"])} for team in teams],
        "ahead": ahead(now),
        "agents": agents,
        "stream": stream(),
    }


def team_columns(now: datetime) -> list[dict[str, Any]]:
    """Each team's depth, oldest wait, and what came in during the last four hours."""
    predicates = {view.key: view.predicate(now) for view in lists.VIEWS}
    figures = {
        "open": Count("pk", filter=WAITING_Q),
        "unhappy": Count("pk", filter=predicates["unhappy"]),
        "unassigned": Count("pk", filter=predicates["unassigned"]),
        "at_risk": Count("pk", filter=predicates["at_risk"]),
        "late": Count("pk", filter=Q(next_due_at__lte=now)),
        "oldest_waiting_since": Min("waiting_since", filter=WAITING_Q),
        "next_due_at": Min("next_due_at", filter=Q(next_due_at__gt=now)),
    }
    rows: Any = Ticket.objects.filter(UNSETTLED_Q).order_by().values("team").annotate(**figures)
    known = {row.pop("team"): row for row in rows}
    nothing = {name: None if isinstance(figure, Min) else 0 for name, figure in figures.items()}
    arrivals = _arrivals(now)
    return [
        {"id": team.pk, "name": team.name, **known.get(team.pk, nothing), "arrivals": _buckets(team.pk, arrivals, now)}
        for team in Team.objects.all()
    ]


def _arrivals(now: datetime) -> Counter[tuple[int, int]]:
    """How many tickets came to a team, by how many half hours ago."""
    since = now - HALF_HOUR * HALF_HOURS
    came = TicketEvent.objects.filter(at__gt=since, at__lte=now, kind__in=ARRIVING)
    return Counter((team, (now - at) // HALF_HOUR) for team, at in came.values_list("ticket__team", "at"))


def _buckets(team: int, arrivals: Mapping[tuple[int, int], int], now: datetime) -> list[dict[str, Any]]:
    ago = range(HALF_HOURS - 1, -1, -1)
    return [{"from": iso(now - HALF_HOUR * (n + 1)), "count": arrivals.get((team, n), 0)} for n in ago]


def tiles(
    teams: Sequence[Mapping[str, Any]], agents: Sequence[Mapping[str, Any]], now: datetime
) -> list[dict[str, Any]]:
    """The figures that answer in five seconds; `level` is calm, strained or broken."""
    total = {key: sum(team[key] for team in teams) for key in ("unhappy", "unassigned", "at_risk", "late")}
    oldest = min((team["oldest_waiting_since"] for team in teams if team["oldest_waiting_since"]), default=None)
    soonest = min((team["next_due_at"] for team in teams if team["next_due_at"]), default=None)
    here = sum(agent["here"] for agent in agents)
    waits = f"longest wait {span((now - oldest).total_seconds())}" if oldest else "nobody waits"
    coming = f"next in {span((soonest - now).total_seconds())}" if soonest else "nothing ahead"
    return [
        _tile("unhappy", "Unhappy now", total["unhappy"], waits, _strained(total["unhappy"])),
        _tile("unassigned", "Unassigned", total["unassigned"], "nobody has them yet", _strained(total["unassigned"])),
        _tile("at_risk", "At risk within the hour", total["at_risk"], coming, _strained(total["at_risk"])),
        _tile("late", "Past their time", total["late"], coming, "broken" if total["late"] else "calm"),
        _tile("escalated", "Escalated, not taken up", *_unseen()),
        _tile("agents", "Agents here", here, f"of {len(agents)}", "calm" if here else "broken"),
    ]


def _tile(key: str, label: str, value: int, detail: str, level: str) -> dict[str, Any]:
    return {"key": key, "label": label, "value": value, "detail": detail, "level": level}


def _strained(value: int) -> str:
    return "strained" if value else "calm"


def _unseen() -> tuple[int, str, str]:
    """How many escalations nobody has acknowledged, and how high the highest is."""
    levels = Escalation.objects.filter(ended_at=None, acknowledged_at=None).values_list("level", flat=True)
    highest = max(seen := list(levels), default=0)
    return len(seen), f"highest at level {highest}" if seen else "all taken up", "broken" if seen else "calm"


def riskiest(now: datetime) -> list[dict[str, Any]]:
    """The tickets most at risk with the reasons in words, and what can be done about them from here."""
    soon = Q(next_due_at__lte=now + lists.AT_RISK_WITHIN)
    tickets = Ticket.objects.filter(UNSETTLED_Q & (Q(risk__gt=0) | Q(level__gt=0) | soon))
    first = tickets.order_by("-level", "-risk", F("next_due_at").asc(nulls_last=True), "pk")[:RISKIEST]
    rows = lists.rows(first)
    numbers = [row["number"] for row in rows]
    raised = {row.ticket_id: row for row in Escalation.objects.filter(ticket__in=numbers, ended_at=None)}
    clocks: dict[int, list[dict[str, Any]]] = {number: [] for number in numbers}
    for clock in Clock.objects.filter(ticket__in=numbers, stopped_at=None, paused_at=None).order_by("deadline"):
        clocks[clock.ticket_id].append({"id": clock.pk, "label": clock.label, "due_at": iso(clock.deadline)})
    return [
        {
            **row,
            "escalation": escalation_detail(raised[row["number"]]) if row["number"] in raised else None,
            "clocks": clocks[row["number"]],
        }
        for row in rows
    ]


def ahead(now: datetime) -> list[dict[str, Any]]:
    """What falls due in the next three hours, the soonest first."""
    due = Clock.objects.filter(stopped_at=None, paused_at=None, deadline__gt=now, deadline__lte=now + AHEAD_FOR)
    soon = due.order_by("deadline").values_list("deadline", "ticket", "ticket__customer__name")[:AHEAD]
    return [{"at": iso(at), "number": number, "name": name, "kind": "clock"} for at, number, name in soon]


def agent_rows(now: datetime) -> list[dict[str, Any]]:
    """Everybody of ours with what they carry."""
    carried = Ticket.objects.filter(UNSETTLED_Q, assignee__isnull=False).order_by().values("assignee")
    figures = carried.annotate(
        load=Count("pk"), unhappy=Count("pk", filter=Q(mood="unhappy")), oldest=Min("waiting_since")
    )
    loads = {row["assignee"]: row for row in figures}
    return [_agent(agent, loads.get(agent.pk, {}), now) for agent in Agent.objects.filter(is_active=True)]


def _agent(agent: Agent, load: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """`now` is what they do at this moment; presence lives on the sockets, which tell it there."""
    return {
        **person(agent),
        "status": agent.status,
        "here": agent.is_here(now),
        "load": load.get("load", 0),
        "unhappy": load.get("unhappy", 0),
        "now": None,
        "oldest_waiting_since": iso(load.get("oldest")),
        "last_seen_at": iso(agent.last_seen_at),
    }


def stream() -> list[dict[str, Any]]:
    """What just happened, the newest first."""
    newest = TicketEvent.objects.select_related("ticket__customer").order_by("-pk")[:STREAM]
    return [
        {
            "at": iso(event.at),
            "kind": event.kind,
            "words": f"{event.ticket.customer.name}: {words(event.kind, event.by_name, event.data)}",
            "number": event.ticket_id,
            "version": event.version,
        }
        for event in newest
    ]
