"""What we told a customer that we would do, and by when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tickets.models import Agent, Due, DueQuerySet, Message, Ticket


class Promise(Due):
    """One promise, made in a message or a holding update. `deadline` is by when; `due_at` the same while it is open.

    `missed_at` is the deadline itself, whenever it was noticed; it stays where a promise is kept late or taken back.
    `ended_at` is when it was kept or taken back, `reason` why it was taken back, or what was done; the customer reads it.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        KEPT = "kept", "Kept"
        MISSED = "missed", "Missed"
        WITHDRAWN = "withdrawn", "Taken back"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="promises")
    message = models.ForeignKey(
        Message,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="promises",
        help_text="None where a holding update promised it.",
    )
    agent = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    what = models.CharField(max_length=200)
    deadline = models.DateTimeField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    missed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[DueQuerySet] = DueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["deadline", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", missed_at__isnull=True, ended_at__isnull=True)
                | Q(state="missed", missed_at__isnull=False, ended_at__isnull=True)
                | Q(state__in=["kept", "withdrawn"], ended_at__isnull=False),
                name="promise_times_fit_its_state",
            ),
            models.CheckConstraint(
                condition=Q(missed_at__isnull=True) | Q(missed_at=F("deadline")), name="promise_missed_at_its_deadline"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(due_at__isnull=True), name="promise_only_open_ones_are_due"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(reason=""), name="promise_taken_back_for_a_reason"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="promise_says_what"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="promise_due"),
            models.Index(fields=["deadline", "ticket"], condition=Q(state__in=["open", "missed"]), name="promise_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.what} by {self.deadline:%d %b %Y %H:%M}"

    @property
    def is_owed(self) -> bool:
        return self.state in {self.State.OPEN, self.State.MISSED}
