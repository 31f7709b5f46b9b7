"""Tells the language of a message by its commonest words, among the languages that have files here."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tickets.empathy.words import APOSTROPHES, Word

DATA = Path(__file__).parent / "data"
DEFAULT = "en"
WORDS_READ = 400
CHARACTERS_READ = 8_000
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


@cache
def stop_words(locale: str) -> frozenset[str]:
    """Return the small words of a language: they tell it apart, and are never a reason for anything."""
    lines = (DATA / locale / "stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def locales() -> tuple[str, ...]:
    """Return the languages that can be told, the default first, then by name: a folder with stop words is one."""
    found = sorted(path.parent.name for path in DATA.glob("*/stopwords.txt"))
    return (DEFAULT, *(name for name in found if name != DEFAULT))


def detect(text: str) -> str:
    """Return the language whose small words are the most frequent in the first 8,000 characters, else "en"."""
    return _likeliest(WORD.findall(text[:CHARACTERS_READ].lower().translate(APOSTROPHES)))


def language_of(words: Sequence[Word]) -> str:
    """Return the language of words already cut; the default wins a tie."""
    return _likeliest([word.key for word in words[:WORDS_READ]])


def _likeliest(keys: Sequence[str]) -> str:
    read = keys[:WORDS_READ]
    return max(locales(), key=lambda locale: sum(map(stop_words(locale).__contains__, read)))
