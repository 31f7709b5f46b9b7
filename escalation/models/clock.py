"""A target that runs on a ticket."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from escalation.models.calendar import WorkCalendar
from tickets.models import Due, DueQuerySet, Ticket


class Clock(Due):
    """One running of one target, with all that it needs: what is changed in a policy later does not change it.

    `target`, `warn_before`, `pause_at_most` and `paused_seconds` are working seconds of `calendar`. `due_at` is only the
    next moment at which something must be done: warn, breach, or end a pause that reached its cap. `breached_at` is the
    deadline itself, whenever it was noticed.
    """

    class Kind(models.TextChoices):
        FIRST_RESPONSE = "first_response", "First reply"
        NEXT_RESPONSE = "next_response", "Reply"
        RESOLUTION = "resolution", "Resolve"

    class Ended(models.TextChoices):
        ANSWERED = "answered", "We answered"
        SETTLED = "settled", "It was resolved or closed"
        SET_ASIDE = "set_aside", "It was set aside"
        RETARGETED = "retargeted", "Another target took its place"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="clocks")
    calendar = models.ForeignKey(WorkCalendar, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    target = models.PositiveIntegerField()
    warn_before = models.PositiveIntegerField()
    pause_at_most = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    deadline = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_seconds = models.FloatField(default=0)
    warned_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    extended_until = models.DateTimeField(null=True, blank=True)
    extended_because = models.CharField(max_length=300, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=12, choices=Ended.choices, blank=True)

    objects: ClassVar[DueQuerySet] = DueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "kind"], condition=Q(stopped_at__isnull=True), name="clock_runs_once_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, ended="") | Q(stopped_at__isnull=False) & ~Q(ended=""),
                name="clock_stops_for_a_reason",
            ),
            models.CheckConstraint(condition=Q(warn_at__lte=F("deadline")), name="clock_warns_before_its_deadline"),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(due_at__isnull=True), name="clock_stopped_is_not_due"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="clock_due"),
            models.Index(fields=["deadline"], condition=Q(stopped_at__isnull=True), name="clock_ahead"),
        ]

    def __str__(self) -> str:
        return f"{self.label} of {self.ticket_id} by {self.deadline:%d %b %Y %H:%M}"

    @property
    def label(self) -> str:
        """What it asks of us, in a word or two."""
        return str(self.Kind(self.kind).label)

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None and self.paused_at is None

    def is_late(self, now: datetime) -> bool:
        return self.is_running and self.deadline <= now
