"""Mailboxes of others that mail is fetched from (IMAP, RFC 9051), and what became of each mail that was seen there."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from tickets.models.due import Due
from tickets.models.mail import Mailbox, RawMail

FAILING_FOR = timedelta(minutes=5)  # before a mailbox that cannot be read is trouble for everybody


class ImapAccount(Due):
    """How to get at the mail of a mailbox, how far we have read, and how it goes.

    `secret`, `client_secret` and `access_token` are sealed (sealing.py). `secret` is the password, or with OAuth the
    refresh token. Mail that the server received before `activated_at` is history (see actions/importing.py).
    `watched_by` names the process that waits there for mail, whose lease ends at `watched_until`.
    Of what was fetched, each mail counts once: fetched = stored + duplicates + too_large + unreadable.
    """

    class Security(models.TextChoices):
        TLS = "tls", "TLS"
        STARTTLS = "starttls", "STARTTLS"
        NONE = "none", "None"

    class SignIn(models.TextChoices):
        PASSWORD = "password", "Password"
        OAUTH = "oauth", "OAuth (XOAUTH2)"

    mailbox = models.OneToOneField(Mailbox, on_delete=models.CASCADE, related_name="imap")
    host = models.CharField(max_length=255)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=10, choices=Security.choices, default=Security.TLS)
    user = models.CharField(max_length=320)
    sign_in = models.CharField(max_length=10, choices=SignIn.choices, default=SignIn.PASSWORD)
    secret = models.TextField(editable=False)
    token_url = models.URLField(max_length=500, blank=True)
    client_id = models.CharField(max_length=300, blank=True)
    client_secret = models.TextField(blank=True, editable=False)
    access_token = models.TextField(blank=True, editable=False)
    access_token_until = models.DateTimeField(null=True, editable=False)
    folder = models.CharField(max_length=200, default="INBOX")
    processed_folder = models.CharField(max_length=200, default="Processed")
    quarantine_folder = models.CharField(max_length=200, default="Quarantine")
    activated_at = models.DateTimeField()
    uid_validity = models.BigIntegerField(null=True, editable=False)
    last_uid = models.BigIntegerField(default=0, editable=False)
    fetched = models.PositiveBigIntegerField(default=0, editable=False)
    stored = models.PositiveBigIntegerField(default=0, editable=False)
    duplicates = models.PositiveBigIntegerField(default=0, editable=False)
    too_large = models.PositiveBigIntegerField(default=0, editable=False)
    unreadable = models.PositiveBigIntegerField(default=0, editable=False)
    watched_by = models.CharField(max_length=120, blank=True, editable=False)
    watched_until = models.DateTimeField(null=True, editable=False)
    fetched_at = models.DateTimeField(null=True, editable=False, help_text="The last round that went well.")
    failing_since = models.DateTimeField(null=True, editable=False)
    trouble = models.CharField(max_length=500, blank=True, editable=False)
    advice = models.CharField(max_length=500, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    fetched=models.F("stored") + models.F("duplicates") + models.F("too_large") + models.F("unreadable")
                ),
                name="imap_figures_add_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.host}"

    @classmethod
    def in_trouble(cls, now: datetime) -> models.QuerySet["ImapAccount"]:
        """Those in use that could not be read for some minutes."""
        return cls.objects.filter(due_at__isnull=False, failing_since__lte=now - FAILING_FOR)


class FetchedMail(models.Model):
    """One mail on the server, by its UID, and its fate. Without one it could not be fetched yet and is tried again.

    `moved_at` empty: it lies in the folder still, and is moved once the mail that it became has its outcome.
    """

    class Fate(models.TextChoices):
        PENDING = "", "To be fetched again"
        STORED = "stored", "Stored"
        DUPLICATE = "duplicates", "Came before"
        TOO_LARGE = "too_large", "Too large, only its headers were kept"
        UNREADABLE = "unreadable", "The server does not give it"

    account = models.ForeignKey(ImapAccount, on_delete=models.CASCADE, related_name="mails")
    uid_validity = models.BigIntegerField()
    uid = models.BigIntegerField()
    raw_mail = models.ForeignKey(RawMail, null=True, on_delete=models.SET_NULL, related_name="+")
    fate = models.CharField(max_length=10, choices=Fate.choices, blank=True, default="")
    attempts = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "uid_validity", "uid"], name="fetched_mail_once_an_account")
        ]
        indexes = [
            models.Index(fields=["account", "uid"], condition=Q(moved_at__isnull=True), name="fetched_mail_to_move")
        ]

    def __str__(self) -> str:
        return f"{self.uid} of {self.account}"
