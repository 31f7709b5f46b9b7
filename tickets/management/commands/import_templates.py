"""Brings in the guided replies that come with this release; a text that the house has edited stays in force."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tickets.actions.guides import bring_in_files


class Command(BaseCommand):
    help = "Bring in the guided replies that come with this release."

    def handle(self, *args: Any, **options: Any) -> None:
        new = bring_in_files(now=timezone.now())
        self.stdout.write(f"{new} guided replies are new or have a new version." if new else "All are here already.")
