"""Says what a customer still waits to hear: which of their questions and wishes no answer of ours took up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tickets.empathy.heard import READ_AT_MOST, heard_book
from tickets.empathy.language import DATA, language_of, stop_words
from tickets.empathy.phrasebook import Phrasebook, phrasebook_of
from tickets.empathy.sentences import sentences_of
from tickets.empathy.words import STOP, Word, words_of

ASKING = ("question", "wish")
SHORTEST_STEM, LONGEST_STEM = 3, 5
# What a question asks for, and what in a reply gives it.
GIVEN_BY = {"asks_when": {"date", "time", "duration"}, "asks_sum": {"amount"}, "asks_why": {"cause"}}


@dataclass(frozen=True, slots=True)
class Said:
    """One public message: `by_customer` or ours, its `key` for whoever asks, what was heard in it as (kind, words)."""

    key: int
    by_customer: bool
    text: str
    heard: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """What was heard in one message; `answered_by` is the key of the reply that took it up, None while it is open."""

    key: int
    place: int
    answered_by: int | None


def said_in(key: int, text: str, heard: Iterable[Mapping[str, Any]] | None) -> Said:
    """Return a message of the customer with what was heard in it, as it is stored; of ours where that is None."""
    return Said(key, heard is not None, text, tuple((span["kind"], span["text"]) for span in heard or ()))


@cache
def answer_book(locale: str) -> Phrasebook:
    """Return the phrases of one locale that tell what is asked for and given; raises BadPhrase."""
    return phrasebook_of(DATA / locale / "answers.txt")


def points(thread: Sequence[Said]) -> list[Point]:
    """Return every question and wish of a thread in order, with the first later reply of ours that took it up.

    `place` counts in the `heard` of its message. A reply takes a question up where a sentence of it that asks nothing
    shares a content word or a topic with it, or gives the day, sum or cause it asks for. A guess that errs on the
    side of "open": asking once too often costs less than leaving somebody without an answer.
    """
    replies = [(said.key, number, _Reply(said.text)) for number, said in enumerate(thread) if not said.by_customer]
    found = []
    for number, said in enumerate(thread):
        for place, (kind, words) in enumerate(said.heard if said.by_customer else ()):
            if kind in ASKING:
                asked = _Asked(words)
                later = (key for key, at, reply in replies if at > number and reply.takes_up(asked))
                found.append(Point(said.key, place, next(later, None)))
    return found


class _Asked:
    """The words of a question or wish, as a reply is compared with them."""

    def __init__(self, text: str) -> None:
        words = words_of(text)
        locale = language_of(words)
        found = {one.name for one in answer_book(locale).find(words)}
        self.content = _content(words, locale)
        self.topics = {name for name in found if name.startswith("topic_")}
        self.wanted = set().union(*(GIVEN_BY[name] for name in sorted(found) if name in GIVEN_BY))


class _Reply:
    """What an answer of ours says, its own questions left out."""

    def __init__(self, text: str) -> None:
        words = words_of(text[:READ_AT_MOST])
        locale = language_of(words)
        said = [
            word for one in sentences_of(words) if "?" not in one.closing for word in words[one.first : one.last + 1]
        ]
        self.is_empty = not said
        self.content = _content(said, locale)
        found = {one.name for one in (*answer_book(locale).find(said), *heard_book(locale).find(said))}
        self.topics = self.gives = found

    def takes_up(self, asked: _Asked) -> bool:
        if self.is_empty:
            return False
        shares = asked.content & self.content or asked.topics & self.topics or asked.wanted & self.gives
        return bool(shares) or not (asked.content or asked.wanted)


def _content(words: Iterable[Word], locale: str) -> set[str]:
    """Return the beginnings of the words that carry meaning: deliver, delivery and delivered are one."""
    small = stop_words(locale) | courtesies(locale)
    keys = {word.key for word in words if word.key != STOP and word.key[0].isalnum()}
    return {key[:LONGEST_STEM] for key in keys - small if len(key) >= SHORTEST_STEM}


@cache
def courtesies(locale: str) -> frozenset[str]:
    """Return the words that questions are wrapped in and that answer nothing: please, tell, know."""
    lines = (DATA / locale / "courtesy.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
