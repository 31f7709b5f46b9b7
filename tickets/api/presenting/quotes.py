"""The customer's own words that say most, as sentences that can be quoted."""

import re
from collections.abc import Iterator

from tickets.models import Message

LONGEST_QUOTE = 160  # characters
MOST_QUOTES = 4
SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n")
BEFORE_END = re.compile(r"[.!?…]\s|\n")


def quotes(message: Message) -> list[str]:
    """Up to four: the sentences around what sounds unhappy, then around what was heard, then the first ones."""
    found = dict.fromkeys(quote for quote in _candidates(message) if len(quote.split()) > 1)
    return list(found)[:MOST_QUOTES]


def beginning(text: str) -> list[str]:
    """The first sentences of words in which nothing was read, up to four."""
    found = dict.fromkeys(sentence_around(text, place, place + 1) for place in _beginnings(text))
    return [quote for quote in found if quote][:MOST_QUOTES]


def _candidates(message: Message) -> Iterator[str]:
    for found in (*message.mood_reasons, *message.heard):
        quote = sentence_around(message.text, found["start"], found["end"]) or found["text"]
        if len(quote) <= LONGEST_QUOTE:
            yield quote
    yield from (sentence_around(message.text, place, place + 1) for place in _beginnings(message.text[:2_000]))


def _beginnings(text: str) -> Iterator[int]:
    yield from (found.end() - 1 for found in re.finditer(r"(?:^|(?<=[.!?…\n]))[ \t]*\S", text))


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds these places, without its full stop; empty where it is too long to quote."""
    ends = [found.end() for found in BEFORE_END.finditer(text, 0, start)]
    begin = ends[-1] if ends else 0
    stop = SENTENCE_END.search(text, max(start, end - 1))
    sentence = " ".join(text[begin : stop.start() if stop else len(text)].split()).strip("“”\"'")
    return sentence if len(sentence) <= LONGEST_QUOTE else ""
