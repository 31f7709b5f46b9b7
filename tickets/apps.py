"""The conversation with a customer, from the first mail to closed."""

from importlib import import_module

from django.apps import AppConfig

# What registers itself: the work that is due (see due_work.py), and the receivers of events, migrations, changed access.
REGISTERING = [
    "tickets.actions.guide_uses",
    "tickets.actions.guides",
    "tickets.actions.replying",
    "tickets.mail.intake",
    "tickets.mail.imap.fetching",
    "tickets.mail.sending.send",
    "tickets.live.access_changes",
]


class TicketsConfig(AppConfig):
    name = "tickets"
    verbose_name = "Conversations"

    def ready(self) -> None:
        for module in REGISTERING:
            import_module(module)
