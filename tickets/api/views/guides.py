"""The guided replies for a ticket."""

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access
from tickets.api.asking import whole
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.presenting.guides import guides
from tickets.api.serializers.guides import GuidesSerializer
from tickets.errors import Invalid


class TemplatesView(APIView):
    @tells(GuidesSerializer, parameters=[OpenApiParameter("ticket", int, required=True)])
    def get(self, request: Request) -> Response:
        """Guided replies, filled in with what is known of the ticket; the three that fit best come first."""
        agent, number = agent_of(request), whole(request, "ticket")
        if number is None:
            raise Invalid({"ticket": "Say for which ticket: ?ticket=17."})
        return Response({"results": guides(access.ticket_for(agent, number), agent, timezone.now())})
