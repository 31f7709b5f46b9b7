"""A ticket: one matter with one customer."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from tickets.models.customers import Customer
from tickets.models.people import Agent, Team
from tickets.states import LABELS, SETTLED, State


class Priority(models.TextChoices):
    LOW = "low", "Low"
    NORMAL = "normal", "Normal"
    HIGH = "high", "High"
    URGENT = "urgent", "Urgent"


class Channel(models.TextChoices):
    EMAIL = "email", "Mail"
    FORM = "form", "Form"
    API = "api", "API"
    PAGE = "page", "Customer's page"
    DESK = "desk", "Desk"


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Some tickets; the type by which lists and access pass them on."""


class Ticket(models.Model):
    """`version` counts its events. `waiting_since` is when the oldest unanswered words of the customer were said.

    `next_*`, `risk`, `reasons` and `level` are contributed (see contributions.py), so that lists can sort and show
    them without knowing where they come from. `mended` maps each step of the repair that was taken to its time; null is
    the ticket of a calm customer, which has nothing to mend.
    """

    subject = models.CharField(max_length=300)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="tickets")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="tickets", db_index=False)
    assignee = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="tickets", db_index=False
    )
    mailbox = models.ForeignKey("tickets.Mailbox", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="later")
    state = models.CharField(
        max_length=20, choices=[(state.value, LABELS[state]) for state in State], default=State.NEW
    )
    state_before = models.CharField(max_length=20, blank=True)
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.NORMAL)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    desired_outcome = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, blank=True)
    wake_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    last_by = models.CharField(max_length=10, blank=True)
    last_name = models.CharField(max_length=200, blank=True)
    last_text = models.CharField(max_length=160, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    public_version = models.PositiveIntegerField(default=0)
    answered = models.BooleanField(default=False)
    unhappy = models.FloatField(null=True, blank=True)
    mood = models.CharField(max_length=10, blank=True)
    mood_words = models.JSONField(default=list, blank=True)
    next_label = models.CharField(max_length=40, blank=True)
    next_warn_at = models.DateTimeField(null=True, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    risk = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    mended = models.JSONField(null=True, blank=True)

    objects: ClassVar[Any] = TicketQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="ticket_state_known"),
            models.CheckConstraint(
                condition=Q(wake_at__isnull=True) | Q(state=State.ON_HOLD), name="ticket_wakes_only_from_hold"
            ),
            models.CheckConstraint(condition=Q(level__lte=3), name="ticket_level_to_3"),
        ]
        # Each view of the left pane is counted on one of these alone, without looking at the rows.
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="ticket_newest"),
            models.Index(fields=["team", "-updated_at", "-id"], name="ticket_team_newest"),
            models.Index(fields=["next_due_at", "id", "state", "team"], name="ticket_next_clock"),
            models.Index(fields=["waiting_since", "id", "state", "team"], name="ticket_waiting_longest"),
            models.Index(fields=["team", "state", "waiting_since"], name="ticket_team_state"),
            models.Index(fields=["assignee", "state", "team"], name="ticket_assignee_state"),
            models.Index(fields=["mood", "state", "team"], name="ticket_mood_state"),
            models.Index(fields=["settled_at", "state", "team"], name="ticket_settled"),
            models.Index(fields=["state", "team"], condition=Q(mended__isnull=False), name="ticket_mending"),
            models.Index(fields=["wake_at"], condition=Q(wake_at__isnull=False), name="ticket_wakes"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.subject}"

    @property
    def own_mailbox(self) -> Any:
        """The mailbox that it came to, where that is in use still."""
        return self.mailbox if self.mailbox and self.mailbox.is_in_use else None

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED

    def may_reopen(self, now: datetime) -> bool:
        """Whether a customer's words open this ticket again, or begin a new one linked to it."""
        if self.state != State.CLOSED or self.settled_at is None:
            return True
        return (now - self.settled_at).days < self.team.reopen_days
