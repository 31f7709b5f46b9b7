"""The check of a reply while it is written."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access
from tickets.actions.checking import Draft, review
from tickets.api.asking import body
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.presenting.checking import reviewed
from tickets.api.serializers.checking import ReplyCheckedSerializer, ReplyCheckSerializer


def draft_of(said: Mapping[str, Any]) -> Draft:
    """The draft that a request is about."""
    promised = [promise["due_at"] for promise in said["promises"]]
    return Draft(said["draft"], said["then"] or "", said["template"] or "", promised)


class ReplyCheckView(APIView):
    @tells(ReplyCheckedSerializer, takes=ReplyCheckSerializer)
    def post(self, request: Request) -> Response:
        """What to mend in a draft, which steps of a good answer it takes, and what of the customer it leaves open."""
        agent, said = agent_of(request), body(ReplyCheckSerializer, request)
        ticket = access.ticket_for(agent, said["ticket"])
        draft = draft_of(said)
        return Response(reviewed(draft.text, review(ticket, draft, by=agent, now=timezone.now()), ticket))
