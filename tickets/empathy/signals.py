"""Finds what calls for somebody special, in the customer's own words and never in what they quote."""

from dataclasses import dataclass
from functools import cache

from tickets.empathy.language import DATA, language_of
from tickets.empathy.own_words import own_words
from tickets.empathy.phrasebook import Phrasebook, phrasebook_of
from tickets.empathy.words import words_of

VERSION = "2"
READ_AT_MOST = 40_000
SIGNALS = (
    "legal",
    "regulator",
    "chargeback",
    "press",
    "leaving",
    "manager",
    "safety",
    "privacy",
    "vulnerable",
    "bereavement",
    "discrimination",
    "deadline",
    "money",
    "self_harm",
)


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal, one of SIGNALS, with the place of its words in the text, in characters."""

    signal: str
    start: int
    end: int


@cache
def signal_book(locale: str) -> Phrasebook:
    """Return the signal phrases of one locale; raises BadPhrase if its file cannot be read."""
    return phrasebook_of(DATA / locale / "signals.txt")


def read(text: str) -> tuple[Signal, ...]:
    """Return the signals in order of place.

    Only the first 40,000 characters are read, so that the time is bounded whatever comes in. Any text is answered.
    """
    words = words_of(own_words(text[:READ_AT_MOST]))
    found = signal_book(language_of(words)).find(words)
    return tuple(Signal(one.name, one.start, one.end) for one in found)
