"""Groups words into sentences, with the sign that ended each."""

from collections.abc import Sequence
from dataclasses import dataclass

from tickets.empathy.words import STOP, Word

CHARACTERS_AT_MOST = 400


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words `first` to `last` (excluded) and their place in characters, the closing sign included."""

    first: int
    last: int
    start: int
    end: int
    closing: str


def sentences_of(words: Sequence[Word]) -> list[Sentence]:
    """Return the sentences that hold at least one word, in order."""
    found, first = [], 0
    for at, word in enumerate(words):
        if word.key == STOP:
            if at > first:
                found.append(_sentence(words, first, at, word))
            first = at + 1
    if first < len(words):
        found.append(_sentence(words, first, len(words), None))
    return found


def _sentence(words: Sequence[Word], first: int, last: int, stop: Word | None) -> Sentence:
    visible = stop if stop and stop.raw.strip() else None
    end = (visible or words[last - 1]).end
    return Sentence(first, last, words[first].start, end, visible.raw if visible else "")


def shorten(start: int, end: int, keep: int) -> tuple[int, int]:
    """Return the range cut to 400 characters around the place `keep`, so that no finding is a whole letter."""
    if end - start <= CHARACTERS_AT_MOST:
        return start, end
    start = max(start, keep - CHARACTERS_AT_MOST // 2)
    return start, min(end, start + CHARACTERS_AT_MOST)
