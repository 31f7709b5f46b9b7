"""Finds what a message states as fact: references, dates, amounts, names, things bought, addresses to reach."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tickets.empathy.phrasebook import Found
from tickets.empathy.words import STOP, Word

AS_THEY_STAND = ("amount", "date", "time", "duration")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
PHONE = re.compile(r"(?<![\w/.-])\+?\d{1,4}(?:[ /()-]{1,2}\d{2,5}){2,5}(?![\w/-])")
DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
NUMERIC_DATE = re.compile(
    r"(?<![\w/.-])(?<![£$€])(?<![£$€] )(?<!EUR )(?<!USD )(?<!GBP )(?<!CHF )"  # 5.10. behind a currency ends a price
    rf"(?:\d{{4}}-{MONTH}-{DAY}|{DAY}[./]{DAY}[./](?:\d{{4}}|\d\d)|{DAY}\.{MONTH}\.)(?!\d)"
)
CODE = re.compile(r"(?<![\w/.@-])#?(?=[A-Z0-9/-]{0,30}\d{3})(?:[A-Z]{1,6}[-/]?\d|\d{5})[A-Z0-9/-]{2,30}(?!\w)")
AFTER_LEAD = re.compile(r"[\s:#.()\"'-]{0,6}((?:[A-Za-z]{1,6}[-/]?)?\d[A-Za-z0-9/-]{1,30})")
THING_WORDS, NAME_WORDS = 4, 2


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the customer with their place in characters and what they are."""

    text: str
    start: int
    end: int
    kind: str


def facts_of(text: str, words: Sequence[Word], found: Sequence[Found], small: frozenset[str]) -> tuple[Span, ...]:
    """Return the facts in order of place; where two overlap the more certain kind wins. `small` are stop words."""
    kept: list[Span] = []
    taken: set[int] = set()
    for kind, start, end in _candidates(text, words, found, small):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append(Span(text[start:end], start, end, kind))
    return tuple(sorted(kept, key=lambda span: span.start))


def _candidates(
    text: str, words: Sequence[Word], found: Sequence[Found], small: frozenset[str]
) -> Iterator[tuple[str, int, int]]:
    yield from _by_pattern("email", EMAIL, text)
    yield from (("reference", *match.span(1)) for one in found if (match := _reference(text, one)))
    yield from _by_pattern("date", NUMERIC_DATE, text)
    for kind in AS_THEY_STAND:
        yield from ((kind, one.start, one.end) for one in found if one.name == kind)
    yield from _by_pattern("phone", PHONE, text)
    yield from _by_pattern("reference", CODE, text)
    yield from _led_in("name", NAME_WORDS, words, found, small)
    yield from _led_in("product", THING_WORDS, words, found, small)


def _by_pattern(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, int, int]]:
    return ((kind, *match.span()) for match in pattern.finditer(text))


def _reference(text: str, lead: Found) -> re.Match[str] | None:
    return AFTER_LEAD.match(text, lead.end) if lead.name == "reference" else None


def _led_in(
    kind: str, most: int, words: Sequence[Word], found: Sequence[Found], small: frozenset[str]
) -> Iterator[tuple[str, int, int]]:
    for lead in found:
        if lead.name == kind:
            first = last = _after(lead, words)
            while last < len(words) and last - first < most and _belongs(words[last], kind, small):
                last += 1
            if last > first:
                yield kind, words[first].start, words[last - 1].end


def _after(lead: Found, words: Sequence[Word]) -> int:
    """Return the number of the word after the lead; a name may stand on the line below its greeting."""
    at = lead.last
    return at + 1 if at < len(words) and words[at].raw.isspace() else at


def _belongs(word: Word, kind: str, small: frozenset[str]) -> bool:
    if word.key == STOP or word.key in small:
        return False
    return kind == "product" or word.raw[0].isupper()
