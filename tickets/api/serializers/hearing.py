"""How a customer was heard, and what people say of it."""

from rest_framework import serializers

from tickets.empathy.signals import SIGNALS
from tickets.models import MoodCorrection


class SignalKindSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(SIGNALS)
    label = serializers.CharField(help_text="What it says of the customer, such as: asks for somebody in charge.")


class SignalKindsSerializer(serializers.Serializer):
    results = SignalKindSerializer(many=True)


class SignalSerializer(SignalKindSerializer):
    """What calls for somebody special, in the customer's own words."""

    text = serializers.CharField(help_text="The words that say so; empty where a person added what was missed.")


class MoodChangeSerializer(serializers.Serializer):
    mood = serializers.ChoiceField(MoodCorrection.Label.choices)


class MisheardSerializer(serializers.Serializer):
    """What was heard and not said: a signal, or a question, fact or wish with its text."""

    kind = serializers.CharField(max_length=40)
    text = serializers.CharField(max_length=20_000, allow_blank=True, default="", trim_whitespace=False)


class MissedSerializer(serializers.Serializer):
    """A signal that a person heard and we missed."""

    kind = serializers.ChoiceField(SIGNALS)
