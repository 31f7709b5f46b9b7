"""What was said: messages and notes, what is about to be said, and the files that go with it."""

from django.db import models
from django.db.models import Q

from tickets.models.customers import Participant
from tickets.models.due import Due
from tickets.models.people import Agent
from tickets.models.ticket import Channel, Ticket


class Message(models.Model):
    """Public words, from the customer or to them. Never changed once said, save for how its mood was read.

    `text` is what is new, `full_text` all that came (empty where the same). `html` is sanitised when it is stored.
    """

    class By(models.TextChoices):
        CUSTOMER = "customer", "Customer"
        AGENT = "agent", "Agent"
        SYSTEM = "system", "System"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages")
    version = models.PositiveIntegerField()
    by = models.CharField(max_length=10, choices=By.choices)
    name = models.CharField(max_length=200)
    agent = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    text = models.TextField(blank=True)
    full_text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    to = models.JSONField(default=list, blank=True)
    cc = models.JSONField(default=list, blank=True)
    message_id = models.CharField(max_length=500, blank=True)
    raw_mail = models.ForeignKey("tickets.RawMail", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    automatic = models.BooleanField(default=False)
    warning = models.CharField(max_length=300, blank=True)
    seal = models.CharField(max_length=10, blank=True, choices=[("signed", "Signed"), ("encrypted", "Encrypted")])
    template = models.CharField(max_length=80, blank=True)
    unhappy = models.FloatField(null=True, blank=True)
    mood = models.CharField(max_length=10, blank=True)
    mood_reasons = models.JSONField(default=list, blank=True)
    mood_version = models.CharField(max_length=40, blank=True)
    heard = models.JSONField(default=list, blank=True)
    signals = models.JSONField(default=list, blank=True)
    misheard = models.JSONField(default=list, blank=True)
    missed = models.JSONField(default=list, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["ticket", "version"], name="message_once_a_version")]
        indexes = [models.Index(fields=["message_id"], name="message_by_message_id")]

    def __str__(self) -> str:
        return f"{self.name}, {self.said_at:%d %b %Y %H:%M}"


class Note(models.Model):
    """Words to us only. A type of its own, so that no mail can ever read one."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="notes")
    version = models.PositiveIntegerField()
    agent = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    text = models.TextField()
    mentions = models.ManyToManyField(Agent, related_name="mentioned_in", blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["ticket", "version"], name="note_once_a_version")]

    def __str__(self) -> str:
        return f"{self.name}, {self.said_at:%d %b %Y %H:%M}"


class Draft(models.Model):
    """What one agent has begun to write on a ticket; on every device: one reply and one note a person and ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="drafts")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=10, default="reply", choices=[("reply", "Reply"), ("note", "Note")])
    text = models.TextField(blank=True)
    to = models.JSONField(default=list, blank=True)
    cc = models.JSONField(default=list, blank=True)
    template = models.CharField(max_length=80, blank=True)
    promises = models.JSONField(default=list, blank=True)
    overrides = models.JSONField(
        default=dict, blank=True, help_text="Why an error of the check may stand, by its rule."
    )
    told = models.CharField(max_length=300, blank=True, help_text="Why a reply came back to its draft.")
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "agent", "kind"], name="draft_once_an_agent_and_kind")]

    def __str__(self) -> str:
        return f"{self.agent} on {self.ticket_id}"


class PendingReply(Due):
    """A reply that may still be undone; the customer cannot see it. `due_at` is when it is released.

    `key` is the client's Idempotency-Key, so that a retry finds this row. `released_as` is the message it became.
    `promises` lists what it promises: {"what", "due_at", "words"}.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="pending_replies")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="pending_replies")
    key = models.CharField(max_length=100)
    text = models.TextField()
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list, blank=True)
    template = models.CharField(max_length=80, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    promises = models.JSONField(default=list, blank=True)
    seen_version = models.PositiveIntegerField()
    then = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    wake_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    released_as = models.OneToOneField(Message, null=True, blank=True, on_delete=models.CASCADE, related_name="pending")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agent", "key"], name="pending_reply_once_a_key"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(released_as__isnull=True), name="pending_undone_or_released"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="pending_reply_due")]

    def __str__(self) -> str:
        return f"{self.agent} to {self.ticket_id}, leaves {self.due_at}"


class Attachment(models.Model):
    """A file. Its bytes lie in storage under their sha256, so that storing them twice is storing them once.

    It belongs to a message or a note once that is said; before, to the draft of its uploader on its ticket.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="attachments")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments")
    note = models.ForeignKey(Note, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments")
    pending = models.ForeignKey(
        PendingReply, null=True, blank=True, on_delete=models.SET_NULL, related_name="attachments"
    )
    uploader = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    filename = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_id = models.CharField(max_length=300, blank=True)
    inline = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=True) | Q(note__isnull=True), name="attachment_of_one_thing"
            )
        ]

    def __str__(self) -> str:
        return self.filename


class LastRead(models.Model):
    """Up to which version an agent has read a ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="reads")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="reads")
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "ticket"], name="last_read_once")]

    def __str__(self) -> str:
        return f"{self.agent_id} read {self.ticket_id} to {self.version}"


class Receipt(models.Model):
    """The answer once given to a request with this key, so that its repetition gives nothing new."""

    scope = models.CharField(max_length=40)
    key = models.CharField(max_length=128)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
