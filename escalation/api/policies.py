"""Targets and ladders on a screen: supervisors read them, administrators change them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from escalation.api.serializers import PoliciesChangeSerializer, PoliciesSerializer
from escalation.calendars import NoWorkingTime, due
from escalation.models import Ladder, LadderLevel, SlaPolicy, WorkCalendar
from tickets import access
from tickets.api.asking import body
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.errors import Invalid, NotAllowed
from tickets.models import Agent

TARGETS = ["first_response", "next_response", "resolution"]
SETTINGS = [*TARGETS, "warn_before_percent", "pause_at_most", "ask_again_after"]
STEP = ["level", "to", "agent_id", "acknowledge_within"]


class PoliciesView(APIView):
    @tells(PoliciesSerializer)
    def get(self, request: Request) -> Response:
        """Every team's policies, and the calendars to choose from."""
        _check_reader(request)
        return Response(policies())

    @tells(PoliciesSerializer, takes=PoliciesChangeSerializer)
    def put(self, request: Request) -> Response:
        """Change the policies that are named, all or none; clocks that run keep the targets that they began with."""
        if "settings" not in access.desk_permissions(_check_reader(request)):
            raise NotAllowed("Only an administrator changes targets.")
        change_all(body(PoliciesChangeSerializer, request)["results"], timezone.now())
        return Response(policies())


def _check_reader(request: Request) -> Agent:
    agent = agent_of(request)
    if "policies" not in access.desk_permissions(agent):
        raise Http404
    return agent


def policies() -> dict[str, Any]:
    """Three queries, however many there are."""
    known = SlaPolicy.objects.select_related("team", "calendar").prefetch_related("ladder__levels")
    return {
        "results": [_policy(policy) for policy in known],
        "calendars": list(WorkCalendar.objects.values("id", "name", "time_zone")),
    }


def _policy(policy: SlaPolicy) -> dict[str, Any]:
    return {
        "id": policy.pk,
        "team": {"id": policy.team_id, "name": policy.team.name},
        "priority": policy.priority,
        "calendar": {"id": policy.calendar_id, "name": policy.calendar.name},
        **{name: getattr(policy, name) for name in SETTINGS},
        "ladder": [
            {"level": step.level, "to": step.to, "agent": step.agent_id, "acknowledge_within": step.acknowledge_within}
            for step in policy.ladder.levels.all()
        ],
    }


@transaction.atomic
def change_all(changes: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Raises Invalid with a sentence for the first field that does not fit; then nothing is changed."""
    for place, change in enumerate(changes):
        try:
            _change(change, now)
        except Invalid as error:
            raise Invalid({f"results.{place}.{name}": words for name, words in error.fields.items()}) from error


def _change(change: Mapping[str, Any], now: datetime) -> None:
    policy = SlaPolicy.objects.select_related("ladder", "team").filter(pk=change["id"]).first()
    calendar = WorkCalendar.objects.filter(pk=change["calendar"]).first()
    if policy is None:
        raise Invalid({"id": "There is no such policy any more."})
    if calendar is None:
        raise Invalid({"calendar": "There is no such calendar any more; choose another."})
    for name in TARGETS:
        _check_reachable(name, change[name], calendar, now)
    policy.calendar = calendar
    for name in SETTINGS:
        setattr(policy, name, change[name])
    policy.ladder = _ladder(policy, change["ladder"])
    policy.save()


def _check_reachable(name: str, seconds: int, calendar: WorkCalendar, now: datetime) -> None:
    try:
        due(now, seconds, calendar.hours)
    except NoWorkingTime as error:
        raise Invalid({name: f"The calendar “{calendar}” has too little working time for this target."}) from error


def _ladder(policy: SlaPolicy, steps: Sequence[Mapping[str, Any]]) -> Ladder:
    """The policy's ladder with these steps; one that other policies climb too stays theirs, and this one gets its own."""
    wanted = sorted((step["level"], step["to"], step["agent"], step["acknowledge_within"]) for step in steps)
    if [level for level, *_ in wanted] != list(range(1, len(wanted) + 1)):
        raise Invalid({"ladder": "The levels of a ladder are 1, then 2, then 3, each once."})
    for _, to, agent, _ in wanted:
        _check_step(to, agent)
    if wanted == list(policy.ladder.levels.values_list(*STEP)):
        return policy.ladder
    ladder = policy.ladder
    if ladder.policies.exclude(pk=policy.pk).exists():
        ladder = Ladder.objects.create(name=f"{policy.team} {policy.pk}"[:80], repeat_at_most=ladder.repeat_at_most)
    ladder.levels.all().delete()
    LadderLevel.objects.bulk_create(LadderLevel(ladder=ladder, **dict(zip(STEP, step, strict=True))) for step in wanted)
    return ladder


def _check_step(to: str, agent: int | None) -> None:
    if (to == LadderLevel.To.AGENT) != (agent is not None):
        raise Invalid({"ladder": "A level that calls one person names them; any other level names nobody."})
    if agent is not None and not Agent.objects.filter(pk=agent, is_active=True).exists():
        raise Invalid({"ladder": "There is no such person to call."})
