"""How a message was read where a person knew better, and what was learnt from that."""

from django.db import models

from tickets.models.messages import Message
from tickets.models.people import Agent


class MoodCorrection(models.Model):
    """A person's reading of one message, which stands over the machine's and teaches it; it goes when the message goes.

    `unhappy` and `read_by` keep what the machine said at that time: its number, 0 to 1, and its version.
    """

    class Label(models.TextChoices):
        UNHAPPY = "unhappy", "Unhappy"
        NEUTRAL = "neutral", "Neutral"
        HAPPY = "happy", "Happy"

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="correction")
    label = models.CharField(max_length=10, choices=Label.choices)
    agent = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    unhappy = models.FloatField()
    read_by = models.CharField(max_length=40)
    corrected_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.label}"


class MoodModel(models.Model):
    """What was once learnt from the corrections; the one `in_use` reads, the others can be put back.

    `before` and `after` are macro-F1, 0 to 1, of the reading then in use and of this one, on corrections that
    neither had learnt from. `replaced` is the one that was in use when this was learnt, None the shipped one alone.
    """

    weights = models.JSONField()
    corrections = models.PositiveIntegerField()
    before = models.FloatField()
    after = models.FloatField()
    in_use = models.BooleanField(default=False)
    replaced = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    trained_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["in_use"], condition=models.Q(in_use=True), name="mood_model_one_in_use")
        ]

    def __str__(self) -> str:
        return f"mood model {self.pk}, learnt from {self.corrections} corrections"
