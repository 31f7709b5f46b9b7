"""What the check found in replies that were sent: rules are judged by it, and no person ever is."""

from django.db import models

from tickets.models.messages import PendingReply


class SentFinding(models.Model):
    """A rule that spoke of a reply which was sent nonetheless; `reason` is why an error stands, empty for the rest."""

    reply = models.ForeignKey(PendingReply, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=80)
    locale = models.CharField(max_length=10)
    level = models.CharField(max_length=12)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply", "rule"], name="sent_finding_once_a_rule")]
        indexes = [models.Index(fields=["locale", "rule"], name="sent_finding_by_rule")]

    def __str__(self) -> str:
        return f"{self.rule} in reply {self.reply_id}"
