"""Tells what a customer writes of: the situations whose own words stand in the message, with those words as the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tickets.empathy.language import DATA, language_of
from tickets.empathy.own_words import own_words
from tickets.empathy.phrasebook import Found, Phrasebook, phrasebook_of
from tickets.empathy.words import Word, words_of

READ_AT_MOST = 6_000  # characters
MOST_HITS = 5  # that count: a long message says a thing more often, not more surely
ONE_WORD, SOME_WORDS, MANY_WORDS = 1.0, 2.0, 2.5


@dataclass(frozen=True, slots=True)
class Written:
    """A situation in a message: `points` is 1 for a single word, rising with longer and further phrases; `words` are the
    customer's that say the most of it."""

    situation: str
    points: float
    words: str


@cache
def situation_book(locale: str) -> Phrasebook | None:
    """Return what customers of one language say of each situation, None where nobody has written it down yet."""
    path = DATA / locale / "situations.txt"
    return phrasebook_of(path) if path.exists() else None


def read(text: str) -> tuple[Written, ...]:
    """Return the situations that the customer's own words name, the surest first.

    Only the first 6,000 characters are read, so that the time is bounded whatever comes in. Any text is answered.
    """
    own = own_words(text[:READ_AT_MOST])
    words = words_of(own)
    book = situation_book(language_of(words))
    hits: dict[str, list[Found]] = {}
    for found in book.find(words) if book else ():
        hits.setdefault(found.name, []).append(found)
    written = [_written(situation, found, own, words) for situation, found in hits.items()]
    return tuple(sorted(written, key=lambda one: (-one.points, one.situation)))


def _written(situation: str, hits: Sequence[Found], text: str, words: Sequence[Word]) -> Written:
    once = {" ".join(word.key for word in words[hit.first : hit.last]): hit for hit in hits}
    surest = sorted(once.values(), key=lambda hit: (-_points(hit), hit.first))[:MOST_HITS]
    said = " ".join(text[surest[0].start : surest[0].end].split())
    return Written(situation, sum(_points(hit) / (1 + place / 2) for place, hit in enumerate(surest)), said)


def _points(hit: Found) -> float:
    length = hit.last - hit.first
    return ONE_WORD if length == 1 else SOME_WORDS if length == 2 else MANY_WORDS
