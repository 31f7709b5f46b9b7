"""Guided replies as the composer gets them."""

from rest_framework import serializers


class SlotSerializer(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField()
    value = serializers.CharField(allow_null=True)
    filled = serializers.BooleanField()


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


class GuidesSerializer(serializers.Serializer):
    results = GuideSerializer(many=True)
