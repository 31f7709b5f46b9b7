"""Finds what calls for somebody special, in the customer's own words and never in what they quote."""

from dataclasses import dataclass
from functools import cache

from tickets.empathy.language import DATA, language_of
from tickets.empathy.own_words import own_words
from tickets.empathy.phrasebook import Phrasebook, phrasebook_of
from tickets.empathy.words import words_of

VERSION = "3"
READ_AT_MOST = 40_000
WORDS = {
    "legal": "speaks of legal action",
    "regulator": "speaks of a regulator or ombudsman",
    "chargeback": "speaks of taking the money back through the bank",
    "press": "speaks of the press or of reviews",
    "leaving": "says they are leaving",
    "manager": "asks for somebody in charge",
    "safety": "speaks of danger or injury",
    "privacy": "speaks of a breach of privacy",
    "vulnerable": "speaks of somebody who needs more care",
    "bereavement": "has lost somebody",
    "discrimination": "speaks of discrimination",
    "deadline": "has a day to meet",
    "money": "is out of pocket",
    "self_harm": "may be in danger themselves",
}
"""What each signal says of the customer, as the end of a sentence."""

SIGNALS = tuple(WORDS)


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
