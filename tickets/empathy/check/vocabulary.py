"""Reads the shared words of one language, which every rule may use by name, from its `vocabulary.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tickets.empathy.check.patterns import Forms, Pattern, pattern_of, regular_forms
from tickets.empathy.check.spelling import Spelling
from tickets.empathy.phrases import BadPhrase, spell_out

FILENAME = "vocabulary.yaml"
KEYS = frozenset(
    {
        "spelling",
        "endings",
        "stems",
        "negators",
        "clause_breaks",
        "date",
        "months",
        "weekdays",
        "facts",
        "lists",
        "capital_nouns",
    }
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Spelling, small closed classes of words, and named lists in the notation of patterns."""

    spelling: Spelling
    negators: frozenset[str]
    clause_breaks: frozenset[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    date_shape: str
    capital_nouns: bool
    facts: Mapping[str, Pattern]
    lists: Mapping[str, str]
    forms: Forms

    def spoken(self, day: date) -> str:
        """Return a day as one writes it in this language, by the first name that the vocabulary gives."""
        weekday = next(name for name, number in self.weekdays.items() if number == day.weekday())
        month = next(name for name, number in self.months.items() if number == day.month)
        return self.date_shape.format(weekday=weekday.capitalize(), day=day.day, month=month.capitalize())

    def pattern(self, written: str) -> Pattern:
        """Compile a pattern with the lists of this language; raises BadPhrase."""
        return pattern_of(written, self.lists, self.forms)


def vocabulary_of(folder: Path) -> Vocabulary:
    """Read the vocabulary of a language; raises BadPhrase with the file and the reason."""
    path = folder / FILENAME
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
        return _vocabulary(data)
    except yaml.YAMLError as error:
        raise BadPhrase(f"{path.name}: {error}") from None
    except (BadPhrase, KeyError, TypeError, AttributeError) as reason:
        raise BadPhrase(f"{path.name}: {reason}") from None


def _vocabulary(data: Mapping[str, Any]) -> Vocabulary:
    unknown = sorted(data.keys() - KEYS)
    if unknown:
        raise BadPhrase(f"{unknown[0]!r} means nothing here.")
    forms = regular_forms
    lists: dict[str, str] = {}
    for name, written in data["lists"].items():
        lists[name] = spell_out(" ".join(str(written).split()), lists)
    facts = {name: pattern_of(words, lists, forms) for name, words in data.get("facts", {}).items()}
    return Vocabulary(
        spelling=Spelling(data["spelling"], data["endings"], tuple(data["stems"]), frozenset(data["months"])),
        negators=frozenset(data["negators"]),
        clause_breaks=frozenset(data["clause_breaks"]),
        months=data["months"],
        weekdays=data["weekdays"],
        date_shape=data["date"],
        capital_nouns=data.get("capital_nouns", False),
        facts=facts,
        lists=lists,
        forms=forms,
    )
