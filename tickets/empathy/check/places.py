"""Where the words that a rule offers stand in a draft: at its finding, in the sentence around it, or where they are missing."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tickets.empathy.check.matching import matches
from tickets.empathy.check.reading import Reading, Span
from tickets.empathy.check.recasting import RECASTS
from tickets.empathy.check.rules import Offers

CLOSING = ".!?…"
LEAD_OF = re.compile(r"\s*,\s*")
GAP = re.compile(r"[, \n]*")
SENTENCE_END = re.compile(r"[.!?…]+[)”\"]?(?=\s|$)")
REST_OF_GREETING = re.compile(r"[^,.!?:\n]{0,60}[,!:]?")
EMOTICON = re.compile(r" ?[:;]-?[)(DP]")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the draft, and what must stand around the words that are put there; a recast is `cased` already."""

    start: int
    end: int
    before: str = ""
    after: str = ""
    cased: bool = False


Stretches = Iterator[tuple[Place, list[str]]]


def _words(reading: Reading, span: Span | None, offers: Offers) -> Stretches:
    """In place of the words that a pattern takes in the sentence of the finding."""
    for pattern, words in offers.swaps:
        for match in matches(reading.draft, pattern):
            start, end = reading.span(match)
            if span is None or (start < span[1] and span[0] < end):
                yield Place(start, end), [words]


def _range(reading: Reading, span: Span | None, offers: Offers) -> Stretches:
    if span:
        yield Place(*span), list(offers.texts)


def _lead(reading: Reading, span: Span | None, offers: Offers) -> Stretches:
    """In place of the words that lead a sentence up to a comma: "Actually, …"."""
    if span and (comma := LEAD_OF.match(reading.draft.text, span[1])):
        start, end = _sentence(reading, span)
        if start == span[0] and comma.end() < end:
            yield Place(start, comma.end()), list(offers.texts)


def _whole(reading: Reading, span: Span | None, offers: Offers) -> Stretches:
    if span:
        yield Place(*_sentence(reading, span)), list(offers.texts)


def _before(reading: Reading, span: Span | None, offers: Offers) -> Stretches:
    if span:
        start = _sentence(reading, span)[0]
        yield Place(start, start, after=" "), list(offers.texts)


def _after(reading: Reading, span: Span | None, offers: Offers) -> Stretches:
    if span:
        end = _sentence(reading, span)[1]
        yield Place(end, end, before=" "), list(offers.texts)


def _opening(reading: Reading, span: Span | None, offers: Offers) -> Stretches:
    """Before the first words that are no greeting."""
    text, greeting = reading.draft.text, _greeting(reading)
    after = greeting[1] if greeting else 0
    start = GAP.match(text, after).end()  # type: ignore[union-attr]
    following = f" {text[start : start + 1].upper()}"  # after "Hi Ana," it may have begun in small letters
    if greeting and "\n" not in text[after:start]:
        yield Place(after, start + 1, before="\n\n", after=following), list(offers.texts)
    else:
        yield Place(start, start + 1, after=following), list(offers.texts)


def _greeting_line(reading: Reading, span: Span | None, offers: Offers) -> Stretches:
    """In place of a greeting without the right name, or before everything."""
    greeting = _greeting(reading, span)
    yield Place(*greeting) if greeting else Place(0, 0, after="\n\n"), list(offers.texts)


def _close(reading: Reading, span: Span | None, offers: Offers) -> Stretches:
    """After the last whole sentence, before whoever signs."""
    ends = [match.end() for match in SENTENCE_END.finditer(reading.draft.text)]
    end = ends[-1] if ends else len(reading.draft.text.rstrip())
    yield Place(end, end, before=" "), list(offers.texts)


def _end(reading: Reading, span: Span | None, offers: Offers) -> Stretches:
    end = len(reading.draft.text.rstrip())
    yield Place(end, end, before="\n"), list(offers.texts)


def _reworded(reading: Reading, span: Span | None, offers: Offers) -> Stretches:
    """By a named way of rewording what stands there."""
    for name in offers.texts:
        for (start, end), words in RECASTS[name](reading, span or (0, 0), lambda at: _sentence(reading, at)):
            yield Place(start, end, cased=True), words


AT: Mapping[str, Callable[[Reading, Span | None, Offers], Stretches]] = {
    "by": _reworded,
    "words": _words,
    "range": _range,
    "lead": _lead,
    "sentence": _whole,
    "before": _before,
    "after": _after,
    "greeting": _greeting_line,
    "opening": _opening,
    "close": _close,
    "end": _end,
}


def _sentence(reading: Reading, span: Span) -> Span:
    """The characters of the sentence in which a range begins, its closing sign with it, without a greeting before it."""
    draft = reading.draft
    number = draft.sentence_of(bisect_right(draft.starts, span[0]) - 1)
    start = draft.starts[draft.sentences[number].first]
    while draft.raws[draft.sentences[number].last] == ";" and number + 1 < len(draft.sentences):
        number += 1  # what a semicolon joins reads as one
    end = draft.ends[draft.sentences[number].last - 1]
    while end < len(draft.text) and draft.text[end] in CLOSING:
        end += 1
    emoticon = EMOTICON.match(draft.text, end)
    end = emoticon.end() if emoticon else end
    greeting = _greeting(reading)
    if greeting and start <= greeting[0] and greeting[1] <= span[0]:
        start = greeting[1] + len(draft.text[greeting[1] :]) - len(draft.text[greeting[1] :].lstrip())
    return start, max(end, span[1])


def _greeting(reading: Reading, nameless: Span | None = None) -> Span | None:
    """A greeting at the beginning, up to its comma or the end of its line."""
    text = reading.draft.text
    greeted = [reading.span(match) for match in reading.find("greeting") if match[0] <= 1]
    if not (greeted or nameless):
        return None
    start, after = nameless or greeted[0]
    end = REST_OF_GREETING.match(text, after)
    return start, end.end() if end else after
