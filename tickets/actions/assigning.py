"""Whose ticket it is: an agent's, a team's."""

from datetime import datetime

from django.db import transaction

from tickets import access
from tickets.actions.beats import act_as_ours, lock
from tickets.errors import Invalid
from tickets.events import Actor, record
from tickets.models import Agent, Team, Ticket, TicketEvent


@transaction.atomic
def assign(ticket: Ticket, agent: Agent | None, *, by: Actor, now: datetime) -> TicketEvent | None:
    """Give the ticket to an agent, or to nobody. None where it is theirs already. Raises Invalid if they cannot see it."""
    ticket = lock(ticket)
    if ticket.assignee == agent:
        return None
    if agent and not access.assignable(ticket, agent):
        raise Invalid(
            {"agent": f"{agent.name} does not work in {ticket.team.name}, so they could not see this ticket."}
        )
    ticket.assignee = agent
    if by.kind == "agent":
        act_as_ours(ticket)
    took = bool(agent and by.kind == "agent" and by.id == agent.pk)
    given = {"agent": agent.pk, "name": agent.name} if agent else {"agent": None, "name": ""}
    return record(ticket, "assigned", by=by, at=now, took=took, **given)


def take(ticket: Ticket, *, by: Agent, now: datetime) -> TicketEvent | None:
    """Make it one's own."""
    return assign(ticket, by, by=Actor.agent(by), now=now)


@transaction.atomic
def move_to_team(ticket: Ticket, team: Team, *, by: Actor, now: datetime) -> TicketEvent | None:
    """Move the ticket to another team's queue; an assignee who cannot see it there lets go of it."""
    ticket = lock(ticket)
    if ticket.team == team:
        return None
    was, ticket.team = ticket.team, team
    if ticket.assignee and not access.assignable(ticket, ticket.assignee):
        ticket.assignee = None
    moved = {"from": was.name, "to": team.name, "from_team": was.pk, "to_team": team.pk}
    return record(ticket, "moved", by=by, at=now, **moved)
