"""A ticket in a list and on its page, and what is asked of it."""

from typing import Any

from rest_framework import serializers

from tickets.api.serializers.drafts import DraftSerializer, OverrideSerializer, PendingSerializer
from tickets.api.serializers.people import PersonSerializer
from tickets.models import Channel, Participant, Priority
from tickets.models.rating import HIGHEST, LOWEST
from tickets.states import LABELS

STATES = [(state.value, label) for state, label in LABELS.items()]
PARTICIPANT_ROLES = Participant.Role.choices
PROMISE_STATES = ["open", "kept", "missed", "withdrawn"]
MOODS = ["unhappy", "neutral", "happy", "unknown"]


def number(**more: Any) -> serializers.IntegerField:
    """The id of a row, as somebody names it in a request."""
    return serializers.IntegerField(min_value=1, max_value=2**53, **more)


def score(**more: Any) -> serializers.IntegerField:
    """How a customer rates us."""
    return serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, **more)


class NamedSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()


class MoodSerializer(serializers.Serializer):
    label = serializers.ChoiceField(MOODS)
    unhappy = serializers.FloatField(allow_null=True)
    words = serializers.ListField(child=serializers.CharField())


class LastWordsSerializer(serializers.Serializer):
    by = serializers.CharField()
    name = serializers.CharField()
    text = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)


class NextClockSerializer(serializers.Serializer):
    label = serializers.CharField()
    warn_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField()


class MendingSerializer(serializers.Serializer):
    steps = serializers.ListField(child=serializers.CharField())
    of = serializers.IntegerField()


class PublicRowSerializer(serializers.Serializer):
    """A row as everyone sees it; sockets carry this one."""

    number = serializers.IntegerField()
    subject = serializers.CharField()
    state = serializers.ChoiceField(STATES)
    priority = serializers.ChoiceField(Priority.choices)
    channel = serializers.ChoiceField(Channel.choices)
    version = serializers.IntegerField()
    customer = NamedSerializer()
    team = NamedSerializer()
    assignee = PersonSerializer(allow_null=True)
    mood = MoodSerializer()
    last = LastWordsSerializer()
    waiting_since = serializers.DateTimeField(allow_null=True)
    clock = NextClockSerializer(allow_null=True)
    risk = serializers.IntegerField()
    reasons = serializers.ListField(child=serializers.CharField())
    level = serializers.IntegerField(min_value=0, max_value=3)
    mending = MendingSerializer(allow_null=True)
    updated_at = serializers.DateTimeField()
    created_at = serializers.DateTimeField()


class RowSerializer(PublicRowSerializer):
    unread = serializers.BooleanField()
    draft = serializers.BooleanField()


class RowsSerializer(serializers.Serializer):
    results = RowSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class ParticipantSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.CharField()
    answered_at = serializers.CharField(
        help_text="Where they want to be answered: their address, or another they named."
    )
    role = serializers.ChoiceField(PARTICIPANT_ROLES)
    undeliverable = serializers.BooleanField()
    undeliverable_because = serializers.CharField()


class CustomerEmailSerializer(serializers.Serializer):
    email = serializers.CharField()
    undeliverable = serializers.BooleanField()
    undeliverable_because = serializers.CharField()


class PastTicketSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    subject = serializers.CharField()
    state = serializers.ChoiceField(STATES)
    created_at = serializers.DateTimeField()
    rating = score(allow_null=True)


class CustomerSerializer(NamedSerializer):
    emails = CustomerEmailSerializer(many=True)
    about = serializers.CharField()
    since = serializers.DateTimeField()
    tickets = PastTicketSerializer(many=True)


class TicketClockSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    label = serializers.CharField()
    started_at = serializers.DateTimeField()
    warn_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField()
    paused = serializers.BooleanField()
    stopped_at = serializers.DateTimeField(allow_null=True)
    breached_at = serializers.DateTimeField(allow_null=True)
    explained = serializers.CharField()


class TicketPromiseSerializer(serializers.Serializer):
    """Something that we told the customer we would do by `due_at`; `missed_at` stays where it was kept late."""

    id = serializers.IntegerField()
    what = serializers.CharField()
    due_at = serializers.DateTimeField()
    by = serializers.CharField()
    message = serializers.IntegerField(allow_null=True)
    made_at = serializers.DateTimeField()
    state = serializers.ChoiceField(PROMISE_STATES)
    missed_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()


class TicketEscalationSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    level = serializers.IntegerField()
    reason = serializers.CharField()
    raised_at = serializers.DateTimeField()
    acknowledged_by = serializers.CharField(allow_null=True)
    acknowledged_at = serializers.DateTimeField(allow_null=True)
    next_level_at = serializers.DateTimeField(allow_null=True)


class TicketFollowUpSerializer(serializers.Serializer):
    """Where the question stands whether it is settled, in words, and when something comes of it next."""

    label = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)


class MoodPointSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    unhappy = serializers.FloatField()
    label = serializers.ChoiceField(MOODS)
    message = serializers.IntegerField()


class HeardFactSerializer(serializers.Serializer):
    """Words of the customer: a fact (`kind` date, amount, reference …) or what they say was tried (`kind` tried).

    `start` and `end` are places in the text of `message`, in characters.
    """

    message = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class HeardPointSerializer(HeardFactSerializer):
    """A question or a wish; `answered_by` is the message of ours that took it up, null while it is still open."""

    answered_by = serializers.IntegerField(allow_null=True)


class TicketHeardSerializer(serializers.Serializer):
    """What was heard across the ticket, oldest first; what was said twice stands once."""

    questions = HeardPointSerializer(many=True)
    wishes = HeardPointSerializer(many=True)
    facts = HeardFactSerializer(many=True)
    tried = HeardFactSerializer(many=True)


class TicketRatingSerializer(serializers.Serializer):
    """How the customer rated us when it was closed last, and what they would have us change."""

    score = score()
    comment = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class SectionItemSerializer(serializers.Serializer):
    label = serializers.CharField()
    text = serializers.CharField(required=False)
    at = serializers.DateTimeField(required=False, allow_null=True)
    level = serializers.CharField(required=False)


class SectionSerializer(serializers.Serializer):
    """A part of the ticket's page that another app contributes."""

    key = serializers.CharField()
    title = serializers.CharField()
    items = SectionItemSerializer(many=True)


class TicketSerializer(PublicRowSerializer):
    unread = serializers.BooleanField()
    allowed_moves = serializers.ListField(child=serializers.ChoiceField(STATES))
    permissions = serializers.ListField(child=serializers.CharField())
    participants = ParticipantSerializer(many=True)
    customer = CustomerSerializer()
    desired_outcome = serializers.CharField()
    clocks = TicketClockSerializer(many=True)
    promises = TicketPromiseSerializer(many=True)
    escalation = TicketEscalationSerializer(allow_null=True)
    follow_up = TicketFollowUpSerializer(allow_null=True)
    mood_history = MoodPointSerializer(many=True)
    heard = TicketHeardSerializer()
    rating = TicketRatingSerializer(allow_null=True)
    language = serializers.CharField(help_text="In which the customer writes and is answered, as BCP 47: en-GB.")
    previous = serializers.IntegerField(allow_null=True)
    wake_at = serializers.DateTimeField(allow_null=True)
    sections = SectionSerializer(many=True)
    draft = DraftSerializer(allow_null=True, help_text="The reply that one has begun.")
    note_draft = DraftSerializer(allow_null=True, help_text="The note that one has begun.")
    pending = PendingSerializer(allow_null=True)
    read_version = serializers.IntegerField()


class NewTicketCustomerSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=200, allow_blank=True, default="")
    email = serializers.CharField(max_length=320)


class NewTicketSerializer(serializers.Serializer):
    customer = NewTicketCustomerSerializer()
    team = number(required=False, allow_null=True)
    subject = serializers.CharField(max_length=300)
    text = serializers.CharField()
    as_note = serializers.BooleanField(default=False)
    overrides = serializers.ListField(child=OverrideSerializer(), max_length=50, default=list)


class SubjectSerializer(serializers.Serializer):
    subject = serializers.CharField(max_length=300)


class MoveSerializer(serializers.Serializer):
    to = serializers.ChoiceField(STATES)
    reason = serializers.CharField(max_length=300, allow_blank=True, default="")
    wake_at = serializers.DateTimeField(required=False, allow_null=True)


class AssignmentSerializer(serializers.Serializer):
    agent = number(allow_null=True)


class TeamMoveSerializer(serializers.Serializer):
    team = number()


class PriorityChangeSerializer(serializers.Serializer):
    priority = serializers.ChoiceField(Priority.choices)


class BelieveSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class ReadSerializer(serializers.Serializer):
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
