"""What people do about escalations and clocks: raise, acknowledge, extend."""

from datetime import datetime

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from escalation.api.serializers import ExtensionSerializer, RaiseSerializer
from escalation.models import Clock, Escalation
from tickets import access
from tickets.actions import escalating
from tickets.api.asking import body, found
from tickets.api.documenting import tells
from tickets.api.serializers.tickets import TicketSerializer
from tickets.api.views.doing import done
from tickets.errors import Invalid, NotAllowed
from tickets.events import Actor
from tickets.models import Agent, Ticket
from tickets.states import UNSETTLED

FURTHEST = 2200  # year


class EscalationsView(APIView):
    @tells(TicketSerializer, takes=RaiseSerializer)
    def post(self, request: Request, number: int) -> Response:
        """Raise it to the next level, with the reason."""
        reason = body(RaiseSerializer, request)["reason"]

        def raise_it(ticket: Ticket, by: Agent, now: datetime) -> None:
            if ticket.state not in UNSETTLED:
                raise Invalid({"state": "This ticket is settled or set aside. Open it again first."})
            escalating.escalate(ticket, min(ticket.level + 1, 3), reason, by=Actor.agent(by), now=now)

        return done(request, number, raise_it)


class AcknowledgementView(APIView):
    @tells(TicketSerializer)
    def post(self, request: Request, number: int, escalation: int) -> Response:
        """Say that one has seen it and acts on it; said twice, it is said once."""

        def acknowledge(ticket: Ticket, by: Agent, now: datetime) -> None:
            _may(by, ticket, "acknowledge", "take up an escalation")
            row: Escalation = found(Escalation.objects.filter(ticket=ticket, ended_at=None), escalation)
            if row.acknowledged_at is None:
                escalating.acknowledge(ticket, by=Actor.agent(by), now=now)

        return done(request, number, acknowledge)


class ExtensionView(APIView):
    @tells(TicketSerializer, takes=ExtensionSerializer)
    def post(self, request: Request, number: int, clock: int) -> Response:
        """Move a clock's due time to a later one, with the reason."""
        said = body(ExtensionSerializer, request)

        def extend(ticket: Ticket, by: Agent, now: datetime) -> None:
            _may(by, ticket, "extend", "extend a clock")
            row: Clock = found(Clock.objects.filter(ticket=ticket, stopped_at=None), clock)
            if said["until"].year > FURTHEST:
                raise Invalid({"until": "This time is too far away."})
            if said["until"] <= row.deadline:
                raise Invalid({"until": "Choose a time that is later than the clock's due time now."})
            actor = Actor.agent(by)
            escalating.extend(ticket, row.pk, row.label, said["until"], said["reason"], by=actor, now=now)

        return done(request, number, extend)


def _may(agent: Agent, ticket: Ticket, permission: str, what: str) -> None:
    if permission not in access.permissions(agent, ticket):
        raise NotAllowed(f"To {what}, take the ticket first, or ask a supervisor.")
