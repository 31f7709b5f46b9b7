"""The floor: who is unhappy now, who waits longest, what breaks next, who can help. A constant number of queries."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q

from escalation.details import escalation_detail
from escalation.happenings import last_acts, stream
from escalation.models import Clock, Escalation
from escalation.tiles import of_team, tiles
from tickets import lists
from tickets.api.presenting.people import iso, person
from tickets.counts import earliest, how_many
from tickets.lists import UNSETTLED_Q, WAITING_Q
from tickets.models import Agent, Team, Ticket, TicketEvent

RISKIEST = 20
AHEAD, AHEAD_FOR = 40, timedelta(hours=3)
HALF_HOUR = timedelta(minutes=30)
HALF_HOURS = 8
ARRIVING = ["received", "opened_by_agent"]


def floor(now: datetime, team: int | None = None) -> dict[str, Any]:
    """All that the floor shows, or all of it that concerns one team; for those alone who may watch it."""
    columns = team_columns(now)
    agents = agent_rows(now, team)
    return {
        "now": iso(now),
        "tiles": tiles([column for column in columns if team in (None, column["id"])], agents, team, now),
        "riskiest": riskiest(team, now),
        "teams": [{**column, "oldest_waiting_since": iso(column["oldest_waiting_since"])} for column in columns],
        "ahead": ahead(team, now),
        "agents": agents,
        "stream": stream(of_team(team)),
    }


def team_columns(now: datetime) -> list[dict[str, Any]]:
    """Each team's depth, oldest wait, and what came in during the last four hours."""
    predicates = {view.key: view.predicate(now) for view in lists.views()}
    figures = {
        "waiting_for_us": how_many(predicates["waiting_for_us"]),
        "unhappy": how_many(predicates["unhappy"]),
        "unassigned": how_many(predicates["unassigned"]),
        "at_risk": how_many(predicates["at_risk"]),
        "late": how_many(predicates["late"]),
        "lonely": how_many(predicates["unhappy"] & Q(assignee__isnull=True)),
        "oldest_waiting_since": earliest("waiting_since", WAITING_Q),
        "oldest_unassigned_since": earliest("waiting_since", predicates["unassigned"]),
        "longest_due_at": earliest("next_due_at", UNSETTLED_Q & Q(next_due_at__lte=now)),
        "next_due_at": earliest("next_due_at", UNSETTLED_Q & Q(next_due_at__gt=now)),
    }
    arrivals = _arrivals(now)
    rows: Any = Team.objects.values("id", "name", **figures)
    return [{**row, "open": row["waiting_for_us"], "arrivals": _buckets(row["id"], arrivals, now)} for row in rows]


def _arrivals(now: datetime) -> Counter[tuple[int, int]]:
    """How many tickets came to a team, by how many half hours ago."""
    since = now - HALF_HOUR * HALF_HOURS
    came = TicketEvent.objects.filter(at__gt=since, at__lte=now, kind__in=ARRIVING)
    return Counter((team, (now - at) // HALF_HOUR) for team, at in came.values_list("ticket__team", "at"))


def _buckets(team: int, arrivals: Mapping[tuple[int, int], int], now: datetime) -> list[dict[str, Any]]:
    ago = range(HALF_HOURS - 1, -1, -1)
    return [{"from": iso(now - HALF_HOUR * (n + 1)), "count": arrivals.get((team, n), 0)} for n in ago]


def riskiest(team: int | None, now: datetime) -> list[dict[str, Any]]:
    """The tickets most at risk with the reasons in words, and what can be done about them from here.

    A level weighs like a point of risk each: one that waits at level 3 though its customer was answered and is glad
    stands below one whose angry customer hears nothing.
    """
    soon = Q(next_due_at__lte=now + lists.AT_RISK_WITHIN)
    risky = Ticket.objects.filter(of_team(team, "team"), UNSETTLED_Q & (Q(risk__gt=0) | Q(level__gt=0) | soon))
    weighed = risky.annotate(weight=F("risk") + F("level"))
    first = weighed.order_by("-weight", F("next_due_at").asc(nulls_last=True), "pk")[:RISKIEST]
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


def ahead(team: int | None, now: datetime) -> list[dict[str, Any]]:
    """What falls due in the next three hours, the soonest first."""
    due = Clock.objects.filter(stopped_at=None, paused_at=None, deadline__gt=now, deadline__lte=now + AHEAD_FOR)
    soon = due.filter(of_team(team)).select_related("ticket__customer").order_by("deadline")[:AHEAD]
    return [
        {
            "at": iso(clock.deadline),
            "warn_at": iso(clock.warn_at),
            "label": clock.label,
            "number": clock.ticket_id,
            "name": clock.ticket.customer.name,
            "kind": "clock",
        }
        for clock in soon
    ]


def agent_rows(now: datetime, team: int | None = None) -> list[dict[str, Any]]:
    """Everybody of ours, or of one team, with all that they carry and what they did last."""
    carried = Ticket.objects.filter(UNSETTLED_Q, assignee__isnull=False).order_by().values("assignee")
    figures = carried.annotate(
        load=Count("pk"), unhappy=Count("pk", filter=Q(mood="unhappy")), oldest=Min("waiting_since")
    )
    loads = {row["assignee"]: row for row in figures}
    everybody = Agent.objects.filter(is_active=True)
    people = list(everybody if team is None else everybody.filter(teams=team))
    acts = last_acts([agent.pk for agent in people], now)
    rows = [_agent(agent, loads.get(agent.pk, {}), acts.get(agent.pk), now) for agent in people]
    return sorted(rows, key=lambda row: (not row["here"], row["status"] == Agent.Status.OFF, -row["load"]))


def _agent(agent: Agent, load: Mapping[str, Any], act: Mapping[str, Any] | None, now: datetime) -> dict[str, Any]:
    """`last` is what they did last; what they do at this moment, presence tells on the sockets."""
    return {
        **person(agent),
        "status": agent.status,
        "here": agent.is_here(now),
        "load": load.get("load", 0),
        "unhappy": load.get("unhappy", 0),
        "last": act,
        "oldest_waiting_since": iso(load.get("oldest")),
        "last_seen_at": iso(agent.last_seen_at),
    }
