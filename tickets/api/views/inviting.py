"""Whom one works with, and inviting somebody new."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access
from tickets.actions.inviting import invite
from tickets.api.asking import body
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.presenting import people
from tickets.api.serializers.people import ColleagueSerializer, ColleaguesSerializer, InvitationSerializer
from tickets.models import Agent, Role


def colleagues(agent: Agent) -> QuerySet[Agent]:
    """Those who can see one of this person's queues: members of the same teams, and supervisors."""
    everyone = Agent.objects.filter(is_active=True).prefetch_related("teams")
    if agent.is_supervisor:
        return everyone
    seeing = Q(role__in=[Role.SUPERVISOR, Role.ADMINISTRATOR]) | Q(teams__in=access.teams_of(agent)) | Q(pk=agent.pk)
    return everyone.filter(pk__in=Agent.objects.filter(seeing).order_by().values("pk"))


class AgentsView(APIView):
    @tells(ColleaguesSerializer)
    def get(self, request: Request) -> Response:
        """Those whom one may give a ticket to, or mention."""
        now = timezone.now()
        return Response({"results": [people.colleague(one, now) for one in colleagues(agent_of(request))]})

    @tells(ColleagueSerializer, 201, takes=InvitationSerializer)
    def post(self, request: Request) -> Response:
        """Invite somebody to the desk; they choose their password by the link that is mailed. Administrators only."""
        agent, now = agent_of(request), timezone.now()
        if agent.role != Role.ADMINISTRATOR:
            raise Http404
        said = body(InvitationSerializer, request)
        invited = invite(said["name"], said["email"], said["role"], said["teams"], by=agent, now=now)
        return Response(people.colleague(invited, now), status=201)
