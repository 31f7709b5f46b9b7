"""What the house makes of the rules of the reply check: which speak, how loud, and those that it wrote itself."""

from django.db import models
from django.db.models import Q

from tickets.models.people import Team

OFF = "off"
LOUDNESS = [("error", "Error"), ("warning", "Warning"), ("suggestion", "Suggestion"), (OFF, "Off")]


class RuleLevel(models.Model):
    """How loud a rule speaks to a team, or, without a team, to all that have not said otherwise."""

    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="rule_levels")
    locale = models.CharField(max_length=10)
    rule = models.CharField(max_length=80)
    level = models.CharField(max_length=12, choices=LOUDNESS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "locale", "rule"], name="rule_level_once_a_team"),
            models.UniqueConstraint(
                fields=["locale", "rule"], condition=Q(team__isnull=True), name="rule_level_once_for_all"
            ),
            models.CheckConstraint(condition=Q(level__in=[level for level, _ in LOUDNESS]), name="rule_level_known"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.level}"


class OwnRuleQuerySet(models.QuerySet["OwnRule"]):
    def speaking_to(self, team: Team | None) -> "OwnRuleQuerySet":
        """Those of the house, and the team's own."""
        return self.filter(Q(team=None) | Q(team=team))


class OwnRule(models.Model):
    """A rule of the house, or of one team alone, in the shape of a rule file.

    `rule` is the id that its source gives; `revision` counts its changes.
    """

    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="own_rules")
    locale = models.CharField(max_length=10)
    rule = models.CharField(max_length=80)
    source = models.TextField()
    revision = models.PositiveIntegerField(default=1)

    objects = OwnRuleQuerySet.as_manager()

    class Meta:
        ordering = ["locale", "rule"]
        constraints = [models.UniqueConstraint(fields=["locale", "rule"], name="own_rule_once_a_locale")]

    def __str__(self) -> str:
        return self.rule
