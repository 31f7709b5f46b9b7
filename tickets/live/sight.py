"""What a connected person may hear now, as a value: the rules of `access`, for a thousand sockets in five queries."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.contrib.sessions.models import Session
from django.db.models import Q

from tickets import access
from tickets.models import Agent, Team, Ticket

SEEN_EVERY = timedelta(seconds=14)  # a little less than a heartbeat, so that no second beat is skipped
MANY = 500  # rows asked for at once; SQLite and PostgreSQL both bear far more
Key = TypeVar("Key", int, str)


@dataclass(frozen=True)
class Sight:
    """Who it is, what they may hear, and `proof`: what their session must hold (it changes with their password)."""

    agent: int
    name: str
    initials: str
    proof: str
    is_supervisor: bool
    teams: frozenset[int]

    def sees(self, team: int | None) -> bool:
        return team is not None and (self.is_supervisor or team in self.teams)

    def hears(self, topic: str, team: int | None) -> bool:
        """Whether they may go on hearing a topic to which they were once admitted; `team` owns its ticket now."""
        kind, _, key = topic.partition(":")
        if kind == "queue":
            return self.sees(int(key))
        return self.sees(team) if kind == "ticket" else kind == "me" or self.is_supervisor


@dataclass(frozen=True)
class Standing:
    """How things stand for those who were asked about: active people, living sessions, the teams of tickets."""

    sights: Mapping[int, Sight]
    sessions: frozenset[str]
    teams: Mapping[int, int]


def standing(agents: Collection[int], sessions: Collection[str], tickets: Collection[int], now: datetime) -> Standing:
    """Ask anew; who is gone, signed out or deleted is not in the answer."""
    people = [agent for some in _portions(agents) for agent in Agent.objects.filter(pk__in=some, is_active=True)]
    members = Team.members.through.objects
    teams: dict[int, set[int]] = {agent.pk: set() for agent in people}
    for some in _portions(list(teams)):
        for agent, team in members.filter(agent__in=some).values_list("agent", "team"):
            teams[agent].add(team)
    alive = Session.objects.filter(expire_date__gt=now)
    return Standing(
        sights={agent.pk: _sight(agent, teams[agent.pk]) for agent in people},
        sessions=frozenset(
            key for some in _portions(sessions) for key in alive.filter(pk__in=some).values_list("pk", flat=True)
        ),
        teams={
            number: team
            for some in _portions(tickets)
            for number, team in Ticket.objects.filter(pk__in=some).values_list("pk", "team")
        },
    )


def of(agent: Agent) -> Sight:
    """What this person may hear now; one query."""
    return _sight(agent, agent.teams.values_list("pk", flat=True))


def admit(agent: int, topics: Iterable[str]) -> dict[str, int | None]:
    """Those of `topics` that this person may hear, asked of `access`; each with the team of its ticket, if it has one."""
    person = Agent.objects.filter(pk=agent, is_active=True).first()
    admitted = [topic for topic in topics if _is_plain(topic) and person and access.may_subscribe(person, topic)]
    numbers = {topic: int(topic.partition(":")[2]) for topic in admitted if topic.startswith("ticket:")}
    teams = dict(Ticket.objects.filter(pk__in=numbers.values()).values_list("pk", "team"))
    return {topic: teams.get(numbers.get(topic, 0)) for topic in admitted}


def _is_plain(topic: str) -> bool:
    # "queue:03" would be admitted as queue 3 and then hear nothing, since it is another name.
    return not topic.partition(":")[2].startswith("0")


def seen(agents: Collection[int], now: datetime) -> None:
    """Remember that these people are here; written at most once a heartbeat for each."""
    stale = Q(last_seen_at__isnull=True) | Q(last_seen_at__lt=now - SEEN_EVERY)
    for some in _portions(agents):
        Agent.objects.filter(stale, pk__in=some).update(last_seen_at=now)


def _sight(agent: Agent, teams: Iterable[int]) -> Sight:
    proof = agent.get_session_auth_hash()
    return Sight(agent.pk, agent.name, agent.initials, proof, agent.is_supervisor, frozenset(teams))


def _portions(keys: Collection[Key]) -> Iterator[list[Key]]:
    ordered = list(keys)
    return (ordered[start : start + MANY] for start in range(0, len(ordered), MANY))
