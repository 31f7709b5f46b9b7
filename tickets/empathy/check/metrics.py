"""Measures of a draft: how long it is, how long its sentences are, and how many school years it asks of a reader."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from tickets.empathy.check.reading import Reading, Span

VOWELS = re.compile(r"[aeiouyäöü]+")
FEWEST_WORDS_FOR_A_GRADE = 10


def words(reading: Reading) -> int:
    """Return the number of words and figures of a draft."""
    return sum(key[0].isalnum() for key in reading.draft.keys if key)


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return about how many syllables a word has, at least one: groups of vowels, a silent e left out."""
    groups = len(VOWELS.findall(word))
    silent = (word.endswith("e") and not word.endswith(("le", "ee"))) or (word.endswith(("es", "ed")) and groups > 1)
    return max(groups - 1 if silent and groups > 1 else groups, 1)


def grade(reading: Reading) -> float:
    """Return the Flesch-Kincaid grade of a draft (Kincaid and others 1975); 0 for fewer than ten words.

    Names, dates and figures say little about how hard a text is, so only words count.
    """
    sentences = [reading.draft.words(sentence) for sentence in reading.draft.sentences]
    spoken = [[word for word in one if word.isalpha()] for one in sentences]
    spoken = [one for one in spoken if one]
    count = sum(map(len, spoken))
    if count < FEWEST_WORDS_FOR_A_GRADE:
        return 0.0
    sounds = sum(syllables(word) for one in spoken for word in one)
    return 0.39 * count / len(spoken) + 11.8 * sounds / count - 15.59


def _too_long(reading: Reading, limit: float) -> Iterator[Span | None]:
    if words(reading) > limit:
        yield None


def _too_short(reading: Reading, limit: float) -> Iterator[Span | None]:
    if 0 < words(reading) < limit:
        yield None


def _long_sentences(reading: Reading, limit: float) -> Iterator[Span | None]:
    for sentence in reading.draft.sentences:
        if sentence.last - sentence.first > limit and len(reading.draft.words(sentence)) > limit:
            yield reading.span_of(sentence)


def _too_hard(reading: Reading, limit: float) -> Iterator[Span | None]:
    if grade(reading) > limit:
        yield None


METRICS: Mapping[str, Callable[[Reading, float], Iterator[Span | None]]] = {
    "words_over": _too_long,
    "words_under": _too_short,
    "sentence_words_over": _long_sentences,
    "grade_over": _too_hard,
}
