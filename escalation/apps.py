"""Time and rules: what must happen if people do not act, and how a customer is won back."""

from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "escalation"
    verbose_name = "Time and recovery"
