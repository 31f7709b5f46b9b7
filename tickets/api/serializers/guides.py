"""Guided replies as the composer gets them."""

from rest_framework import serializers

from tickets.empathy.slots import KINDS


class SlotSerializer(serializers.Serializer):
    """A place to fill: `kind` opens its picker, `choices` are what there is to choose from."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    label = serializers.CharField()
    hint = serializers.CharField()
    value = serializers.CharField(allow_null=True)
    filled = serializers.BooleanField()
    choices = serializers.ListField(child=serializers.CharField())


class GuideSerializer(serializers.Serializer):
    """A guided reply; `{slots}` of `text` that nobody has filled stand in it as they are."""

    key = serializers.CharField()
    title = serializers.CharField()
    situation = serializers.CharField()
    stage = serializers.CharField()
    text = serializers.CharField()
    slots = SlotSerializer(many=True)
    variant = serializers.IntegerField()
    variants = serializers.IntegerField()
    guards = serializers.ListField(child=serializers.CharField())
    suggested = serializers.BooleanField()
    why = serializers.CharField()
    said_before = serializers.BooleanField(help_text="This customer has read every variant, and this one before.")


class GuidesSerializer(serializers.Serializer):
    results = GuideSerializer(many=True)
