"""Guided replies as rows: imported from files, then the team's own; each change is a version, each use is counted."""

from typing import Any

from django.db import models
from django.db.models import Q

from tickets.models.messages import Message
from tickets.models.people import Agent, Team
from tickets.models.rating import Rating
from tickets.models.ticket import Ticket

CONTENT = ("title", "situation", "stage", "level", "slots", "guards", "remedies", "variants")


class Template(models.Model):
    """A guided reply. `variants` are bodies with {slots}; `slots` names those that must be filled, `remedies` what may be
    offered. `version` is the number of the one in force. One with a team is that team's own, and goes before the house's.
    """

    key = models.SlugField(max_length=80)
    locale = models.CharField(max_length=10, default="en")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="templates")
    title = models.CharField(max_length=120)
    situation = models.CharField(max_length=80)
    stage = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(default=0)
    slots = models.JSONField(default=list)
    guards = models.JSONField(default=list, blank=True)
    remedies = models.JSONField(default=list, blank=True)
    variants = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["stage", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale"], condition=Q(team__isnull=True), name="template_key_once_a_locale"
            ),
            models.UniqueConstraint(
                fields=["team", "key", "locale"], condition=Q(team__isnull=False), name="template_key_once_a_team"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def content(self) -> dict[str, Any]:
        """What a version keeps, as JSON."""
        return {name: getattr(self, name) for name in CONTENT}


class TemplateVersion(models.Model):
    """A template as it once stood: who made it so, when and how. One that came with Kintsugi may never have been in force."""

    class Origin(models.TextChoices):
        SHIPPED = "shipped", "Came with Kintsugi"
        EDITED = "edited", "Edited"
        RESTORED = "restored", "Restored"

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=10, choices=Origin.choices)
    restored_from = models.PositiveIntegerField(null=True, blank=True)
    content = models.JSONField()
    agent = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="template_version_once")]

    def __str__(self) -> str:
        return f"{self.template_id}, version {self.number}"


class TemplateUse(models.Model):
    """A reply that began with a template, and what came of it; never a figure of the person who sent it.

    `changed` (0 to 1) is the share of the template's own words that were not sent as they stood. `answer` is what the
    customer wrote next; `settled` is their own verdict, `reopened` whether it had to be taken up again, `rating` how they
    rate the first settlement after it.
    """

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="uses")
    version = models.PositiveIntegerField()
    variant = models.PositiveSmallIntegerField()
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="+")
    changed = models.FloatField()
    at = models.DateTimeField()
    answer = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled = models.BooleanField(null=True, blank=True)
    reopened = models.BooleanField(default=False)
    rating = models.ForeignKey(Rating, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(changed__gte=0, changed__lte=1), name="template_use_changed_0_to_1")
        ]

    def __str__(self) -> str:
        return f"{self.template_id} on {self.ticket_id}"
