"""The floor's figures that answer in five seconds. Each is counted by the predicate of the view that it leads to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, Min, Q
from django.utils import timezone

from escalation import promises
from escalation.models import Escalation, Promise
from tickets.api.presenting.people import iso
from tickets.lists import LET_DOWN, rated_lately
from tickets.models import Ticket
from tickets.models.rating import HIGHEST
from tickets.states import SET_ASIDE, SETTLED, UNSETTLED

Columns = Sequence[Mapping[str, Any]]


def tiles(columns: Columns, agents: Columns, team: int | None, now: datetime) -> list[dict[str, Any]]:
    """`at` is the moment that `detail` speaks of, for a screen that counts on; `level` is calm, strained or broken."""
    return [
        _unhappy(columns),
        _counted("waiting_for_us", "Waiting for us", "calm", columns, _wait(columns, "oldest_waiting_since")),
        _counted("unassigned", "Unassigned", "calm", columns, _wait(columns, "oldest_unassigned_since")),
        _counted("at_risk", "At risk within the hour", "strained", columns, _coming(columns)),
        _counted("late", "Past their time", "broken", columns, _longest(columns)),
        *_promised(team, now),
        _escalated(team),
        _mending(team, now),
        *_rated(team, now),
        _present(agents),
    ]


def _counted(key: str, label: str, level: str, columns: Columns, detail: Mapping[str, Any]) -> dict[str, Any]:
    value = sum(column[key] for column in columns)
    return _tile(key, label, value, detail, level if value else "calm")


def _tile(key: str, label: str, value: float | None, detail: Mapping[str, Any], level: str) -> dict[str, Any]:
    return {"key": key, "label": label, "value": value, "of": None, "at": None, **detail, "level": level}


def _moment(columns: Columns, name: str) -> datetime | None:
    known = [column[name] for column in columns if column[name]]
    return min(known) if known else None


def _unhappy(columns: Columns) -> dict[str, Any]:
    """Strained while an unhappy customer has nobody."""
    alone = sum(column["lonely"] for column in columns)
    detail = {"detail": f"{alone} of them with nobody" if alone else "each has somebody"}
    return _counted("unhappy", "Unhappy now", "strained" if alone else "calm", columns, detail)


def _wait(columns: Columns, name: str) -> dict[str, Any]:
    since = _moment(columns, name)
    return {"detail": "longest for" if since else "nobody waits", "at": iso(since)}


def _coming(columns: Columns) -> dict[str, Any]:
    soonest = _moment(columns, "next_due_at")
    return {"detail": "next in" if soonest else "nothing ahead", "at": iso(soonest)}


def _longest(columns: Columns) -> dict[str, Any]:
    due = _moment(columns, "longest_due_at")
    return {"detail": "the longest by" if due else "all in time", "at": iso(due)}


def _promised(team: int | None, now: datetime) -> list[dict[str, Any]]:
    """On how many complaints something that we promised is due today, or was not kept; one query for both."""
    owed = Promise.objects.filter(promises.OWED, ~Q(ticket__state__in=sorted(SET_ASIDE)), of_team(team))
    found = owed.aggregate(
        due=Count("ticket", distinct=True, filter=Q(deadline__lt=promises.midnight(now))),
        broken=Count("ticket", distinct=True, filter=Q(state=Promise.State.MISSED)),
        next=Min("deadline", filter=Q(state=Promise.State.OPEN)),
        longest=Min("deadline", filter=Q(state=Promise.State.MISSED)),
    )
    ahead = {"detail": "next in" if found["next"] else "nothing ahead", "at": iso(found["next"])}
    late = {"detail": "the longest by" if found["longest"] else "every one kept", "at": iso(found["longest"])}
    return [
        _tile("promises_due", "Promises due today", found["due"], ahead, "strained" if found["due"] else "calm"),
        _tile("promises_broken", "Promises broken", found["broken"], late, "broken" if found["broken"] else "calm"),
    ]


def _escalated(team: int | None) -> dict[str, Any]:
    """How many escalations nobody has acknowledged, and how high the highest is."""
    raised = Escalation.objects.filter(ended_at=None, acknowledged_at=None).filter(of_team(team))
    levels = list(raised.values_list("level", flat=True))
    detail = f"highest at level {max(levels)}" if levels else "all taken up"
    return _tile(
        "escalated", "Escalated, not taken up", len(levels), {"detail": detail}, "broken" if levels else "calm"
    )


def _mending(team: int | None, now: datetime) -> dict[str, Any]:
    """Complaints of unhappy customers that are being mended, and those settled since midnight."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    under_way, settled = Q(state__in=sorted(UNSETTLED)), Q(state__in=sorted(SETTLED), settled_at__gte=midnight)
    found = Ticket.objects.filter(of_team(team, "team"), mended__isnull=False).aggregate(
        open=Count("pk", filter=under_way), settled=Count("pk", filter=settled)
    )
    return _tile("mending", "Being mended", found["open"], {"detail": f"{found['settled']} settled today"}, "calm")


def _rated(team: int | None, now: datetime) -> list[dict[str, Any]]:
    """How customers rate us, and who of them may still be won back; one query for both."""
    found = (
        rated_lately(now)
        .filter(of_team(team))
        .aggregate(
            mean=Avg("score"),
            many=Count("pk"),
            let_down=Count("pk", filter=LET_DOWN),
            longest=Min("rated_at", filter=LET_DOWN),
        )
    )
    unhappy = {"detail": "longest for" if found["let_down"] else "nobody is", "at": iso(found["longest"])}
    level = "broken" if found["let_down"] else "calm"
    return [
        _mean(found["mean"], found["many"]),
        _tile("unhappy_after_closing", "Unhappy after closing", found["let_down"], unhappy, level),
    ]


def _mean(mean: float | None, many: int) -> dict[str, Any]:
    """A mean, and of how many it is one."""
    if mean is None:
        return _tile("rated", "They rate us", None, {"detail": "nobody did yet"}, "calm")
    detail = f"{many} rating{'' if many == 1 else 's'} in 30 days"
    return _tile("rated", "They rate us", round(mean, 1), {"detail": detail, "of": HIGHEST}, "calm")


def _present(agents: Columns) -> dict[str, Any]:
    here = sum(agent["here"] for agent in agents)
    away = sum(agent["status"] == "away" for agent in agents)
    detail = f"{away} away, {len(agents) - here - away} off"
    return _tile("agents", "Agents here", here, {"detail": detail, "of": len(agents)}, "calm" if here else "broken")


def of_team(team: int | None, path: str = "ticket__team") -> Q:
    """Whatever belongs to the team; without one everything, for which the database need not look at the tickets."""
    return Q() if team is None else Q((path, team))
