"""Guided replies as rows: imported from files, then the team's own."""

from django.db import models


class Template(models.Model):
    """A guided reply. `variants` are bodies with {slots}; `slots` names those that must be filled."""

    key = models.SlugField(max_length=80)
    locale = models.CharField(max_length=10, default="en")
    title = models.CharField(max_length=120)
    situation = models.CharField(max_length=80)
    stage = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(default=0)
    slots = models.JSONField(default=list)
    guards = models.JSONField(default=list, blank=True)
    variants = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["stage", "title"]
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="template_key_once_a_locale")]

    def __str__(self) -> str:
        return self.title
