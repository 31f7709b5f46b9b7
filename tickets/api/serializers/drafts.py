"""What is being written: files, drafts, replies under way, notes."""

from typing import Any

from rest_framework import serializers

from tickets.api.serializers.people import PersonSerializer
from tickets.states import LABELS, State

KINDS = [("reply", "Reply"), ("note", "Note")]
THEN = [
    (state.value, LABELS[state]) for state in (State.WAITING_ON_CUSTOMER, State.RESOLVED, State.ON_HOLD, State.OPEN)
]


def addresses() -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(max_length=320), max_length=50, default=list)


def numbers() -> serializers.ListField:
    child = serializers.IntegerField(min_value=1, max_value=2**53)
    return serializers.ListField(child=child, max_length=100, default=list)


def template_key(**more: Any) -> serializers.CharField:
    return serializers.CharField(max_length=70, allow_null=True, allow_blank=True, **more)


class AttachmentSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    filename = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    url = serializers.CharField()
    image = serializers.BooleanField()
    inline = serializers.BooleanField(help_text="A picture that stands in the words, not a file beside them.")


class UploadSerializer(serializers.Serializer):
    file = serializers.FileField(allow_empty_file=True, max_length=None)
    inline = serializers.BooleanField(
        default=False, help_text="Where it is a picture, it stands below the words in the mail itself."
    )


class PromisedSerializer(serializers.Serializer):
    """What a reply promises by when; `words` are those of its text that say when, so that the two stay together."""

    what = serializers.CharField(max_length=200)
    due_at = serializers.DateTimeField()
    words = serializers.CharField(max_length=100, allow_blank=True, default="")


def promised() -> serializers.ListField:
    return serializers.ListField(child=PromisedSerializer(), max_length=20, default=list)


class OverrideSerializer(serializers.Serializer):
    """Why an error that the check finds should stand."""

    rule = serializers.CharField(max_length=80)
    reason = serializers.CharField(max_length=300)


def overridden() -> serializers.ListField:
    return serializers.ListField(child=OverrideSerializer(), max_length=50, default=list)


class DraftSerializer(serializers.Serializer):
    text = serializers.CharField()
    to = serializers.ListField(child=serializers.CharField())
    cc = serializers.ListField(child=serializers.CharField())
    template = serializers.CharField(allow_null=True)
    promises = PromisedSerializer(many=True)
    overrides = OverrideSerializer(many=True)
    files = AttachmentSerializer(many=True)
    kind = serializers.ChoiceField(KINDS)
    told = serializers.CharField(help_text="Why a reply came back to its draft; empty where it did not.")
    updated_at = serializers.DateTimeField()


class DraftChangeSerializer(serializers.Serializer):
    """A draft as it is typed. Its files are those that were uploaded and not taken away: they are not repeated here."""

    text = serializers.CharField(allow_blank=True, trim_whitespace=False)
    to = addresses()
    cc = addresses()
    template = template_key(default=None)
    promises = promised()
    overrides = overridden()
    kind = serializers.ChoiceField(KINDS, default="reply")


class ReplySerializer(serializers.Serializer):
    text = serializers.CharField(trim_whitespace=False)
    seen_version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    files = numbers()
    to = addresses()
    cc = addresses()
    template = template_key(default=None)
    promises = promised()
    variant = serializers.IntegerField(min_value=0, max_value=99, allow_null=True, default=None)
    then = serializers.ChoiceField(THEN, allow_null=True, default=State.WAITING_ON_CUSTOMER.value)
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")
    wake_at = serializers.DateTimeField(required=False, allow_null=True)
    overrides = overridden()


class PendingSerializer(serializers.Serializer):
    """A reply that leaves at `release_at` unless it is undone; null: it has left."""

    id = serializers.IntegerField()
    text = serializers.CharField()
    release_at = serializers.DateTimeField(allow_null=True)
    then = serializers.ChoiceField(THEN, allow_null=True)
    by = PersonSerializer()


class NewNoteSerializer(serializers.Serializer):
    text = serializers.CharField()
    mentions = numbers()
    files = numbers()
