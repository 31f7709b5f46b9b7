"""The teams, and the counts of the left pane."""

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access, counts
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.presenting import people
from tickets.api.serializers.people import CountsSerializer, TeamsSerializer
from tickets.models import Team


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
        now, queues = timezone.now(), counts.queues(teams)
        shown = {
            "views": counts.in_views(queues, agent, now),
            "teams": [people.queue(one) for one in queues],
            "trouble": counts.troubles(agent, teams, now),
        }
        return Response(shown)
