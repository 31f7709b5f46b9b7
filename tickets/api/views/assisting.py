"""The assistant's words for a reply, where one is plugged in. Nothing here is kept or sent to a customer."""

from datetime import timedelta

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access, assistant
from tickets.actions import assisting
from tickets.api.asking import body
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.presenting.checking import character, reviewed, utf16_place
from tickets.api.presenting.guides import outline
from tickets.api.serializers.assisting import (
    UNAVAILABLE,
    RewritingRequestSerializer,
    RewritingSerializer,
    SuggestionRequestSerializer,
    SuggestionSerializer,
)
from tickets.api.views.checking import draft_of
from tickets.models import Agent, Ticket
from tickets.throttles import Throttle

ASKED = Throttle("assistant", 30, timedelta(minutes=10))  # a person


def _may_ask(request: Request, number: int) -> tuple[Agent, Ticket]:
    """Who asks about which ticket. A try is counted only where there is somebody to ask."""
    agent = agent_of(request)
    ticket = access.ticket_for(agent, number)
    assistant.plugged_in()
    ASKED.take(str(agent.pk), timezone.now())
    return agent, ticket


class SuggestionView(APIView):
    @tells(SuggestionSerializer, takes=SuggestionRequestSerializer, also=UNAVAILABLE)
    def post(self, request: Request, number: int) -> Response:
        """A reply in the assistant's words, with what the check says of it. 503 where no assistant answers."""
        said, now = body(SuggestionRequestSerializer, request), timezone.now()
        agent, ticket = _may_ask(request, number)
        text, review = assisting.suggest(ticket, outline(ticket, said["template"] or "", now), by=agent, now=now)
        return Response({"text": text, "checked": reviewed(text, review, ticket)})


class RewritingView(APIView):
    @tells(RewritingSerializer, takes=RewritingRequestSerializer, conflicts=True, also=UNAVAILABLE)
    def post(self, request: Request, number: int) -> Response:
        """Other words for a passage in which the check found something. 409 where it is not there any more."""
        said, now = body(RewritingRequestSerializer, request), timezone.now()
        agent, ticket = _may_ask(request, number)
        draft = draft_of(said)
        start = character(draft.text, said["start"])
        done = assisting.rewrite(ticket, draft, said["rule"], start, by=agent, now=now)
        place = utf16_place(draft.text)
        checked = reviewed(done.draft, done.reviewed, ticket)
        return Response({"text": done.text, "start": place(done.start), "end": place(done.end), "checked": checked})
