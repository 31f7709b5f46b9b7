"""Reads the mood and the signals of messages: JSON lines in, JSON lines out, in the same order."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from tickets.empathy import mood, signals


class Command(BaseCommand):
    help = 'Read JSON lines {"text": …} and write the mood of each, with its reasons and signals.'
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for line in sys.stdin.buffer:
            if line.strip():
                self.stdout.write(_answer(line))


def _answer(line: bytes) -> str:
    try:
        return json.dumps(_reading(_text_of(line)))
    except (ValueError, RecursionError) as reason:
        return json.dumps({"error": str(reason)})


def _text_of(line: bytes) -> str:
    try:
        asked = json.loads(line)
    except ValueError as reason:
        raise ValueError(f"This line is not JSON: {reason}") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise ValueError('A line must be an object with a "text" that is a string.')
    return str(asked["text"])


def _reading(text: str) -> dict[str, Any]:
    heard = mood.read(text)
    return {
        "unhappy": heard.unhappy,
        "label": heard.label,
        "reasons": [
            {"text": r.text, "start": r.start, "end": r.end, "weight": r.weight, "cue": r.cue} for r in heard.reasons
        ],
        "signals": [{"signal": s.signal, "start": s.start, "end": s.end} for s in signals.read(text)],
    }
