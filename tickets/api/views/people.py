"""Whom one works with, the teams, and the counts of the left pane."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access, lists
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.presenting import people
from tickets.api.serializers.people import ColleaguesSerializer, CountsSerializer, TeamsSerializer
from tickets.models import Agent, Role, Team


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


class TeamsView(APIView):
    @tells(TeamsSerializer)
    def get(self, request: Request) -> Response:
        """All teams: a ticket may be moved to any of them."""
        return Response({"results": [people.team(one) for one in Team.objects.all()]})


class CountsView(APIView):
    @tells(CountsSerializer)
    def get(self, request: Request) -> Response:
        """What waits in each view, in each team's queue, and the mail that needs a person."""
        agent = agent_of(request)
        teams = access.teams_of(agent)
        counted = lists.view_counts(access.visible_tickets(agent), agent, timezone.now())
        troubles = lists.trouble_counts(teams)
        return Response({"views": counted, "teams": lists.team_counts(teams), "trouble": troubles})
