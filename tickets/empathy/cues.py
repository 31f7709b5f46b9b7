"""Finds the cues: what unhappy and happy customers say in so many words, weighed by family."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tickets.empathy.language import DATA
from tickets.empathy.phrasebook import Phrasebook, phrasebook_of
from tickets.empathy.words import Word


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a text: its family, how much unhappier and happier it makes it sound, and its place in characters."""

    name: str
    unhappy: float
    happy: float
    start: int
    end: int


@cache
def cue_book(locale: str) -> Phrasebook:
    """Return the cues of one locale; raises BadPhrase if its file cannot be read."""
    return phrasebook_of(DATA / locale / "cues.txt")


def find_cues(words: Sequence[Word], locale: str) -> list[Cue]:
    """Return the cues in order of place."""
    book = cue_book(locale)
    return [Cue(found.name, *book.weights[found.name], found.start, found.end) for found in book.find(words)]
