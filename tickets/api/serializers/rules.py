"""The rules of the reply check, for those who set the house."""

from rest_framework import serializers

from tickets.api.serializers.checking import FindingSerializer
from tickets.empathy.check.findings import LEVELS
from tickets.models.rules import LOUDNESS


class RuleSerializer(serializers.Serializer):
    """A rule with how it does. `level` is as it speaks to the team that was asked for; counts are per rule alone."""

    id = serializers.CharField()
    principle = serializers.CharField()
    level = serializers.ChoiceField(LOUDNESS)
    said = serializers.ChoiceField(LOUDNESS, allow_blank=True, help_text="What was set here; empty: nothing was.")
    otherwise = serializers.ChoiceField(LOUDNESS, help_text="How it speaks here where nothing is set here.")
    shipped_level = serializers.ChoiceField(LEVELS)
    message = serializers.CharField()
    suggestion = serializers.CharField()
    triggers = serializers.ListField(child=serializers.CharField())
    passes = serializers.ListField(child=serializers.CharField())
    found = serializers.IntegerField(help_text="In how many replies that were sent it spoke.")
    overridden = serializers.IntegerField(help_text="How many of these were sent with a reason against it.")
    bad = serializers.BooleanField(help_text="Overruled in more than 30 % of at least five replies.")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="The last three.")
    own = serializers.IntegerField(allow_null=True, help_text="The number of a rule of the house.")
    source = serializers.CharField(allow_null=True)
    team = serializers.CharField(allow_null=True, help_text="The team to which alone it speaks.")


class UnreadRuleSerializer(serializers.Serializer):
    """A rule of the house that this version cannot read any more; it stays silent until it is changed."""

    own = serializers.IntegerField()
    id = serializers.CharField()
    source = serializers.CharField()
    team = serializers.CharField(allow_null=True, help_text="The team whose own it is.")
    reason = serializers.CharField()


class RulesSerializer(serializers.Serializer):
    results = RuleSerializer(many=True)
    unread = UnreadRuleSerializer(many=True)
    locales = serializers.ListField(child=serializers.CharField(), help_text="The languages that have rules.")
    sent = serializers.IntegerField(help_text="Replies that were sent.")


class RuleLevelSerializer(serializers.Serializer):
    """How loud a rule speaks, to a team or to all; an empty level goes back to what else holds."""

    locale = serializers.CharField(max_length=10)
    rule = serializers.CharField(max_length=80)
    level = serializers.ChoiceField(LOUDNESS, allow_blank=True)
    team = serializers.IntegerField(min_value=1, max_value=2**53, allow_null=True, default=None)


class OwnRuleSerializer(serializers.Serializer):
    """A rule of the house, in the shape of a rule file (YAML)."""

    locale = serializers.CharField(max_length=10)
    source = serializers.CharField(max_length=20_000, trim_whitespace=False)


class NewRuleSerializer(OwnRuleSerializer):
    """A new rule, of the house or of one team alone."""

    team = serializers.IntegerField(min_value=1, max_value=2**53, allow_null=True, default=None)


class WrittenRuleSerializer(serializers.Serializer):
    own = serializers.IntegerField()
    id = serializers.CharField()


class RuleTrialSerializer(OwnRuleSerializer):
    draft = serializers.CharField(max_length=20_000, allow_blank=True, trim_whitespace=False)


class RuleTriedSerializer(serializers.Serializer):
    """What the rule finds in the draft; places count UTF-16 units."""

    findings = FindingSerializer(many=True)
