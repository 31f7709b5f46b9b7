"""Adds up how people rated the words of a text, with negation, emphasis and capitals.

The arithmetic and its constants follow C.J. Hutto and E.E. Gilbert, "VADER: A Parsimonious Rule-based Model for
Sentiment Analysis of Social Media Text", ICWSM 2014.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path

from tickets.empathy.language import DATA
from tickets.empathy.words import STOP, Word

NEGATED = -0.74
EMPHASIS = 0.293
EMPHASIS_BY_DISTANCE = (1.0, 0.95, 0.9)
CAPITALS = 0.733
EXCLAMATION = 0.292
EXCLAMATIONS_COUNTED = 4
BEFORE_BUT, AFTER_BUT = 0.5, 1.5
NORMAL = 15.0
SIGN = re.compile(r"[^\w\s]{2,4}")


@dataclass(frozen=True, slots=True)
class Rated:
    """A word with its value in this text, -6 to 6, and its number among the words."""

    value: float
    word: int


@dataclass(frozen=True)
class Lexicon:
    """The rated words of one locale with the words that turn or stress them."""

    values: dict[str, float]
    negations: frozenset[str]
    boosters: dict[str, float]
    buts: frozenset[str]


@cache
def lexicon(locale: str) -> Lexicon:
    """Return the lexicon of one locale, emoji included."""
    modifiers = _table(DATA / locale / "modifiers.tsv")
    return Lexicon(
        values=_numbers(DATA / locale / "lexicon.tsv") | signs(),
        negations=frozenset(word for word, kind in modifiers.items() if kind == "not"),
        boosters={
            w: EMPHASIS if kind == "more" else -EMPHASIS for w, kind in modifiers.items() if kind in ("more", "less")
        },
        buts=frozenset(word for word, kind in modifiers.items() if kind == "but"),
    )


@cache
def signs() -> dict[str, float]:
    """Return emoticons and emoji with their values; they are the same in every language."""
    return _numbers(DATA / "signs.tsv")


def _numbers(path: Path) -> dict[str, float]:
    return {word: float(value) for word, value in _table(path).items()}


def _table(path: Path) -> dict[str, str]:
    lines = path.read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if "\t" in line)


def rate(words: Sequence[Word], locale: str) -> list[Rated]:
    """Return the words that carry a value, in order, each turned or stressed by its neighbours."""
    book = lexicon(locale)
    shouting = _some_in_capitals(words)
    rated = []
    for at, word in enumerate(words):
        value = book.values.get(word.key)
        if value is not None and word.key not in book.boosters:
            rated.append(Rated(_in_place(value, at, words, book, shouting), at))
    return _weigh_around_but(rated, words, book)


def compound(text: str, words: Sequence[Word], rated: Sequence[Rated]) -> float:
    """Return one number for the text, -1 (bad) to 1 (good)."""
    total = sum(one.value for one in rated) + sum(signs().get(sign, 0.0) for sign in SIGN.findall(text))
    if not total:
        return 0.0
    stress = EXCLAMATION * min(text.count("!"), EXCLAMATIONS_COUNTED)
    total += stress if total > 0 else -stress
    return total / sqrt(total * total + NORMAL)


def _some_in_capitals(words: Sequence[Word]) -> bool:
    letters = [word for word in words if word.raw[0].isalpha()]
    capitals = sum(_is_capital(word) for word in letters)
    return 0 < capitals < len(letters)


def _is_capital(word: Word) -> bool:
    return len(word.raw) > 1 and word.raw.isupper()


def _in_place(value: float, at: int, words: Sequence[Word], book: Lexicon, shouting: bool) -> float:
    away = 1 if value > 0 else -1
    if shouting and _is_capital(words[at]):
        value += away * CAPITALS
    negated = False
    for distance in range(3):
        before = at - distance - 1
        if before < 0 or words[before].key == STOP:
            break
        key = words[before].key
        value += away * book.boosters.get(key, 0.0) * EMPHASIS_BY_DISTANCE[distance]
        negated = negated or key in book.negations
    return value * NEGATED if negated else value


def _weigh_around_but(rated: list[Rated], words: Sequence[Word], book: Lexicon) -> list[Rated]:
    buts = [at for at, word in enumerate(words) if word.key in book.buts]
    if len(buts) != 1:
        return rated
    return [Rated(one.value * (BEFORE_BUT if one.word < buts[0] else AFTER_BUT), one.word) for one in rated]
