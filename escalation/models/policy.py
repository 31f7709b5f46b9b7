"""What a team aims at, and who is called when it is missed."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from escalation.models.calendar import WorkCalendar
from tickets.models import Agent, Priority, Team

LONGEST = 366 * 24 * 3600  # seconds
SECONDS = [MinValueValidator(1), MaxValueValidator(LONGEST)]


class Ladder(models.Model):
    """The levels that an escalation climbs until somebody acknowledges it."""

    name = models.CharField(max_length=80, unique=True)
    repeat_at_most = models.PositiveSmallIntegerField(
        default=3, help_text="How often the highest level is told again while nobody acknowledges."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LadderLevel(models.Model):
    """Whom one level calls, and how many seconds they have to acknowledge before the next one is called."""

    class To(models.TextChoices):
        SUPERVISORS = "supervisors", "The team's supervisors"
        AGENT = "agent", "One person"
        ADMINISTRATORS = "administrators", "The administrators"

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField(choices=[(1, "1"), (2, "2"), (3, "3")])
    to = models.CharField(max_length=20, choices=To.choices, default=To.SUPERVISORS)
    agent = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    acknowledge_within = models.PositiveIntegerField(default=900, validators=SECONDS, help_text="Seconds.")

    class Meta:
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(fields=["ladder", "level"], name="ladder_level_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="ladder_level_1_to_3"),
            models.CheckConstraint(condition=Q(acknowledge_within__gt=0), name="ladder_level_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.ladder}, level {self.level}"


class SlaPolicy(models.Model):
    """A team's targets in working seconds; with a priority only for tickets of it. Running clocks keep what they began with.

    `warn_before_percent` is how much of a target is left when the clock warns. `pause_at_most` caps, in working
    seconds, how long the resolution clock waits for the customer. `ask_again_after` are plain seconds.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="sla_policies")
    priority = models.CharField(max_length=10, blank=True, choices=Priority.choices, help_text="Empty: every priority.")
    calendar = models.ForeignKey(WorkCalendar, on_delete=models.PROTECT, related_name="policies")
    ladder = models.ForeignKey(Ladder, on_delete=models.PROTECT, related_name="policies")
    first_response = models.PositiveIntegerField(default=4 * 3600, validators=SECONDS)
    next_response = models.PositiveIntegerField(default=8 * 3600, validators=SECONDS)
    resolution = models.PositiveIntegerField(default=40 * 3600, validators=SECONDS)
    warn_before_percent = models.PositiveSmallIntegerField(
        default=25, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    pause_at_most = models.PositiveIntegerField(default=80 * 3600, validators=[MaxValueValidator(LONGEST)])
    ask_again_after = models.PositiveIntegerField(default=3 * 24 * 3600, validators=SECONDS)

    class Meta:
        verbose_name = "SLA policy"
        verbose_name_plural = "SLA policies"
        ordering = ["team", "priority"]
        constraints = [
            models.UniqueConstraint(fields=["team", "priority"], name="policy_once_a_team_and_priority"),
            models.CheckConstraint(
                condition=Q(first_response__gt=0, next_response__gt=0, resolution__gt=0, ask_again_after__gt=0),
                name="policy_targets_positive",
            ),
            models.CheckConstraint(condition=Q(warn_before_percent__range=(1, 99)), name="policy_warns_within_target"),
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.get_priority_display()}".strip()
