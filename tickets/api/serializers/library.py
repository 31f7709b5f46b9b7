"""The library of guided replies: texts, versions, figures."""

from rest_framework import serializers

from tickets.empathy.slots import KINDS
from tickets.empathy.template_check import LONGEST_TITLE, LONGEST_VARIANT, MOST_LINES, MOST_VARIANTS
from tickets.empathy.templates import HIGHEST_LEVEL, STAGES
from tickets.models import TemplateVersion

LONGEST_LINE = 300  # characters


def lines(most: int, longest: int) -> serializers.ListField:
    child = serializers.CharField(max_length=longest, trim_whitespace=True)
    return serializers.ListField(child=child, max_length=most)


class TemplateContentSerializer(serializers.Serializer):
    """What a version keeps. `slots` must be filled; `remedies` are what may be offered; `variants` hold {slots}."""

    title = serializers.CharField(max_length=LONGEST_TITLE)
    situation = serializers.RegexField(r"^[a-z0-9_]{1,80}$")
    stage = serializers.ChoiceField([(stage, stage.replace("_", " ").capitalize()) for stage in STAGES])
    level = serializers.IntegerField(min_value=0, max_value=HIGHEST_LEVEL)
    slots = lines(30, 40)
    guards = lines(MOST_LINES, LONGEST_LINE)
    remedies = lines(MOST_LINES, LONGEST_LINE)
    variants = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_VARIANT, allow_blank=True), max_length=MOST_VARIANTS
    )


class TemplateTeamSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class TemplateCardSerializer(serializers.Serializer):
    """`offered` is a newer version that came with Kintsugi and waits; null: there is none."""

    id = serializers.IntegerField()
    key = serializers.CharField()
    locale = serializers.CharField()
    team = TemplateTeamSerializer(allow_null=True)
    title = serializers.CharField()
    situation = serializers.CharField()
    stage = serializers.CharField()
    level = serializers.IntegerField()
    is_active = serializers.BooleanField()
    version = serializers.IntegerField()
    offered = serializers.IntegerField(allow_null=True)


class TemplateFiguresSerializer(serializers.Serializer):
    """`at_least` (0 to 1) is the share of good endings that is to be expected 95 times in 100; null: nobody knows yet.

    `rating` (1 to 5) is the mean of the `rated` uses after which the customer rated us.
    """

    used = serializers.IntegerField()
    well = serializers.IntegerField()
    badly = serializers.IntegerField()
    rated = serializers.IntegerField()
    rating = serializers.FloatField(allow_null=True)
    changed = serializers.FloatField(allow_null=True)
    at_least = serializers.FloatField(allow_null=True)


class CountedTemplateSerializer(TemplateCardSerializer):
    figures = TemplateFiguresSerializer()


class SlotKindSerializer(serializers.Serializer):
    name = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    label = serializers.CharField()
    hint = serializers.CharField()


class TemplateLibrarySerializer(serializers.Serializer):
    results = CountedTemplateSerializer(many=True)
    stages = serializers.ListField(child=serializers.CharField())
    locales = serializers.ListField(child=serializers.CharField())
    slots = SlotKindSerializer(many=True)


class TemplateVersionSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    origin = serializers.ChoiceField(TemplateVersion.Origin.choices)
    restored_from = serializers.IntegerField(allow_null=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()


class FormerTemplateSerializer(TemplateVersionSerializer):
    content = TemplateContentSerializer()


class WholeTemplateSerializer(TemplateCardSerializer):
    content = TemplateContentSerializer()
    versions = TemplateVersionSerializer(many=True)


class NewTemplateSerializer(TemplateContentSerializer):
    key = serializers.SlugField(max_length=70)
    locale = serializers.CharField(max_length=10)
    team = serializers.IntegerField(min_value=1, allow_null=True, default=None)


class EditedTemplateSerializer(TemplateContentSerializer):
    seen_version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)


class RestorationSerializer(serializers.Serializer):
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    seen_version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)


class TemplateActivitySerializer(serializers.Serializer):
    is_active = serializers.BooleanField()


class TriedVariantSerializer(serializers.Serializer):
    text = serializers.CharField()
    words = serializers.IntegerField()
    grade = serializers.FloatField(allow_null=True)


class TemplateProblemSerializer(serializers.Serializer):
    field = serializers.CharField()
    line = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField()


class TriedTemplateSerializer(serializers.Serializer):
    variants = TriedVariantSerializer(many=True)
    problems = TemplateProblemSerializer(many=True)
