"""Makes rows of the guided replies that come with the product; those that are there already stay as they are."""

from typing import Any

from django.core.management.base import BaseCommand

from tickets.actions.guides import import_templates


class Command(BaseCommand):
    help = "Import the guided replies that come with the product."

    def handle(self, *args: Any, **options: Any) -> None:
        made = import_templates()
        self.stdout.write(f"{made} guided replies were new." if made else "All guided replies are there already.")
