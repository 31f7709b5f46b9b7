"""Learns from the desk's own corrections of moods, and shows what that changes on corrections held back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tickets.actions.mood_models import put_back, train
from tickets.empathy.team_model import TooFewCorrections


class Command(BaseCommand):
    help = "Learn from the corrections of moods; what is better on corrections held back reads from then on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--put-back", action="store_true", help="read again with what the last model replaced")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_put_back() if options["put_back"] else _train())


def _put_back() -> str:
    model = put_back()
    return f"The {model} reads again." if model else "The shipped model reads alone again."


def _train() -> str:
    try:
        model = train(timezone.now())
    except TooFewCorrections as reason:
        raise CommandError(str(reason)) from None
    change = f"macro-F1 on corrections held back: {model.before:.3f} before, {model.after:.3f} after."
    if not model.in_use:
        return f"Learnt from {model.corrections} corrections, and it is no better; nothing changes. {change}"
    return f"Learnt from {model.corrections} corrections; it reads within seconds in every process. {change}"
