"""The entries of a ticket's timeline, told apart by `kind`."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from tickets.api.serializers.drafts import AttachmentSerializer
from tickets.api.serializers.hearing import SignalSerializer
from tickets.api.serializers.people import PersonSerializer, ProblemSerializer
from tickets.api.serializers.tickets import STATES, MoodSerializer
from tickets.models import Channel

SPEAKERS = ["customer", "agent", "system", "rule", "clock"]
DELIVERY_STATES = ["queued", "sent", "delayed", "failed", "bounced", "uncertain"]
DELIVERY_ACTS = ["send_again", "arrived"]


class SpeakerSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(SPEAKERS)
    name = serializers.CharField()
    initials = serializers.CharField()
    id = serializers.IntegerField(allow_null=True)


class ReasonSerializer(serializers.Serializer):
    """Words of the message that say how it sounds; places count characters of `text`."""

    text = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class MessageMoodSerializer(MoodSerializer):
    reasons = ReasonSerializer(many=True)


class HeardSerializer(ReasonSerializer):
    kind = serializers.CharField()


class DeliverySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    recipient = serializers.CharField()
    state = serializers.ChoiceField(DELIVERY_STATES)
    answer = serializers.CharField(help_text="What the other server said last, or what we know instead.")
    at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True, help_text="When a delayed mail is tried again by itself.")
    acts = serializers.ListField(child=serializers.ChoiceField(DELIVERY_ACTS), help_text="What a person may say now.")


class StandsSerializer(serializers.Serializer):
    """An error that the check found in a reply of ours, and why it was sent so."""

    rule = serializers.CharField()
    message = serializers.CharField()
    reason = serializers.CharField()


class MessageEntrySerializer(serializers.Serializer):
    kind = serializers.ChoiceField(["message"])
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = SpeakerSerializer()
    channel = serializers.ChoiceField(Channel.choices)
    text = serializers.CharField()
    html = serializers.BooleanField()
    quoted = serializers.BooleanField()
    full_text = serializers.CharField(allow_null=True)
    attachments = AttachmentSerializer(many=True)
    mood = MessageMoodSerializer(allow_null=True)
    heard = HeardSerializer(many=True)
    signals = SignalSerializer(many=True)
    misheard = serializers.IntegerField(help_text="How much of what was heard a person took out.")
    deliveries = DeliverySerializer(many=True)
    raw = serializers.CharField(allow_null=True)
    warning = serializers.CharField(allow_null=True)
    seal = serializers.ChoiceField(["signed", "encrypted"], allow_null=True)
    automatic = serializers.BooleanField()
    to = serializers.ListField(child=serializers.CharField())
    cc = serializers.ListField(child=serializers.CharField())
    overrides = StandsSerializer(many=True)


class NoteEntrySerializer(serializers.Serializer):
    kind = serializers.ChoiceField(["note"])
    id = serializers.IntegerField()
    version = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = SpeakerSerializer()
    text = serializers.CharField()
    mentions = PersonSerializer(many=True)
    attachments = AttachmentSerializer(many=True)


class EventEntrySerializer(serializers.Serializer):
    kind = serializers.ChoiceField(["event"])
    version = serializers.IntegerField()
    at = serializers.DateTimeField()
    event = serializers.CharField()
    by = SpeakerSerializer()
    words = serializers.CharField()
    quote = serializers.CharField(help_text="What the customer said with it; mostly nothing.")
    delivery = DeliverySerializer(allow_null=True, help_text="A mail in trouble that belongs to no message.")


Shape = type[serializers.Serializer[Any]] | serializers.Serializer[Any]
KINDS: dict[str, Shape] = {
    "message": MessageEntrySerializer,
    "note": NoteEntrySerializer,
    "event": EventEntrySerializer,
}
ENTRIES = PolymorphicProxySerializer("Entry", serializers=KINDS, resource_type_field_name="kind", many=True)


@extend_schema_field(ENTRIES)
class EntriesField(serializers.ListField):
    """Entries of any kind."""


class TimelineSerializer(serializers.Serializer):
    results = EntriesField()
    next = serializers.CharField(allow_null=True)


class ConflictSerializer(ProblemSerializer):
    """A 409: what was said since (`version`, `since`), or where the ticket can go (`allowed_moves`)."""

    version = serializers.IntegerField(required=False)
    since = EntriesField(required=False)
    allowed_moves = serializers.ListField(child=serializers.ChoiceField(STATES), required=False)
