"""Says the words at a place of the draft another way, where no fixed words could: small letters, one mark, the right weekday."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from tickets.empathy.check.dates import mentions
from tickets.empathy.check.reading import Reading, Span

LAST_DIGITS = 4
SHORTEST_SECRET = 13

Sentences = Callable[[Span], Span]
"""Which sentence a range belongs to, its closing sign included."""
Recast = Iterator[tuple[Span, list[str]]]


def small_letters(reading: Reading, span: Span, sentence_of: Sentences) -> Recast:
    """Offer a shouted word in small letters, and as a noun where nouns have capitals; of stacked marks, one."""
    start, end = span
    said = reading.draft.text[start:end]
    if not said[:1].isalpha():
        yield span, ["?" if "?" in said else "."]
    elif sentence_of(span)[0] == start:
        yield span, [said.capitalize()]
    else:
        both = reading.vocabulary.capital_nouns and said.lower() not in reading.small_words
        yield span, [said.lower(), said.capitalize()] if both else [said.lower()]


def full_stop(reading: Reading, span: Span, sentence_of: Sentences) -> Recast:
    """Offer a full stop for a cheerful mark."""
    yield span, ["."]


def right_weekday(reading: Reading, span: Span, sentence_of: Sentences) -> Recast:
    """Offer the date with its own weekday, and the nearest day of the weekday that was written."""
    for mention in mentions(reading):
        if reading.span(mention.match) == span and mention.day and mention.weekday is not None:
            off = (mention.weekday - mention.day.weekday() + 3) % 7 - 3
            spoken = reading.vocabulary.spoken
            yield span, [spoken(mention.day), spoken(mention.day + timedelta(days=off))]


def two_sentences(reading: Reading, span: Span, sentence_of: Sentences) -> Recast:
    """Offer what a "but" joins as two sentences, or the second without it where it stands first."""
    start, end = sentence_of(span)
    text = reading.draft.text
    first, second = text[start : span[0]].rstrip(" ,;:-–—"), text[span[1] : end].lstrip(" ,")
    if second and second[0].isalnum():
        second = second[0].upper() + second[1:]
        yield (start, end), [f"{first}. {second}" if first else second]


def last_digits(reading: Reading, span: Span, sentence_of: Sentences) -> Recast:
    """Offer the last four figures of a card in place of all of them."""
    digits = "".join(letter for letter in reading.draft.text[slice(*span)] if letter.isdigit())
    if len(digits) >= SHORTEST_SECRET:
        yield span, [f"…{digits[-LAST_DIGITS:]}"]


RECASTS: Mapping[str, Callable[[Reading, Span, Sentences], Recast]] = {
    "small-letters": small_letters,
    "full-stop": full_stop,
    "right-weekday": right_weekday,
    "two-sentences": two_sentences,
    "last-digits": last_digits,
}
