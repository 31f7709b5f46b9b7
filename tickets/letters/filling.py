"""The language of letters: {name} stands for a value; a line that holds an empty {name?} is left out. Nothing else.

`check` refuses at saving what could not be filled; `fill` never raises, whatever it is given.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from tickets.letters.kinds import Kind

PLACEHOLDER = re.compile(r"\{([a-z_]{1,40})(\??)\}")
LONGEST_SUBJECT = 200  # characters
LONGEST_BODY = 10_000
BRACE = re.compile(r"[{}]")


@dataclass(frozen=True)
class Text:
    """A letter as it is written, before anything is filled in. A letter without a subject has an empty one."""

    subject: str
    body: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with a text: in `subject` or `body`, in which line (from 1), in a sentence."""

    field: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.words}" if self.field == "body" else self.words


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its values; lines of empty optional placeholders are gone, and the empty lines they would leave."""
    lines = [_line(line, values) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line is not None)).strip()


def _line(line: str, values: Mapping[str, str]) -> str | None:
    if "{" not in line:
        return line
    if any(optional and not values.get(name) for name, optional in PLACEHOLDER.findall(line)):
        return None
    return PLACEHOLDER.sub(lambda found: values.get(found[1], ""), line)


def check(kind: Kind, text: Text) -> list[Fault]:
    """Everything that keeps this text from being used as that letter, the first line first; empty: it may be saved."""
    faults = [*_check_subject(kind, text.subject), *_check_body(kind, text.body)]
    written = {name for name, optional in PLACEHOLDER.findall(text.body) if not optional}
    last = max(1, len(text.body.splitlines()))
    for name in kind.carries:
        if name not in written:
            lost = f"The letter has lost {{{name}}}, which it must carry: {_lower(kind.placeholders[name].meaning)}"
            faults.append(Fault("body", last, lost))
    return faults


def _check_subject(kind: Kind, subject: str) -> Iterator[Fault]:
    if not kind.has_subject:
        return
    if not subject.strip():
        yield Fault("subject", 1, "A letter needs a subject.")
    if len(subject) > LONGEST_SUBJECT:
        yield Fault("subject", 1, f"A subject has at most {LONGEST_SUBJECT} characters; this has {len(subject)}.")
    if len(subject.splitlines()) > 1:
        yield Fault("subject", 1, "A subject is one line.")
    yield from _check_line(kind, "subject", 1, subject)
    for name, _ in PLACEHOLDER.findall(subject):
        if name in kind.placeholders and kind.placeholders[name].may_be_empty:
            yield Fault("subject", 1, f"{{{name}}} can be empty, so it cannot stand in the subject.")


def _check_body(kind: Kind, body: str) -> Iterator[Fault]:
    if not body.strip():
        yield Fault("body", 1, "A letter needs some words.")
    if len(body) > LONGEST_BODY:
        yield Fault("body", 1, f"A letter has at most {LONGEST_BODY:,} characters; this has {len(body):,}.")
    for number, line in enumerate(body.splitlines(), 1):
        yield from _check_line(kind, "body", number, line)
        for name, optional in PLACEHOLDER.findall(line):
            if name in kind.placeholders and kind.placeholders[name].may_be_empty and not optional:
                words = f"{{{name}}} can be empty: write {{{name}?}}, and its line is left out when it is."
                yield Fault("body", number, words)


def _check_line(kind: Kind, field: str, number: int, line: str) -> Iterator[Fault]:
    """What stands in braces and is no placeholder of this letter."""
    for name, _ in PLACEHOLDER.findall(line):
        if name not in kind.placeholders:
            yield Fault(field, number, f"There is no {{{name}}} in this letter{_near(kind, name)}.")
    if stray := BRACE.search(PLACEHOLDER.sub(lambda found: " " * len(found[0]), line)):
        shown = line[max(0, stray.start() - 10) : stray.start() + 20].strip()
        yield Fault(field, number, f"“{shown}” is no placeholder: one is written {{name}}, in small letters, closed.")


def _near(kind: Kind, name: str) -> str:
    near = get_close_matches(name, kind.placeholders, n=1)
    return f"; {{{near[0]}}} is meant, perhaps" if near else ""


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
