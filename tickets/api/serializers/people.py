"""Sessions, people and teams."""

from rest_framework import serializers

from tickets.models import Agent, Role

ROLES = Role.choices
STATUSES = Agent.Status.choices


class PersonSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    initials = serializers.CharField()
    role = serializers.ChoiceField(ROLES)


class TeamSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    slug = serializers.CharField()


class TeamsSerializer(serializers.Serializer):
    results = TeamSerializer(many=True)


class PreferencesSerializer(serializers.Serializer):
    theme = serializers.ChoiceField(["system", "light", "dark"], required=False)
    density = serializers.ChoiceField(["compact", "comfortable"], required=False)
    folded = serializers.ListField(child=serializers.CharField(max_length=60), max_length=60, required=False)


class MeSerializer(PersonSerializer):
    email = serializers.EmailField()
    status = serializers.ChoiceField(STATUSES)
    teams = TeamSerializer(many=True)
    permissions = serializers.ListField(child=serializers.CharField())
    preferences = PreferencesSerializer()


class MeChangeSerializer(serializers.Serializer):
    status = serializers.ChoiceField(STATUSES, required=False)
    preferences = PreferencesSerializer(required=False)


class SessionSerializer(serializers.Serializer):
    csrf = serializers.CharField()
    agent = MeSerializer(allow_null=True)


class SignInSerializer(serializers.Serializer):
    email = serializers.CharField(max_length=320, error_messages={"blank": "Please give your email address."})
    password = serializers.CharField(
        max_length=300, trim_whitespace=False, error_messages={"blank": "Please give your password."}
    )


class ColleagueSerializer(PersonSerializer):
    status = serializers.ChoiceField(STATUSES)
    here = serializers.BooleanField()
    teams = serializers.ListField(child=serializers.IntegerField())


class ColleaguesSerializer(serializers.Serializer):
    results = ColleagueSerializer(many=True)


class InvitationSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=120)
    email = serializers.CharField(max_length=254)
    role = serializers.ChoiceField(ROLES, default=Role.AGENT)
    teams = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=2**31), default=list)


class TeamCountSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    open = serializers.IntegerField()
    oldest_waiting_since = serializers.DateTimeField(allow_null=True)


class TroubleSerializer(serializers.Serializer):
    quarantine = serializers.IntegerField()
    undelivered = serializers.IntegerField()
    mailboxes = serializers.IntegerField(help_text="Mailboxes whose mail could not be fetched for some minutes.")


class CountsSerializer(serializers.Serializer):
    views = serializers.DictField(child=serializers.IntegerField())
    teams = TeamCountSerializer(many=True)
    trouble = TroubleSerializer()


class ProblemSerializer(serializers.Serializer):
    """Problem details (RFC 9457). `detail` is a whole sentence; `fields` says what is wrong with which field."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    fields = serializers.DictField(child=serializers.CharField(), required=False)
