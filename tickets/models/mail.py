"""Mail as rows: mailboxes, the bytes that came, and what is to leave."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tickets.models.customers import Participant
from tickets.models.due import Due
from tickets.models.messages import Message
from tickets.models.people import Team
from tickets.models.ticket import Ticket

FOOT = "\n\n-- \n"  # between the words of a mail and what stands in small letters below them (RFC 3676 §4.3)


class MailboxesInUse(models.Manager["Mailbox"]):
    def get_queryset(self) -> models.QuerySet["Mailbox"]:
        return super().get_queryset().filter(removed_at=None)


class Mailbox(models.Model):
    """An address of ours: mail to it becomes tickets of its team, and its team's mail leaves from it.

    One that was removed stays as a row, for the sake of the mail that came to it, and is in `every` alone.
    """

    name = models.SlugField(unique=True)
    address = models.EmailField(unique=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="mailboxes")
    sender_name = models.CharField(max_length=120, help_text="The house's name, as customers see it.")
    takes_web_forms = models.BooleanField(
        default=False, help_text="Mail comes here from a web form, which names the customer in Reply-To."
    )
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = MailboxesInUse()
    every: ClassVar[models.Manager["Mailbox"]] = models.Manager()

    class Meta:
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return self.address

    @property
    def is_in_use(self) -> bool:
        return self.removed_at is None


class RawMail(Due):
    """The bytes of one incoming mail, stored before anything looks at them. `outcome` empty: still to be read."""

    class Outcome(models.TextChoices):
        UNREAD = "", "To be read"
        TICKET = "ticket", "New ticket"
        REPLY = "reply", "Joined a ticket"
        IGNORED = "ignored", "Ignored"
        QUARANTINED = "quarantined", "Held"

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="raw_mails")
    sha256 = models.CharField(max_length=64)
    message_id = models.CharField(max_length=500, blank=True)
    packed = models.BinaryField()  # zlib; see mail/store.py
    size = models.PositiveBigIntegerField()
    envelope_from = models.CharField(max_length=320, blank=True)
    envelope_to = models.JSONField(default=list, blank=True)
    received_at = models.DateTimeField()
    imported = models.BooleanField(default=False, help_text="It lay there before we did, and is not answered.")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True)
    ticket = models.ForeignKey(Ticket, null=True, blank=True, on_delete=models.SET_NULL, related_name="raw_mails")
    suggested = models.ForeignKey(Ticket, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sender = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    excerpt = models.CharField(max_length=300, blank=True)
    handled_by = models.CharField(max_length=200, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "sha256"], name="raw_mail_once_a_mailbox")]
        indexes = [
            models.Index(fields=["mailbox", "message_id"], name="raw_mail_message_id"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="raw_mail_due"),
            models.Index(fields=["outcome", "mailbox"], name="raw_mail_outcome"),
            models.Index(fields=["sender", "received_at"], name="raw_mail_sender"),
            models.Index(fields=["received_at"], condition=Q(handled_at__isnull=False), name="raw_mail_handled"),
        ]

    def __str__(self) -> str:
        return f"{self.mailbox} {self.received_at:%d %b %H:%M}"


class OutgoingMail(Due):
    """One mail to one recipient, wholly frozen when it is queued: whoever sends it reads this row alone.

    `uncertain` means that the server's last answer never came: it may have left, and a person decides.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        DELAYED = "delayed", "Delayed"
        FAILED = "failed", "Failed"
        BOUNCED = "bounced", "Bounced"
        UNCERTAIN = "uncertain", "Uncertain"

    class Kind(models.TextChoices):
        REPLY = "reply", "Reply"
        ACKNOWLEDGEMENT = "acknowledgement", "Acknowledgement"
        HOLDING_UPDATE = "holding_update", "Holding update"
        SETTLED = "settled", "Is it settled?"
        LINK = "link", "A new link"
        TOO_LARGE = "too_large", "Too large to take in"
        NOTICE = "notice", "Notice to one of ours"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    ticket = models.ForeignKey(Ticket, null=True, blank=True, on_delete=models.CASCADE, related_name="outgoing_mails")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries")
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    once = models.CharField(max_length=120, unique=True)
    recipient = models.CharField(max_length=320)
    sender = models.CharField(max_length=400)
    reply_to = models.CharField(max_length=400, blank=True)
    envelope_from = models.CharField(max_length=320, blank=True)
    shown_to = models.JSONField(default=list, blank=True)
    shown_cc = models.JSONField(default=list, blank=True)
    locale = models.CharField(max_length=10, default="en")
    subject = models.CharField(max_length=400)
    text = models.TextField()
    mail_id = models.CharField(max_length=300, unique=True, help_text="Its Message-ID, without angle brackets.")
    in_reply_to = models.CharField(max_length=500, blank=True)
    references = models.JSONField(default=list, blank=True)
    is_automatic = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    answer = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="outgoing_due"),
            models.Index(fields=["recipient", "created_at"], name="outgoing_recipient"),
            models.Index(fields=["state", "ticket"], name="outgoing_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient}"

    @property
    def is_uncertain(self) -> bool:
        return self.state == self.State.UNCERTAIN

    @property
    def may_be_sent_again(self) -> bool:
        """In trouble, or waiting for its next try here. One that another server delays is still tried by that one."""
        waits_here = self.state == self.State.DELAYED and self.due_at is not None
        return waits_here or self.state in {self.State.FAILED, self.State.BOUNCED, self.State.UNCERTAIN}
