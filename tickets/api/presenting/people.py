"""People of ours and of the customer's side, as the API shows them."""

from datetime import datetime
from typing import Any

from tickets import access
from tickets.counts import Queue
from tickets.models import Agent, Team
from tickets.states import WAITING_FOR_US


def iso(time: datetime | None) -> str | None:
    """A time as everywhere in the API: ISO 8601 in UTC, ending in Z."""
    return time.isoformat().replace("+00:00", "Z") if time else None


def person(agent: Agent) -> dict[str, Any]:
    return {"id": agent.pk, "name": agent.name, "initials": agent.initials, "role": agent.role}


def team(team: Team) -> dict[str, Any]:
    return {"id": team.pk, "name": team.name, "slug": team.slug}


def me(agent: Agent) -> dict[str, Any]:
    return {
        **person(agent),
        "email": agent.email,
        "status": agent.status,
        "teams": [team(one) for one in Team.objects.filter(pk__in=access.teams_of(agent))],
        "permissions": access.desk_permissions(agent),
        "preferences": agent.preferences,
    }


def colleague(agent: Agent, now: datetime) -> dict[str, Any]:
    """Somebody whom one may give a ticket to; their teams must have been prefetched."""
    teams = [one.pk for one in agent.teams.all()]
    return {**person(agent), "status": agent.status, "here": agent.is_here(now), "teams": teams}


def queue(queue: Queue) -> dict[str, Any]:
    """How much of a team's waits for us, and since when."""
    waiting = queue.count(WAITING_FOR_US)
    return {
        "id": queue.id,
        "name": queue.name,
        "open": waiting,
        "oldest_waiting_since": iso(queue.oldest_waiting_since),
    }
