"""The floor, for those who may watch it; for everybody else it does not exist."""

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from escalation.api.serializers import FloorSerializer
from escalation.floor import floor
from tickets import access
from tickets.api.asking import whole
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells


class FloorView(APIView):
    @tells(FloorSerializer, parameters=[OpenApiParameter("team", int, description="Only what concerns this team.")])
    def get(self, request: Request) -> Response:
        """Everything that the floor shows."""
        if not access.may_watch_floor(agent_of(request)):
            raise Http404
        return Response(floor(timezone.now(), whole(request, "team")))
