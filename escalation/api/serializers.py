"""The shapes that time and recovery speak."""

from rest_framework import serializers

from escalation.models import LONGEST, LadderLevel
from tickets.api.serializers.people import PersonSerializer
from tickets.api.serializers.tickets import NamedSerializer, PublicRowSerializer, TicketEscalationSerializer
from tickets.models import Agent, Priority


def seconds(least: int = 1) -> serializers.IntegerField:
    """A length of time in seconds, of a year at most."""
    days = LONGEST // 86400
    return serializers.IntegerField(
        min_value=least,
        max_value=LONGEST,
        error_messages={
            "min_value": f"This must be at least {least} second{'s' if least != 1 else ''}.",
            "max_value": f"This can be {LONGEST:,} seconds ({days} days) at most.",
            "invalid": "This must be a whole number of seconds.",
        },
    )


class RaiseSerializer(serializers.Serializer):
    reason = serializers.CharField(
        max_length=300, error_messages={"blank": "Say why, in a few words, for the one who will take it up."}
    )


class ExtensionSerializer(serializers.Serializer):
    until = serializers.DateTimeField()
    reason = serializers.CharField(max_length=300, error_messages={"blank": "Say why it needs longer."})


class PromiseEndSerializer(serializers.Serializer):
    """`reason` is asked for where a promise is taken back, and may say what was done where it was kept."""

    to = serializers.ChoiceField(["kept", "withdrawn"])
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class PromiseTimeSerializer(serializers.Serializer):
    label = serializers.CharField()
    at = serializers.DateTimeField()
    words = serializers.CharField(help_text="As it stands in a letter: by Tuesday 1 December, 17:00.")
    remark = serializers.CharField(help_text="Why it is no good choice; empty where it is one.")


class PromiseTimesSerializer(serializers.Serializer):
    time_zone = serializers.CharField()
    results = PromiseTimeSerializer(many=True)
    chosen = PromiseTimeSerializer(allow_null=True)


class LevelSerializer(serializers.Serializer):
    level = serializers.IntegerField(min_value=1, max_value=3)
    to = serializers.ChoiceField(LadderLevel.To.choices)
    agent = serializers.IntegerField(min_value=1, max_value=2**53, allow_null=True, default=None)
    acknowledge_within = seconds()


class TargetsSerializer(serializers.Serializer):
    """What may be changed of a policy; its team and priority stay."""

    id = serializers.IntegerField(min_value=1, max_value=2**53)
    calendar = serializers.IntegerField(min_value=1, max_value=2**53)
    first_response = seconds()
    next_response = seconds()
    resolution = seconds()
    warn_before_percent = serializers.IntegerField(min_value=1, max_value=99)
    pause_at_most = seconds(least=0)
    ask_again_after = seconds()
    ladder = serializers.ListField(child=LevelSerializer(), min_length=1, max_length=3)


class PoliciesChangeSerializer(serializers.Serializer):
    results = serializers.ListField(child=TargetsSerializer(), max_length=200)


class CalendarSerializer(NamedSerializer):
    time_zone = serializers.CharField()


class PolicySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    team = NamedSerializer()
    priority = serializers.ChoiceField([("", "Every priority"), *Priority.choices])
    calendar = NamedSerializer()
    first_response = serializers.IntegerField()
    next_response = serializers.IntegerField()
    resolution = serializers.IntegerField()
    warn_before_percent = serializers.IntegerField()
    pause_at_most = serializers.IntegerField()
    ask_again_after = serializers.IntegerField()
    ladder = LevelSerializer(many=True)


class PoliciesSerializer(serializers.Serializer):
    results = PolicySerializer(many=True)
    calendars = CalendarSerializer(many=True)


class TileSerializer(serializers.Serializer):
    """`value` is a count or a mean; null: there is nothing to take a mean of."""

    key = serializers.CharField()
    label = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    of = serializers.IntegerField(allow_null=True)
    detail = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    level = serializers.ChoiceField(["calm", "strained", "broken"])


class FloorClockSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    label = serializers.CharField()
    due_at = serializers.DateTimeField()


class RiskySerializer(PublicRowSerializer):
    escalation = TicketEscalationSerializer(allow_null=True)
    clocks = FloorClockSerializer(many=True)


class ArrivalSerializer(serializers.Serializer):
    count = serializers.IntegerField()

    def get_fields(self) -> dict[str, serializers.Field]:
        """`from` is no name that Python lets one write."""
        return {"from": serializers.DateTimeField(), **super().get_fields()}


class FloorTeamSerializer(NamedSerializer):
    open = serializers.IntegerField()
    waiting_for_us = serializers.IntegerField()
    unhappy = serializers.IntegerField()
    lonely = serializers.IntegerField(help_text="Unhappy, and nobody has them.")
    unassigned = serializers.IntegerField()
    at_risk = serializers.IntegerField()
    late = serializers.IntegerField()
    oldest_waiting_since = serializers.DateTimeField(allow_null=True)
    oldest_unassigned_since = serializers.DateTimeField(allow_null=True)
    longest_due_at = serializers.DateTimeField(allow_null=True)
    next_due_at = serializers.DateTimeField(allow_null=True)
    arrivals = ArrivalSerializer(many=True)


class AheadSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    warn_at = serializers.DateTimeField(allow_null=True)
    label = serializers.CharField()
    number = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()


class HappeningSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    kind = serializers.CharField()
    by = serializers.CharField()
    words = serializers.CharField()
    customer = serializers.CharField()
    number = serializers.IntegerField()
    version = serializers.IntegerField()


class ToldSerializer(HappeningSerializer):
    quote = serializers.CharField()


class FloorAgentSerializer(PersonSerializer):
    status = serializers.ChoiceField(Agent.Status.choices)
    here = serializers.BooleanField()
    load = serializers.IntegerField()
    unhappy = serializers.IntegerField()
    last = HappeningSerializer(allow_null=True)
    oldest_waiting_since = serializers.DateTimeField(allow_null=True)
    last_seen_at = serializers.DateTimeField(allow_null=True)


class FloorSerializer(serializers.Serializer):
    now = serializers.DateTimeField()
    tiles = TileSerializer(many=True)
    riskiest = RiskySerializer(many=True)
    teams = FloorTeamSerializer(many=True)
    ahead = AheadSerializer(many=True)
    agents = FloorAgentSerializer(many=True)
    stream = ToldSerializer(many=True)


class HoldingUpdateSerializer(serializers.Serializer):
    news_by = serializers.DateTimeField(help_text="By when they hear the next news; it becomes a promise.")
