"""Reads reply templates from files and fills their slots; a file that is wrong is refused with the line and the reason.

A file is YAML between two lines of `---`, then three or more variants, each under a heading `## 1`, `## 2`, …

    {their_words}   a slot: left as it stands when there is nothing to put in, so that nobody can overlook it
    {why?}          an optional slot: it vanishes, with the empty line it would leave

Write an optional slot where a whole sentence or paragraph may be missing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tickets.empathy.slots import SLOTS

STAGES = ("acknowledge", "update", "solve", "follow_up")
HIGHEST_LEVEL = 3
FEWEST_VARIANTS = 3
KEYS = frozenset({"key", "title", "situation", "stage", "level", "locale", "required", "guards"})
MAY_BE_LEFT_OUT = frozenset({"remedies"})

SLOT = re.compile(r"\{([a-z_]{1,40})(\??)\}")
HEADING = re.compile(r"^## +(\d+)[ \t]*$", re.M)
FENCE = "---"


class BadTemplate(ValueError):
    """A template file cannot be used; the message says the file, the line and the reason."""


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """One situation written out: `level` (0 to 3) is the escalation from which it fits, `guards` are read by people.

    `remedies` are what may be offered here, each as it follows “I can”.
    """

    key: str
    title: str
    situation: str
    stage: str
    level: int
    locale: str
    required: tuple[str, ...]
    guards: tuple[str, ...]
    variants: tuple[str, ...]
    remedies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled text, and the slots that still stand empty in it, in order of appearance."""

    text: str
    empty_slots: tuple[str, ...]


def load(folder: Path) -> tuple[TemplateFile, ...]:
    """Read every template below a folder, ordered by locale and key; raises BadTemplate."""
    found = [read(path.read_bytes(), path.name) for path in sorted(folder.rglob("*.md"))]
    seen: set[tuple[str, str]] = set()
    for template in found:
        if (template.locale, template.key) in seen:
            raise BadTemplate(f"{template.key}: there is another template of this key in {template.locale}.")
        seen.add((template.locale, template.key))
    return tuple(sorted(found, key=lambda one: (one.locale, one.key)))


def read(content: bytes, filename: str) -> TemplateFile:
    """Read one template; raises BadTemplate with the file, the line and the reason."""
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadTemplate(f"{filename}, line {line}: this is not UTF-8.") from None
    return _Reader(text, filename).template()


def render(body: str, slots: Mapping[str, str]) -> Rendered:
    """Fill the slots of a body; an empty required slot stays visible, an empty optional one vanishes."""
    filled = {name: value.strip() for name, value in slots.items() if value.strip()}
    lines = [_fill(line, filled) for line in body.splitlines()]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line is not None)).strip()
    empty = [slot[1] for slot in SLOT.finditer(body) if not slot[2] and slot[1] not in filled]
    return Rendered(text, tuple(dict.fromkeys(empty)))


def _fill(line: str, filled: Mapping[str, str]) -> str | None:
    """Fill one line; None when only empty optional slots stood in it."""
    kept = SLOT.sub(lambda slot: "" if slot[2] and slot[1] not in filled else slot[0], line)
    if kept != line:
        kept = re.sub(r" {2,}", " ", kept).strip()
    return SLOT.sub(lambda slot: filled.get(slot[1], slot[0]), kept) if kept or not line else None


def slots_of(body: str) -> tuple[str, ...]:
    """Return the slots that a body asks for, in order, each once."""
    return tuple(dict.fromkeys(slot[1] for slot in SLOT.finditer(body)))


def body_problems(body: str, required: Iterable[str]) -> Iterator[tuple[int | None, str]]:
    """Yield what is wrong with a variant: its line (from 1, None for the whole of it) and the reason."""
    if not body:
        yield None, "this variant is empty."
    for number, line in enumerate(body.splitlines(), start=1):
        for slot in slots_of(line):
            if slot not in SLOTS:
                yield number, f"there is no slot called {slot!r}."
    for slot in required:
        if f"{{{slot}}}" not in body:
            yield None, f"the required slot {{{slot}}} is missing."


