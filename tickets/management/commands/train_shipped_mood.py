"""Trains the mood model that is shipped, from texts whose licences permit it; two runs give the same bytes."""

from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tickets.empathy.language import DATA
from tickets.empathy.model import written_model
from tickets.empathy.training import train
from tickets.empathy.training_texts import BadTrainingText, texts_of


class Command(BaseCommand):
    help = "Train the shipped mood model of a language from labelled texts."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--data", type=Path, default=Path(settings.BASE_DIR) / "tickets" / "empathy" / "training_data" / "mood"
        )
        parser.add_argument("--locale", default="en")
        parser.add_argument("--out", type=Path, help="where to write the model (default: the shipped file)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder, locale = options["data"], options["locale"]
        try:
            texts = texts_of(folder, locale)
        except (BadTrainingText, OSError) as reason:
            raise CommandError(str(reason)) from None
        out = options["out"] or DATA / locale / "model.json"
        out.write_text(written_model(train(texts), {"trained_on": _digests(folder / locale)}), "utf-8")
        self.stdout.write(f"Wrote {out}: {out.stat().st_size} bytes, learnt from {len(texts)} texts.")


def _digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that was read, by name."""
    files = sorted([*folder.glob("*.tsv.gz"), *folder.glob("own/*.txt")])
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in files}
