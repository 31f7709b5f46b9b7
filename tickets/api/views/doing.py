"""What people do with a ticket, one noun each: state, assignment, team, priority, spam, a new link, reading."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access
from tickets.actions import assigning, linking, moves, reaching, reading, triage
from tickets.api.asking import body, found, moment
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.presenting.ticket import ticket_detail
from tickets.api.serializers.tickets import (
    AssignmentSerializer,
    BelieveSerializer,
    MoveSerializer,
    PriorityChangeSerializer,
    ReadSerializer,
    TeamMoveSerializer,
    TicketSerializer,
)
from tickets.errors import Invalid
from tickets.events import Actor
from tickets.live import tell_person
from tickets.models import Agent, Team, Ticket

Verb = Callable[[Ticket, Agent, datetime], object]


def done(request: Request, number: int, verb: Verb) -> Response:
    """Do it to the ticket, which this person must see; answer the ticket as it is then."""
    agent, now = agent_of(request), timezone.now()
    verb(access.ticket_for(agent, number), agent, now)
    return Response(ticket_detail(agent, number, now))


class StateView(APIView):
    @tells(TicketSerializer, takes=MoveSerializer, conflicts=True)
    def post(self, request: Request, number: int) -> Response:
        """Take the ticket to another state, one of its `allowed_moves`."""
        said = body(MoveSerializer, request)
        more: dict[str, Any] = {"reason": said["reason"], "wake_at": moment(said.get("wake_at"))}
        return done(
            request,
            number,
            lambda ticket, agent, now: moves.move(ticket, said["to"], by=Actor.agent(agent), now=now, **more),
        )


class AssignmentView(APIView):
    @tells(TicketSerializer, takes=AssignmentSerializer)
    def post(self, request: Request, number: int) -> Response:
        """Give the ticket to a person, to oneself, or (null) to nobody."""
        chosen = body(AssignmentSerializer, request)["agent"]
        agent = _agent(chosen) if chosen is not None else None
        return done(
            request, number, lambda ticket, by, now: assigning.assign(ticket, agent, by=Actor.agent(by), now=now)
        )


def _agent(pk: int) -> Agent:
    agent = Agent.objects.filter(pk=pk, is_active=True).first()
    if agent is None:
        raise Invalid({"agent": "There is no such person to give it to."})
    return agent


class TeamView(APIView):
    @tells(TicketSerializer, takes=TeamMoveSerializer)
    def post(self, request: Request, number: int) -> Response:
        """Move the ticket to another team; the answer is the last that somebody outside of that team sees of it."""
        team = Team.objects.filter(pk=body(TeamMoveSerializer, request)["team"]).first()
        if team is None:
            raise Invalid({"team": "There is no such team."})
        agent, now = agent_of(request), timezone.now()
        ticket = access.ticket_for(agent, number)
        with transaction.atomic():
            seen = ticket_detail(agent, number, now)
            assigning.move_to_team(ticket, team, by=Actor.agent(agent), now=now)
        return Response(
            ticket_detail(agent, number, now) if access.may_see(agent, _again(ticket)) else _gone(seen, team)
        )


def _again(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def _gone(seen: dict[str, Any], team: Team) -> dict[str, Any]:
    """What its mover saw, in the team where it lies now; they may do nothing more with it."""
    lies = {"id": team.pk, "name": team.name}
    return {**seen, "team": lies, "assignee": None, "allowed_moves": [], "permissions": []}


class PriorityView(APIView):
    @tells(TicketSerializer, takes=PriorityChangeSerializer)
    def post(self, request: Request, number: int) -> Response:
        """Say how urgent it is."""
        priority = body(PriorityChangeSerializer, request)["priority"]
        return done(
            request, number, lambda ticket, by, now: triage.set_priority(ticket, priority, by=Actor.agent(by), now=now)
        )


class SpamView(APIView):
    @tells(TicketSerializer, conflicts=True)
    def post(self, request: Request, number: int) -> Response:
        """Mark it as spam."""
        return done(request, number, lambda ticket, by, now: triage.mark_spam(ticket, by=Actor.agent(by), now=now))

    @tells(TicketSerializer, conflicts=True)
    def delete(self, request: Request, number: int) -> Response:
        """Take it back from spam."""
        return done(request, number, lambda ticket, by, now: triage.unmark_spam(ticket, by=Actor.agent(by), now=now))


class LinkView(APIView):
    @tells(TicketSerializer)
    def post(self, request: Request, number: int, participant: int) -> Response:
        """Make and mail a new link for this person; the old one no longer opens."""

        def renew(ticket: Ticket, by: Agent, now: datetime) -> None:
            related = ticket.participants.select_related("address__customer", "ticket")
            linking.renew_link(found(related, participant), by=Actor.agent(by), now=now)

        return done(request, number, renew)


class AddressView(APIView):
    @tells(TicketSerializer, takes=BelieveSerializer, conflicts=True)
    def post(self, request: Request, number: int, participant: int) -> Response:
        """Let mail go again to this person's address, which sent mail back, with the reason."""
        reason = body(BelieveSerializer, request)["reason"]

        def believe(ticket: Ticket, by: Agent, now: datetime) -> None:
            reaching.write_again(
                found(ticket.participants.select_related("ticket"), participant), reason, by=by, now=now
            )

        return done(request, number, believe)


class ReadView(APIView):
    @tells(status=204, takes=ReadSerializer)
    def put(self, request: Request, number: int) -> Response:
        """Remember up to which version one has read it."""
        agent, version = agent_of(request), body(ReadSerializer, request)["version"]
        ticket = access.ticket_for(agent, number)
        reading.mark_read(ticket, min(version, ticket.version), by=agent)
        tell_person(agent.pk, ticket.pk)
        return Response(status=204)
