"""Which policy a ticket has, and the clocks' targets that it gives."""

from collections.abc import Iterable
from datetime import tzinfo

from django.utils import timezone

from escalation.calendars import Hours
from escalation.models import Clock, Ladder, LadderLevel, SlaPolicy, WorkCalendar
from tickets.models import Agent, Role, Team, Ticket
from tickets.models.kept import Kept

Kind = Clock.Kind


def _read() -> dict[tuple[int, str], SlaPolicy]:
    return {(policy.team_id, policy.priority): policy for policy in SlaPolicy.objects.select_related("calendar")}


_policies = Kept(_read, SlaPolicy, WorkCalendar)


def policy_for(ticket: Ticket) -> SlaPolicy | None:
    """The team's policy for this priority, else its policy for every priority; None: no clocks run."""
    policies = _policies()
    return policies.get((ticket.team_id, ticket.priority)) or policies.get((ticket.team_id, ""))


def target(policy: SlaPolicy, kind: str) -> int:
    """Working seconds."""
    return {
        Kind.FIRST_RESPONSE.value: policy.first_response,
        Kind.NEXT_RESPONSE.value: policy.next_response,
        Kind.RESOLUTION.value: policy.resolution,
    }[kind]


def hours_of(ticket: Ticket) -> Hours | None:
    """When the ticket's team works; None where nobody has said so."""
    policy = policy_for(ticket)
    return policy.calendar.hours if policy else None


def zone_of(ticket: Ticket) -> tzinfo:
    """The wall clock of the ticket's team; the house's own where nobody has said when it works."""
    hours = hours_of(ticket)
    return hours.zone if hours else timezone.get_default_timezone()


class Ladders:
    """The ladders of some teams and the people on them, read once for as many tickets as are due at once."""

    def __init__(self, teams: Iterable[int]) -> None:
        teams = set(teams)
        policies = SlaPolicy.objects.filter(team__in=teams).select_related("ladder")
        self._ladders = {(policy.team_id, policy.priority): policy.ladder for policy in policies}
        levels = LadderLevel.objects.filter(ladder__in=self._ladders.values()).select_related("agent")
        self._levels = {(level.ladder_id, level.level): level for level in levels}
        above = Agent.objects.filter(is_active=True, role__in=[Role.SUPERVISOR, Role.ADMINISTRATOR])
        self._people = list(above.order_by("pk"))
        members = Team.members.through.objects.filter(team__in=teams, agent__in=self._people)
        self._members = set(members.values_list("team_id", "agent_id"))

    def repeat_at_most(self, ticket: Ticket) -> int:
        """How often the highest level is told again."""
        ladder = self._ladder(ticket)
        return ladder.repeat_at_most if ladder else 0

    def wait(self, ticket: Ticket, level: int) -> int | None:
        """The seconds that a level has to acknowledge; None where the ladder has no such level."""
        step = self._step(ticket, level)
        return step.acknowledge_within if step else None

    def people(self, ticket: Ticket, level: int) -> list[Agent]:
        """Whom a level calls; where it names nobody who is there, a wider circle, so that somebody always hears."""
        step = self._step(ticket, level)
        if step and step.to == LadderLevel.To.AGENT and step.agent and step.agent.is_active:
            return [step.agent]
        administrators = [agent for agent in self._people if agent.role == Role.ADMINISTRATOR]
        if step and step.to == LadderLevel.To.ADMINISTRATORS and administrators:
            return administrators
        own = [agent for agent in self._people if (ticket.team_id, agent.pk) in self._members]
        return own or [agent for agent in self._people if agent.role == Role.SUPERVISOR] or administrators

    def _step(self, ticket: Ticket, level: int) -> LadderLevel | None:
        ladder = self._ladder(ticket)
        return self._levels.get((ladder.pk, level)) if ladder else None

    def _ladder(self, ticket: Ticket) -> Ladder | None:
        return self._ladders.get((ticket.team_id, ticket.priority)) or self._ladders.get((ticket.team_id, ""))
