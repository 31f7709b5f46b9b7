"""A ticket that was raised to a level."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tickets.models import Due, DueQuerySet, Ticket


class Escalation(Due):
    """One level that a ticket reached in one episode; the next level is a row of its own.

    An episode lasts from the first escalation until the ticket is settled or set aside. `due_at` is when somebody must be
    told, again or at the next level; `told` counts how often this level was told. What is acknowledged stays open, since
    somebody acts on it, and climbs no more.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="escalations")
    episode = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    raised_by = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    told = models.PositiveSmallIntegerField(default=0)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DueQuerySet] = DueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["raised_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "episode", "level"], name="escalation_once_a_level"),
            models.UniqueConstraint(fields=["ticket"], condition=Q(ended_at__isnull=True), name="escalation_open_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="escalation_level_1_to_3"),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(ended_at__isnull=True), name="escalation_ended_is_not_due"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="escalation_due")]

    def __str__(self) -> str:
        return f"{self.ticket_id} at level {self.level}"
