"""Mailboxes as an administrator sets and watches them."""

from rest_framework import serializers

from tickets.api.serializers.tickets import NamedSerializer, number
from tickets.models import ImapAccount

SECURITIES = ImapAccount.Security.choices
SIGN_INS = ImapAccount.SignIn.choices
KEPT = "Write-only: it is never shown, and empty keeps the one that is there."


class ImapSerializer(serializers.Serializer):
    host = serializers.CharField(max_length=255)
    port = serializers.IntegerField(min_value=1, max_value=65535, default=993)
    security = serializers.ChoiceField(SECURITIES, default=ImapAccount.Security.TLS)
    user = serializers.CharField(max_length=320)
    sign_in = serializers.ChoiceField(SIGN_INS, default=ImapAccount.SignIn.PASSWORD)
    token_url = serializers.CharField(max_length=500, allow_blank=True, default="")
    client_id = serializers.CharField(max_length=300, allow_blank=True, default="")
    folder = serializers.CharField(max_length=200, default="INBOX")
    processed_folder = serializers.CharField(max_length=200, default="Processed")
    quarantine_folder = serializers.CharField(max_length=200, default="Quarantine")
    is_on = serializers.BooleanField(default=True, help_text="Off: its mail stays where it is until it is on again.")


class ImapChangeSerializer(ImapSerializer):
    secret = serializers.CharField(
        max_length=5000, allow_blank=True, default="", trim_whitespace=False, write_only=True, help_text=KEPT
    )
    client_secret = serializers.CharField(
        max_length=1000, allow_blank=True, default="", trim_whitespace=False, write_only=True, help_text=KEPT
    )


class ImapStateSerializer(ImapSerializer):
    """The account with how it goes. fetched = stored + duplicates + too_large + unreadable."""

    has_client_secret = serializers.BooleanField()
    activated_at = serializers.DateTimeField(
        help_text="Mail that came before is kept in closed tickets, answered to nobody."
    )
    fetched_at = serializers.DateTimeField(allow_null=True)
    fetched = serializers.IntegerField()
    stored = serializers.IntegerField()
    duplicates = serializers.IntegerField()
    too_large = serializers.IntegerField()
    unreadable = serializers.IntegerField()
    failing_since = serializers.DateTimeField(allow_null=True)
    trouble = serializers.CharField(help_text="What is wrong, as a sentence; empty where all is well.")
    advice = serializers.CharField()


class MailboxFiguresSerializer(serializers.Serializer):
    """Mails by outcome, whichever way they came."""

    came = serializers.IntegerField()
    imported = serializers.IntegerField(help_text="Of these, how many lay there before the mailbox was ours.")
    tickets = serializers.IntegerField()
    replies = serializers.IntegerField()
    ignored = serializers.IntegerField()
    held = serializers.IntegerField()
    waiting = serializers.IntegerField()
    oldest_waiting_since = serializers.DateTimeField(allow_null=True)
    last_received_at = serializers.DateTimeField(allow_null=True)


class MailboxSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField(help_text="As `manage.py receive_mail --mailbox` calls it.")
    address = serializers.CharField()
    sender_name = serializers.CharField()
    team = NamedSerializer()
    takes_web_forms = serializers.BooleanField()
    imap = ImapStateSerializer(allow_null=True)
    figures = MailboxFiguresSerializer()


class MailboxesSerializer(serializers.Serializer):
    results = MailboxSerializer(many=True)


class MailboxChangeSerializer(serializers.Serializer):
    address = serializers.CharField(max_length=254)
    sender_name = serializers.CharField(max_length=120)
    team = number()
    takes_web_forms = serializers.BooleanField(
        default=False, help_text="Its mail comes from a web form, which names the customer in Reply-To."
    )
    imap = ImapChangeSerializer(allow_null=True, default=None)


class ImapTrialSerializer(serializers.Serializer):
    mailbox = number(
        allow_null=True, default=None, help_text="The mailbox whose stored secret is used where none is given."
    )
    imap = ImapChangeSerializer()


class VerdictSerializer(serializers.Serializer):
    is_well = serializers.BooleanField()
    words = serializers.CharField()
    advice = serializers.CharField()


class UnreadMailboxSerializer(serializers.Serializer):
    """A mailbox whose mail could not be fetched for some minutes."""

    id = serializers.IntegerField()
    address = serializers.CharField()
    team = NamedSerializer()
    since = serializers.DateTimeField()
    trouble = serializers.CharField()
    advice = serializers.CharField()


class UnreadMailboxesSerializer(serializers.Serializer):
    results = UnreadMailboxSerializer(many=True)
