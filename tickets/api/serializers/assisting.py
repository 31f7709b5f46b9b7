"""What is asked of the assistant, and its words with what the check finds in them."""

from rest_framework import serializers

from tickets.api.serializers.checking import LONGEST_DRAFT, DraftToCheckSerializer, ReplyCheckedSerializer
from tickets.api.serializers.drafts import template_key
from tickets.api.serializers.people import ProblemSerializer

UNAVAILABLE = {503: ProblemSerializer}


class SuggestionRequestSerializer(serializers.Serializer):
    """`template` is the outline to follow; without one it is the template that fits best."""

    template = template_key(default=None)


class SuggestionSerializer(serializers.Serializer):
    text = serializers.CharField(help_text="A draft for a person to read. What could not be known stands in braces.")
    checked = ReplyCheckedSerializer()


class RewritingRequestSerializer(DraftToCheckSerializer):
    """The draft, and which finding of its check is meant: its rule, and its `start`, in UTF-16 units."""

    rule = serializers.CharField(max_length=80)
    start = serializers.IntegerField(min_value=0, max_value=2 * LONGEST_DRAFT)


class RewritingSerializer(serializers.Serializer):
    """`text` belongs in place of `start` to `end` of the draft, in UTF-16 units; `checked` is of the draft with it."""

    text = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    checked = ReplyCheckedSerializer()
