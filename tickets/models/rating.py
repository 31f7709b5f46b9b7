"""What customers say of how we handled their ticket, once it is closed."""

from django.db import models
from django.db.models import Q

from tickets.models.customers import Participant
from tickets.models.ticket import Ticket

LOWEST, HIGHEST = 1, 5
LOW, GOOD = 2, 4  # up to this they are unhappy with us; from this on, content


class Rating(models.Model):
    """A satisfaction rating (CSAT): a score of 1 to 5, and what the customer would have us change.

    There is one for each time that the ticket was settled; `settled_at` is the ticket's own, and tells them apart.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="ratings")
    settled_at = models.DateTimeField()
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        ordering = ["settled_at"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "settled_at"], name="rating_once_a_settlement"),
            models.CheckConstraint(condition=Q(score__gte=LOWEST, score__lte=HIGHEST), name="rating_1_to_5"),
        ]
        indexes = [models.Index(fields=["rated_at", "score"], name="rating_newest")]

    def __str__(self) -> str:
        return f"{self.score} of {HIGHEST} for {self.ticket_id}"

    @property
    def is_low(self) -> bool:
        """A customer who may still be won back."""
        return self.score <= LOW
