"""Brings in guided replies: those of this release, or a folder of the house's own; a text edited here stays in force."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tickets.actions.guides import bring_in_files, take_in
from tickets.empathy.templates import BadTemplate, load
from tickets.errors import Invalid
from tickets.models import Team


class Command(BaseCommand):
    help = "Bring in the guided replies of this release, or those of a folder, for the whole house or for one team."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, help="Files such as those below tickets/empathy/template_files."
        )
        parser.add_argument("--team", help="The short name of the team to which alone they belong.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            new = self._bring_in(options["folder"], options["team"])
        except BadTemplate as wrong:
            raise CommandError(str(wrong)) from None
        except Invalid as wrong:
            raise CommandError(" ".join(wrong.fields.values())) from None
        self.stdout.write(f"New or with a new version: {new}." if new else "All are here already.")

    def _bring_in(self, folder: Path | None, slug: str | None) -> int:
        if folder is None:
            return bring_in_files(now=timezone.now())
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        team = Team.objects.filter(slug=slug).first()
        if slug and team is None:
            raise CommandError(f"There is no team called {slug}; there is {', '.join(_slugs())}.")
        return take_in(load(folder), team, now=timezone.now())


def _slugs() -> list[str]:
    return list(Team.objects.order_by("slug").values_list("slug", flat=True))
