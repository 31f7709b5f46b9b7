"""The rules of the reply check: set, written and tried by administrators."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access
from tickets.actions.rules import change_own, drop_own, set_level, tried, write_own
from tickets.api.asking import body, choice, found, whole
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.presenting.checking import finding, utf16_place
from tickets.api.presenting.rules import rules
from tickets.api.serializers.rules import (
    NewRuleSerializer,
    OwnRuleSerializer,
    RuleLevelSerializer,
    RulesSerializer,
    RuleTrialSerializer,
    RuleTriedSerializer,
    WrittenRuleSerializer,
)
from tickets.empathy.check.rulebook import rulebook
from tickets.empathy.check.trying import findings_of
from tickets.empathy.language import DEFAULT, locales
from tickets.models import OwnRule, Team

PARAMETERS = [OpenApiParameter("locale", str, description="Such as en."), OpenApiParameter("team", int)]


def _administrator(request: Request) -> None:
    """To everybody else there is no such thing."""
    if "settings" not in access.desk_permissions(agent_of(request)):
        raise Http404


def _team(number: int | None) -> Team | None:
    return None if number is None else found(Team.objects.all(), number)


class RulesView(APIView):
    @tells(RulesSerializer, parameters=PARAMETERS)
    def get(self, request: Request) -> Response:
        """Every rule of a language, the bad ones first, with its level for a team or for all."""
        _administrator(request)
        return Response(rules(choice(request, "locale", list(locales()), DEFAULT), _team(whole(request, "team"))))

    @tells(RulesSerializer, takes=RuleLevelSerializer)
    def put(self, request: Request) -> Response:
        """Set how loud a rule speaks; it holds in every process with the next check."""
        _administrator(request)
        said = body(RuleLevelSerializer, request)
        team = _team(said["team"])
        set_level(said["rule"], said["locale"], said["level"], team)
        return Response(rules(said["locale"], team))


class OwnRulesView(APIView):
    @tells(WrittenRuleSerializer, 201, takes=NewRuleSerializer)
    def post(self, request: Request) -> Response:
        """Write a rule of the house, or of a team alone. A wrong one is refused with the line and the reason."""
        _administrator(request)
        said = body(NewRuleSerializer, request)
        row = write_own(said["locale"], said["source"], _team(said["team"]))
        return Response({"own": row.pk, "id": row.rule}, status=201)


class OwnRuleView(APIView):
    @tells(WrittenRuleSerializer, takes=OwnRuleSerializer)
    def put(self, request: Request, own: int) -> Response:
        """Change a rule of the house; where it is wrong, the one before stays in force."""
        _administrator(request)
        said = body(OwnRuleSerializer, request)
        row = change_own(found(OwnRule.objects.filter(locale=said["locale"]), own), said["source"])
        return Response({"own": row.pk, "id": row.rule})

    @tells(status=204)
    def delete(self, request: Request, own: int) -> Response:
        """Take a rule of the house out."""
        _administrator(request)
        drop_own(found(OwnRule.objects.all(), own))
        return Response(status=204)


class RuleTrialView(APIView):
    @tells(RuleTriedSerializer, takes=RuleTrialSerializer)
    def post(self, request: Request) -> Response:
        """Try a rule on a draft before it is let in; nothing is kept."""
        _administrator(request)
        said = body(RuleTrialSerializer, request)
        rule = tried(said["locale"], said["source"])
        place = utf16_place(said["draft"])
        shown = [finding(one, place) for one in findings_of(rule, rulebook(said["locale"]), said["draft"])]
        return Response({"findings": shown})
