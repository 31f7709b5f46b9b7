"""Letters: what the system writes by itself, as it may be reworded."""

from rest_framework import serializers

from tickets.api.serializers.people import TeamSerializer
from tickets.api.serializers.tickets import number

SOURCES = ["shipped", "house", "team"]
FIELDS = ["subject", "body"]


class PlaceholderSerializer(serializers.Serializer):
    name = serializers.CharField()
    meaning = serializers.CharField()
    example = serializers.CharField()
    may_be_empty = serializers.BooleanField(help_text="Then it is written with a question mark.")
    must_stand = serializers.BooleanField(help_text="Without it the letter would be useless.")


class RewordedSerializer(serializers.Serializer):
    locale = serializers.CharField()
    team = serializers.IntegerField(allow_null=True)


class LetterKindSerializer(serializers.Serializer):
    key = serializers.CharField()
    title = serializers.CharField()
    sent = serializers.CharField(help_text="When it is sent, in a sentence.")
    to_customers = serializers.BooleanField()
    has_subject = serializers.BooleanField()
    locales = serializers.ListField(child=serializers.CharField())
    placeholders = PlaceholderSerializer(many=True)
    reworded = RewordedSerializer(many=True)


class LetterKindsSerializer(serializers.Serializer):
    results = LetterKindSerializer(many=True)
    teams = TeamSerializer(many=True)


class LetterTextSerializer(serializers.Serializer):
    subject = serializers.CharField()
    body = serializers.CharField()


class LetterVersionSerializer(LetterTextSerializer):
    id = serializers.IntegerField()
    changed_by = serializers.CharField()
    changed_at = serializers.DateTimeField()
    in_force = serializers.BooleanField()


class LetterSerializer(LetterTextSerializer):
    key = serializers.CharField()
    locale = serializers.CharField()
    team = serializers.IntegerField(allow_null=True)
    source = serializers.ChoiceField(SOURCES, help_text="Whose words these are.")
    in_force = serializers.IntegerField(allow_null=True, help_text="The version of this place; null: it has none.")
    below = LetterTextSerializer(help_text="What holds where this place has no words of its own.")
    versions = LetterVersionSerializer(many=True)


class WordingSerializer(serializers.Serializer):
    """Words as they are typed; what is wrong with them is said, not cut off."""

    locale = serializers.CharField(max_length=10)
    team = number(allow_null=True, default=None)
    subject = serializers.CharField(allow_blank=True, max_length=1000, default="", trim_whitespace=False)
    body = serializers.CharField(allow_blank=True, max_length=50_000, trim_whitespace=False)


class RewriteSerializer(WordingSerializer):
    seen = number(allow_null=True, default=None)


class FaultSerializer(serializers.Serializer):
    field = serializers.ChoiceField(FIELDS)
    line = serializers.IntegerField()
    words = serializers.CharField()


class LetterPreviewSerializer(serializers.Serializer):
    subject = serializers.CharField()
    text = serializers.CharField()
    faults = FaultSerializer(many=True)
