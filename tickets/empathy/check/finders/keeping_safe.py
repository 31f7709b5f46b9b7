"""Looks for what must not travel in a reply: card numbers and passwords."""

import re
from collections.abc import Iterator

from tickets.empathy.check.reading import Reading, Span

CARD = re.compile(r"\d(?<![\d.,]\d)[ -]?(?:\d[ -]?){11,17}\d(?!\d)")
GROUPED = re.compile(r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}")


def secret(reading: Reading) -> Iterator[Span | None]:
    """Yield card numbers (a valid check digit, ISO/IEC 7812-1, or four groups of four) and secrets written out."""
    for found in CARD.finditer(reading.draft.text):
        digits = re.sub(r"\D", "", found.group())
        if is_card_number(digits) or GROUPED.fullmatch(found.group()):
            yield found.span()
    for match in reading.find("secret"):
        if not reading.is_negated(match):
            yield reading.span(match)


def is_card_number(digits: str) -> bool:
    """Say whether the check digit of 13 to 19 figures is right (Luhn); all the same figure is no card."""
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    doubled = [int(digit) * 2 if place % 2 else int(digit) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
