"""Makes a token for an integration, which acts as one agent; it is shown once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tickets.models import Agent, ApiToken


class Command(BaseCommand):
    help = "Make a token for an integration. It is shown once and kept as a hash."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the agent as whom the integration acts")
        parser.add_argument("name", help="what uses it, such as “the web shop”")

    def handle(self, *args: Any, **options: Any) -> None:
        agent = Agent.objects.filter(email=options["email"].strip().lower(), is_active=True).first()
        if agent is None:
            raise CommandError(f"There is no agent with the address {options['email']}.")
        _, said = ApiToken.objects.make(agent, options["name"][:80], timezone.now())
        self.stdout.write(said)
