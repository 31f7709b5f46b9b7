"""Reads the conversations of the demo from their files: who wrote what, and what was done, how long ago."""

from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Self

import yaml

FOLDER = Path(__file__).parent / "conversations"
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def span(text: str) -> timedelta:
    """A span of time like 90m, 3h or 2d."""
    return timedelta(**{UNITS[text[-1]]: float(text[:-1])})


@dataclass(frozen=True)
class Step:
    """What happened `after` the complaint; `act` is one of the acts of replay.py, `by` an agent's key."""

    after: timedelta
    act: str
    by: str
    value: Any
    more: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, row: dict[str, Any]) -> Self:
        row = dict(row)
        after, by = span(row.pop("after")), row.pop("by", "")
        act = next(iter(row))
        return cls(after, act, by, row.pop(act), row)


@dataclass(frozen=True)
class Story:
    """One customer's matter, from the complaint on. `ago` is how long ago they wrote."""

    name: str
    email: str
    subject: str
    team: str
    said: str
    ago: timedelta
    about: str = ""
    channel: str = "email"
    wants: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def message_id(self) -> str:
        """The same at every reading of the file."""
        local, _, domain = self.email.partition("@")
        return f"{local}.{self.ago.total_seconds():.0f}@{domain}"

    @classmethod
    def read(cls, row: dict[str, Any]) -> Self:
        row = dict(row)
        name, email = parseaddr(row.pop("customer"))
        steps = tuple(Step.read(step) for step in row.pop("then", []))
        return cls(name=name, email=email, ago=span(row.pop("ago")), steps=steps, **row)


def stories() -> list[Story]:
    """All conversations, the oldest first."""
    rows = [row for path in sorted(FOLDER.glob("*.yaml")) for row in yaml.safe_load(path.read_text())]
    return sorted((Story.read(row) for row in rows), key=lambda story: -story.ago)
