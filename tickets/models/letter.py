"""The house's own wordings of the mails that the system writes; see `tickets/letters`."""

from django.db import models
from django.db.models import Q

from tickets.models.people import Team


class Letter(models.Model):
    """One version of one letter. The one in force is not replaced; where all are, the shipped text holds."""

    key = models.CharField(max_length=40)
    locale = models.CharField(max_length=10)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="letters")
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    changed_by = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale", "team"],
                condition=Q(replaced_at=None, team__isnull=False),
                name="letter_once_in_force_a_team",
            ),
            models.UniqueConstraint(
                fields=["key", "locale"],
                condition=Q(replaced_at=None, team__isnull=True),
                name="letter_once_in_force_in_the_house",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.locale})"
