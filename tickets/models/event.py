"""Facts about tickets: what happened, when, by whom, at which version."""

from django.db import models

from tickets.models.ticket import Ticket


class TicketEvent(models.Model):
    """A fact in the past tense. The pair (ticket, version) is unique, so the order of a ticket's life is exact."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="events")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=200)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["ticket", "version"], name="event_once_a_version")]
        indexes = [models.Index(fields=["at"], name="event_at")]

    def __str__(self) -> str:
        return f"{self.ticket_id} v{self.version} {self.kind}"
