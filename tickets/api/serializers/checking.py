"""The check of a reply: what is asked, and what the guide beside the text shows."""

from rest_framework import serializers

from tickets.api.serializers.drafts import THEN, promised, template_key
from tickets.api.serializers.people import ProblemSerializer
from tickets.empathy.check.findings import LEVELS
from tickets.lists import STEPS

LONGEST_DRAFT = 100_000  # characters


class DraftToCheckSerializer(serializers.Serializer):
    """A draft as it stands; `then` is what should follow it, as in a reply."""

    draft = serializers.CharField(max_length=LONGEST_DRAFT, allow_blank=True, trim_whitespace=False)
    promises = promised()
    template = template_key(default=None)
    then = serializers.ChoiceField(THEN, allow_null=True, default=None)


class ReplyCheckSerializer(DraftToCheckSerializer):
    ticket = serializers.IntegerField(min_value=1, max_value=2**53)


class FindingSerializer(serializers.Serializer):
    """`start` and `end` count UTF-16 units of the draft, end excluded, as JavaScript's strings do, so that an emoji
    before them moves nothing; both are null where something is missing rather than wrong.

    `suggestion` shows how it could be said. Each of `offers` may be put as it is in place of what stands from
    `offers_start` to `offers_end`, in the same units: nothing stands there where words are to be added, and empty words
    leave out what does. What stands in braces in an offer is a place that is still to be filled.
    """

    rule = serializers.CharField()
    level = serializers.ChoiceField(LEVELS, help_text="An error needs a mend or a reason before the reply is sent.")
    start = serializers.IntegerField(allow_null=True)
    end = serializers.IntegerField(allow_null=True)
    message = serializers.CharField(help_text="Why, in one sentence.")
    suggestion = serializers.CharField(allow_null=True)
    offers = serializers.ListField(child=serializers.CharField(allow_blank=True))
    offers_start = serializers.IntegerField(allow_null=True)
    offers_end = serializers.IntegerField(allow_null=True)


class UnmendedSerializer(ProblemSerializer):
    """A 422: the errors that were neither mended nor given a reason. Send again with `overrides` to let them stand."""

    findings = FindingSerializer(many=True)


UNMENDED = {422: UnmendedSerializer}


class StepsSerializer(serializers.Serializer):
    """The seven steps of a good answer: lit by what the draft holds, never ticked by hand."""

    acknowledge = serializers.BooleanField()
    own = serializers.BooleanField()
    act = serializers.BooleanField()
    options = serializers.BooleanField()
    promise = serializers.BooleanField()
    follow_up = serializers.BooleanField()
    answer = serializers.BooleanField()


class HeardAnsweredSerializer(serializers.Serializer):
    """The customer's own words since our last answer, after what no answer took up before; `answered`: the draft does."""

    message = serializers.IntegerField(help_text="The id of the message in which they stand.")
    kind = serializers.CharField()
    text = serializers.CharField()
    answered = serializers.BooleanField()


class ReplyCheckedSerializer(serializers.Serializer):
    findings = FindingSerializer(many=True)
    steps = StepsSerializer()
    heard = HeardAnsweredSerializer(many=True)
    mending = serializers.ListField(
        child=serializers.ChoiceField(STEPS), help_text="The steps of the mend that this draft would take."
    )
    language = serializers.CharField(help_text="Of the draft, such as en: its rules were used.")
