"""What has happened to a customer on a ticket so far, as far as it puts their recovery at risk."""

from django.db import models

from tickets.models import Ticket


class Standing(models.Model):
    """`signals` are those heard in any message. `repeats` counts how often the customer wrote again before we had
    answered, `resolutions` how often it was settled, `owners` lists the people who had it, once each.
    `broken` says in words what we promised and have not done yet, though its time has passed."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="standing")
    signals = models.JSONField(default=list)
    repeats = models.PositiveIntegerField(default=0)
    resolutions = models.PositiveIntegerField(default=0)
    owners = models.JSONField(default=list)
    broken = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"Standing of {self.ticket_id}"
