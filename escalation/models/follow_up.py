"""What is asked or done of a ticket later: "is it settled?", and its return from hold."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tickets.models import Due, DueQuerySet, Ticket


class FollowUp(Due):
    """The question after one resolution, asked at most twice. `due_at` is when to ask, or at last to close.

    `may_close` is false where the customer said no before: then silence closes nothing, a person does.
    """

    class Answer(models.TextChoices):
        SETTLED = "settled", "It is settled"
        NOT_SETTLED = "not_settled", "It is not settled"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="follow_ups")
    resolved_at = models.DateTimeField()
    ask_again_after = models.PositiveIntegerField()
    may_close = models.BooleanField(default=True)
    asked = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DueQuerySet] = DueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["resolved_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(ended_at__isnull=True), name="follow_up_open_once"),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(ended_at__isnull=True), name="follow_up_ended_is_not_due"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="follow_up_due")]

    def __str__(self) -> str:
        return f"Is {self.ticket_id} settled?"

    @property
    def ask_at_most(self) -> int:
        """The second question announces that silence closes, so it is asked only where that is true."""
        return 2 if self.may_close else 1


class Wake(Due):
    """A ticket on hold, and when it comes back."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="wake")

    objects: ClassVar[DueQuerySet] = DueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="wake_due")]

    def __str__(self) -> str:
        return f"{self.ticket_id} wakes at {self.due_at}"
