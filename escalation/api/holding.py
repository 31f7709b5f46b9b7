"""Holding updates: by when the customer hears the next news."""

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from escalation.api.serializers import HoldingUpdateSerializer
from escalation.holding import send_holding_update
from tickets.api.asking import body
from tickets.api.documenting import tells
from tickets.api.serializers.tickets import TicketSerializer
from tickets.api.views.doing import done
from tickets.events import Actor


class HoldingUpdatesView(APIView):
    @tells(TicketSerializer, takes=HoldingUpdateSerializer, conflicts=True)
    def post(self, request: Request, number: int) -> Response:
        """Write to the customer that we are still on it; the time is a promise from then on."""
        news_by = body(HoldingUpdateSerializer, request)["news_by"]
        return done(
            request,
            number,
            lambda ticket, by, now: send_holding_update(ticket, news_by, by=Actor.agent(by), now=now),
        )
