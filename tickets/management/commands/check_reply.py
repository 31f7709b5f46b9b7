"""Checks drafts without a browser: one JSON object per line in, one per line out, in the same order."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tickets.empathy.check import BadContext, Finding, check


class Command(BaseCommand):
    """`{"draft", "customer_message", "context"}` in, `{"findings", "steps"}` out; a bad line answers `{"error"}`."""

    help = "Check drafts: JSON lines with draft, customer_message and context on stdin, findings and steps on stdout."

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer each line that is not empty, and go on after a bad one."""
        for line in sys.stdin.buffer:
            if line.strip():
                self.stdout.write(json.dumps(_answer(line), ensure_ascii=False))


def _answer(line: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        draft, message, context = _parts(asked)
        checked = check(draft, message, {"today": timezone.localdate(), **context})
    except (ValueError, RecursionError) as error:
        return {"error": _sentence(error)}
    return {"findings": [_told(finding) for finding in checked.findings], "steps": dict(checked.steps)}


def _told(finding: Finding) -> dict[str, Any]:
    """Places count characters of the draft (code points), as Python does."""
    return {name: value for name, value in asdict(finding).items() if name not in ("offers", "place")}


def _parts(asked: object) -> tuple[str, str, dict[str, Any]]:
    if not isinstance(asked, dict):
        raise BadContext("A line is an object with a draft, a customer_message and a context.")
    draft, message, context = asked.get("draft"), asked.get("customer_message") or "", asked.get("context") or {}
    if not isinstance(draft, str) or not isinstance(message, str):
        raise BadContext("draft and customer_message are texts.")
    if not isinstance(context, dict):
        raise BadContext("context is an object.")
    return draft, message, {key: value for key, value in context.items() if value is not None}


def _sentence(error: Exception) -> str:
    if isinstance(error, BadContext):
        return str(error)
    return f"This line is not JSON: {error}"
