"""Time and rules: what must happen if people do not act, and how a customer is won back."""

from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "escalation"
    verbose_name = "Time and recovery"

    def ready(self) -> None:
        # Models can only be imported once the apps are loaded, so these imports cannot stand at the top.
        from escalation import contributing, receivers
        from tickets.events import ticket_event

        contributing.contribute()
        ticket_event.connect(receivers.hear, dispatch_uid="escalation")
