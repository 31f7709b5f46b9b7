"""Hears what a message asks, states, wants and says was tried, in the customer's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tickets.empathy.facts import Span, facts_of
from tickets.empathy.language import DATA, language_of, stop_words
from tickets.empathy.own_words import own_words
from tickets.empathy.phrasebook import Found, Phrasebook, phrasebook_of
from tickets.empathy.sentences import Sentence, sentences_of, shorten
from tickets.empathy.words import words_of

VERSION = "3"
READ_AT_MOST = 20_000
FINDINGS_AT_MOST = 50
WORDS_OF_A_QUESTION = 2


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message holds, each in order of place and at most 50; `facts` have kinds such as date and amount."""

    questions: tuple[Span, ...]
    facts: tuple[Span, ...]
    wishes: tuple[Span, ...]
    already_tried: tuple[Span, ...]


@cache
def heard_book(locale: str) -> Phrasebook:
    """Return the phrases of one locale; raises BadPhrase if its file cannot be read."""
    return phrasebook_of(DATA / locale / "heard.txt")


def read(text: str) -> Heard:
    """Return what the customer's own words hold; quoted lines and signatures do not count.

    Only the first 20,000 characters are read, so that the time is bounded whatever comes in. Any text is answered.
    """
    own = own_words(text[:READ_AT_MOST])
    words = words_of(own)
    locale = language_of(words)
    found = heard_book(locale).find(words)
    sentences = sentences_of(words)
    return Heard(
        questions=tuple(_questions(own, sentences, found))[:FINDINGS_AT_MOST],
        facts=facts_of(own, words, found, stop_words(locale))[:FINDINGS_AT_MOST],
        wishes=tuple(_clauses(own, sentences, found, "wish"))[:FINDINGS_AT_MOST],
        already_tried=tuple(_clauses(own, sentences, found, "tried"))[:FINDINGS_AT_MOST],
    )


def _questions(text: str, sentences: Sequence[Sentence], found: Sequence[Found]) -> list[Span]:
    asking = {one.first for one in found if one.name == "question"}
    opening = {one.first for one in found if one.name == "opening"}
    rhetorical = {one.first for one in found if one.name == "rhetorical"}
    spans = []
    for sentence in sentences:
        inside = range(sentence.first, sentence.last)
        marked = "?" in sentence.closing and len(inside) >= WORDS_OF_A_QUESTION
        asked = not asking.isdisjoint(inside) or sentence.first in opening
        if (marked or asked) and rhetorical.isdisjoint(inside):
            spans.append(_span(text, sentence.start, sentence.end, sentence.end, "question"))
    return spans


def _clauses(text: str, sentences: Sequence[Sentence], found: Sequence[Found], kind: str) -> list[Span]:
    """Return, for each sentence that holds the phrase, the words from there to its end."""
    starts = {one.first: one.start for one in found if one.name == kind}
    spans = []
    for sentence in sentences:
        start = next((starts[at] for at in range(sentence.first, sentence.last) if at in starts), None)
        if start is not None:
            spans.append(_span(text, start, sentence.end, start, kind))
    return spans


def _span(text: str, start: int, end: int, keep: int, kind: str) -> Span:
    start, end = shorten(start, end, keep)
    return Span(text[start:end], start, end, kind)
