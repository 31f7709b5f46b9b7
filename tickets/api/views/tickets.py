"""The lists, a ticket, its timeline, and opening one for somebody who rang."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access, lists, search
from tickets.actions.opening import open_for_customer
from tickets.actions.triage import rename
from tickets.api.asking import body, choice, idempotency_key, whole, word
from tickets.api.authentication import agent_of
from tickets.api.documenting import KEY, tells
from tickets.api.pagination import Order, page
from tickets.api.presenting.ticket import ticket_detail
from tickets.api.presenting.timeline import timeline
from tickets.api.serializers.checking import UNMENDED
from tickets.api.serializers.tickets import (
    NewTicketSerializer,
    RowSerializer,
    RowsSerializer,
    SubjectSerializer,
    TicketSerializer,
)
from tickets.api.serializers.timeline import TimelineSerializer
from tickets.errors import Invalid
from tickets.events import Actor
from tickets.models import Agent, Receipt, Team, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.states import State

ORDERS = {
    "updated": Order("updated", "updated_at"),
    "waiting": Order("waiting", "waiting_since", oldest_first=True),
    "clock": Order("clock", "next_due_at", oldest_first=True),
}
LONGEST_SEARCH = 500  # characters
FILTERS = [
    OpenApiParameter("view", str, description="A standard view, as in the counts."),
    OpenApiParameter("team", int),
    OpenApiParameter("state", str, enum=[state.value for state in State]),
    OpenApiParameter("assignee", str, description="The id of a person, `me` or `none`."),
    OpenApiParameter("q", str, description="Words to find; the last one may be the beginning of a word."),
    OpenApiParameter("sort", str, enum=list(ORDERS), description="Newest update first, longest waiting, next clock."),
    OpenApiParameter("cursor", str, description="`next` of the page before."),
]


def rows_of(ids: list[int], agent: Agent) -> list[dict[str, Any]]:
    """The rows of these tickets, in this order."""
    found = {row["number"]: row for row in lists.rows(Ticket.objects.filter(pk__in=ids).order_by())}
    return lists.add_personal([found[pk] for pk in ids if pk in found], agent)


def asked_for(request: Request, agent: Agent) -> TicketQuerySet:
    """The tickets that the query describes, of those that this person sees; raises Invalid."""
    tickets = access.visible_tickets(agent)
    if (team := whole(request, "team")) is not None:
        tickets = tickets.filter(team=team)
    if state := choice(request, "state", [state.value for state in State]):
        tickets = tickets.filter(state=state)
    if assignee := word(request, "assignee"):
        tickets = _assigned(tickets, assignee, agent, request)
    if view := word(request, "view"):
        tickets = _in_view(tickets, view, agent)
    if words := word(request, "q")[:LONGEST_SEARCH]:
        tickets = search.matching(tickets, words)
    return tickets


def _assigned(tickets: TicketQuerySet, assignee: str, agent: Agent, request: Request) -> TicketQuerySet:
    if assignee == "none":
        return tickets.filter(assignee=None)
    return tickets.filter(assignee=agent.pk if assignee == "me" else whole(request, "assignee"))


def _in_view(tickets: TicketQuerySet, view: str, agent: Agent) -> TicketQuerySet:
    try:
        return lists.in_view(tickets, view, agent, timezone.now())
    except KeyError:
        raise Invalid({"view": "There is no such view."}) from None


class TicketsView(APIView):
    @tells(RowsSerializer, parameters=FILTERS, operation_id="tickets_list")
    def get(self, request: Request) -> Response:
        """A page of the list: 50 rows."""
        agent = agent_of(request)
        order = ORDERS[choice(request, "sort", list(ORDERS), "updated")]
        ids, following = page(asked_for(request, agent), order, word(request, "cursor") or None)
        return Response({"results": rows_of(ids, agent), "next": following})

    @tells(RowSerializer, 201, takes=NewTicketSerializer, also=UNMENDED, parameters=[KEY])
    def post(self, request: Request) -> Response:
        """Open a ticket for a customer: the text is our first message to them, or a note of what they said.

        Answers its row in the lists; the whole of it is at Location (RFC 9110 §15.3.2).
        """
        agent, said, now = agent_of(request), body(NewTicketSerializer, request), timezone.now()
        ticket = _open(agent, said, idempotency_key(request) or uuid4().hex, now)
        return Response(rows_of([ticket], agent)[0], status=201, headers={"Location": f"/api/tickets/{ticket}/"})


def _open(agent: Agent, said: dict[str, Any], key: str, now: datetime) -> int:
    """The number of the ticket that this key opened before, else of a new one."""
    scope = f"open:{agent.pk}"
    try:
        with transaction.atomic():
            if seen := Receipt.objects.filter(scope=scope, key=key).first():
                return seen.ticket_id
            ticket = open_for_customer(
                name=said["customer"]["name"],
                email=said["customer"]["email"],
                subject=said["subject"],
                text=said["text"],
                team=_team(agent, said.get("team")),
                by=agent,
                now=now,
                key=f"open:{key}"[:100],
                as_note=said["as_note"],
                overrides={override["rule"]: override["reason"] for override in said["overrides"]},
            )
            Receipt.objects.create(scope=scope, key=key, ticket=ticket, created_at=now)
            return int(ticket.pk)
    except IntegrityError:  # the same request came twice at the same moment
        return Receipt.objects.get(scope=scope, key=key).ticket_id


def _team(agent: Agent, team: int | None) -> Team:
    """The named team, if there is one, else the first of one's own; whether they may work in it, the verb asks."""
    teams = Team.objects.filter(pk=team) if team else Team.objects.filter(pk__in=access.teams_of(agent))
    found = teams.first()
    if found is None:
        raise Invalid({"team": "You can open a ticket in the teams that you work in."})
    return found


class TicketView(APIView):
    @tells(TicketSerializer)
    def get(self, request: Request, number: int) -> Response:
        """A ticket, with all that its page needs but the timeline."""
        return Response(ticket_detail(agent_of(request), number, timezone.now()))

    @tells(TicketSerializer, takes=SubjectSerializer)
    def patch(self, request: Request, number: int) -> Response:
        """Change its subject."""
        agent, said, now = agent_of(request), body(SubjectSerializer, request), timezone.now()
        rename(access.ticket_for(agent, number), said["subject"], by=Actor.agent(agent), now=now)
        return Response(ticket_detail(agent, number, now))


class TimelineView(APIView):
    @tells(TimelineSerializer, parameters=[OpenApiParameter("before", str, description="`next` of the page before.")])
    def get(self, request: Request, number: int) -> Response:
        """The 100 newest entries, oldest first; earlier ones by `before`."""
        access.require(agent_of(request), number)
        return Response(timeline(number, whole(request, "before")))
