"""Who may see and do what. A stranger learns nothing: what one may not see does not exist for them."""

from django.http import Http404

from tickets import assistant
from tickets.models import Agent, Role, Team, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.states import UNSETTLED

NONE = "There is no such ticket."


def teams_of(agent: Agent) -> list[int]:
    """Ids of the teams whose queues this person sees: an agent their own, a supervisor all."""
    return list(Team.objects.values_list("pk", flat=True)) if agent.is_supervisor else agent.own_teams


def visible_tickets(agent: Agent) -> TicketQuerySet:
    """The tickets that this person may see."""
    if not agent.is_active:
        return Ticket.objects.none()
    return Ticket.objects.all() if agent.is_supervisor else Ticket.objects.filter(team__in=teams_of(agent))


def ticket_for(agent: Agent, number: int) -> Ticket:
    """The ticket with this number; raises Http404 where there is none that this person may see."""
    ticket = visible_tickets(agent).select_related("team", "customer", "assignee").filter(pk=number).first()
    if ticket is None:
        raise Http404(NONE)
    return ticket


def require(agent: Agent, number: int) -> None:
    """The same for who needs no more than the number: raises Http404 where they may not see the ticket."""
    if not visible_tickets(agent).filter(pk=number).exists():
        raise Http404(NONE)


def may_see(agent: Agent, ticket: Ticket) -> bool:
    return may_work_in(agent, ticket.team)


def may_work_in(agent: Agent, team: Team) -> bool:
    return agent.is_active and (agent.is_supervisor or agent.teams.filter(pk=team.pk).exists())


def may_watch_floor(agent: Agent) -> bool:
    return agent.is_active and agent.is_supervisor


def may_subscribe(agent: Agent, topic: str) -> bool:
    """Whether this person may hear a topic: `me`, `floor`, `queue:<team id>` or `ticket:<number>`."""
    kind, _, key = topic.partition(":")
    if kind in {"me", "floor"} and not key:
        return agent.is_active if kind == "me" else may_watch_floor(agent)
    if not (key.isascii() and key.isdigit() and len(key) < 16):
        return False
    if kind == "queue":
        return agent.is_active and int(key) in teams_of(agent)
    return kind == "ticket" and visible_tickets(agent).filter(pk=int(key)).exists()


def permissions(agent: Agent, ticket: Ticket) -> list[str]:
    """What this person may do on a ticket that they can see, besides the moves of its state."""
    everyone = ["reply", "note", "assign", "move", "priority", "mood", "escalate", "spam"]
    if ticket.state in UNSETTLED:
        everyone.append("holding_update")
    if assistant.is_on():
        everyone.append("assist")
    return everyone + (["acknowledge", "extend"] if agent.is_supervisor or ticket.assignee_id == agent.pk else [])


def desk_permissions(agent: Agent) -> list[str]:
    """The rooms that this person may enter."""
    floor = ["floor", "policies"] if agent.is_supervisor else []
    return floor + (["settings"] if agent.role == Role.ADMINISTRATOR else [])


def assignable(ticket: Ticket, agent: Agent) -> bool:
    """Whether the ticket may be given to this person: they must be able to see it."""
    return may_see(agent, ticket)