class _Reader:
    """Reads one file and remembers the lines, so that each refusal can point at one."""

    def __init__(self, text: str, filename: str) -> None:
        self.text = text
        self.filename = filename
        self.front_end = text.find(f"\n{FENCE}\n", len(FENCE))
        if not text.startswith(f"{FENCE}\n") or self.front_end < 0:
            raise self.refusal(1, f"the file begins with a block between two lines of {FENCE}.")

    def refusal(self, line: int, reason: str) -> BadTemplate:
        return BadTemplate(f"{self.filename}, line {line}: {reason}")

    def line_of_key(self, key: str) -> int:
        place = re.search(rf"^{key}\s*:", self.text[: self.front_end], re.M)
        return self.text.count("\n", 0, place.start()) + 1 if place else 1

    def template(self) -> TemplateFile:
        front = self.front()
        required = self.words(front, "required")
        for slot in required:
            if slot not in SLOTS:
                raise self.refusal(self.line_of_key("required"), f"there is no slot called {slot!r}.")
        return TemplateFile(
            key=self.word(front, "key", r"[a-z0-9]+(?:-[a-z0-9]+)*"),
            title=self.word(front, "title", r".{1,120}"),
            situation=self.word(front, "situation", r"[a-z0-9_]+"),
            stage=self.word(front, "stage", "|".join(STAGES)),
            level=self.level(front),
            locale=self.word(front, "locale", r"[a-z]{2}(?:-[A-Z]{2})?"),
            required=required,
            guards=self.words(front, "guards"),
            variants=self.variants(required),
            remedies=self.words(front, "remedies"),
        )

    def front(self) -> dict[str, Any]:
        try:
            front = yaml.safe_load(self.text[len(FENCE) + 1 : self.front_end])
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 2 if error.problem_mark else 1
            raise self.refusal(line, f"this is not YAML: {error.problem}.") from None
        if not isinstance(front, dict):
            raise self.refusal(2, "the block holds no keys.")
        for key in front:
            if key not in KEYS | MAY_BE_LEFT_OUT:
                raise self.refusal(self.line_of_key(re.escape(str(key))), f"{key!r} means nothing here.")
        for key in sorted(KEYS - front.keys()):
            raise self.refusal(1, f"{key!r} is missing.")
        return front

    def word(self, front: dict[str, Any], key: str, shape: str) -> str:
        value = front[key]
        if not isinstance(value, str) or not re.fullmatch(shape, value):
            raise self.refusal(self.line_of_key(key), f"{value!r} is no {key} (wanted: {shape}).")
        return value

    def words(self, front: dict[str, Any], key: str) -> tuple[str, ...]:
        value = front.get(key) or []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.refusal(self.line_of_key(key), f"{key} is a list of words.")
        return tuple(value)

    def level(self, front: dict[str, Any]) -> int:
        level = front["level"]
        if not isinstance(level, int) or not 0 <= level <= HIGHEST_LEVEL:
            raise self.refusal(self.line_of_key("level"), f"{level!r} is no level from 0 to {HIGHEST_LEVEL}.")
        return level

    def variants(self, required: tuple[str, ...]) -> tuple[str, ...]:
        start = self.front_end + len(FENCE) + 2
        headings = list(HEADING.finditer(self.text, start))
        if len(headings) < FEWEST_VARIANTS:
            line = self.text.count("\n", 0, start) + 1
            raise self.refusal(line, f"{len(headings)} variants; it takes {FEWEST_VARIANTS}, under “## 1” and so on.")
        ends = [heading.start() for heading in headings[1:]] + [len(self.text)]
        bodies = []
        for heading, end in zip(headings, ends, strict=True):
            body = self.text[heading.end() : end].strip()
            self.check_body(body, self.text.count("\n", 0, heading.start()) + 1, required)
            if body in bodies:
                raise self.refusal(self.text.count("\n", 0, heading.start()) + 1, "this variant repeats another one.")
            bodies.append(body)
        return tuple(bodies)

    def check_body(self, body: str, line: int, required: tuple[str, ...]) -> None:
        for below, reason in body_problems(body, required):
            raise self.refusal(line + (below + 1 if below else 0), reason)
