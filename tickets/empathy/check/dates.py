"""Finds the calendar dates of a draft, and says which cannot be, which are past and which bear the wrong weekday."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tickets.empathy.check.matching import Match
from tickets.empathy.check.patterns import FIGURE
from tickets.empathy.check.reading import Reading

HALF_A_YEAR = timedelta(days=183)
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
ORDINALS = frozenset({"st", "nd", "rd", "th", "of"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a draft: `day` is None if no calendar holds it, `weekday` is the one written beside it (0 = Monday).

    The year is guessed where neither the draft nor today tells it: then only the day and month count.
    """

    match: Match
    day: date | None
    weekday: int | None
    year_known: bool


def mentions(reading: Reading) -> Iterator[Mention]:
    """Yield each date with a day and a month. Without a year, the nearest to today is meant; without today, none."""
    keys, months = reading.draft.keys, reading.vocabulary.months
    for at in reading.draft.keys_named((*months, FIGURE)):
        key = keys[at]
        if key in months:
            found = _around(keys, at)
            if found:
                yield _mention(reading, *found, month=months[key])
        elif numbers := ISO.fullmatch(key):
            year, month, day = map(int, numbers.groups())
            yield _mention(reading, at, at + 1, day, year, month=month)
        elif numbers := NUMERIC.fullmatch(key):
            yield _numeric(reading, at, *map(int, numbers.groups()))


def _numeric(reading: Reading, at: int, first: int, second: int, year: int) -> Mention:
    """Read 22/05/2026 with the day first, or as in America where only that fits a calendar or the weekday beside it."""
    here = _mention(reading, at, at + 1, first, year, month=second)
    there = _mention(reading, at, at + 1, second, year, month=first)
    fits = there.day is not None and there.weekday in (None, there.day.weekday())
    wrong = here.day is None or here.weekday not in (None, here.day.weekday())
    return there if wrong and fits else here


def _around(keys: list[str], at: int) -> tuple[int, int, int, int | None] | None:
    """Return first and last key, day and year of "12th of May 2026" or "May 12, 2026" around a month."""
    before = at - 1
    while keys[before] in ORDINALS:
        before -= 1
    if _is_day(keys[before]):
        year = _year(keys, at + 1)
        return before, at + (2 if year else 1), int(keys[before]), year
    if at + 1 < len(keys) and _is_day(keys[at + 1]):
        last = at + (3 if at + 2 < len(keys) and keys[at + 2] in ORDINALS else 2)
        year = _year(keys, last)
        return at, last + (1 if year else 0), int(keys[at + 1]), year
    return None


def _is_day(key: str) -> bool:
    return key.isdecimal() and len(key) <= 2


def _year(keys: list[str], at: int) -> int | None:
    if at < len(keys) and keys[at].isdecimal() and len(keys[at]) == 4:
        return int(keys[at])
    return None


def _mention(reading: Reading, first: int, last: int, day: int, year: int | None, *, month: int) -> Mention:
    weekday, start = _weekday(reading, first)
    today = reading.context.today
    return Mention((start, last), _date(day, month, year, today), weekday, year is not None or today is not None)


def _weekday(reading: Reading, first: int) -> tuple[int | None, int]:
    keys, weekdays = reading.draft.keys, reading.vocabulary.weekdays
    for back in (1, 2):
        if first - back > 0 and keys[first - back] in weekdays:
            return weekdays[keys[first - back]], first - back
    return None, first


def _date(day: int, month: int, year: int | None, today: date | None) -> date | None:
    """Return the date, or None if there is none; without any year 29 February is allowed."""
    try:
        if year is not None:
            return date(year, month, day)
        if today is None:
            return date(2000, month, day)
        found = date(today.year if (month, day) != (2, 29) else _leap(today.year), month, day)
    except ValueError:
        return None
    if today - found > HALF_A_YEAR and (month, day) != (2, 29):
        return found.replace(year=found.year + 1)
    return found


def _leap(year: int) -> int:
    while year % 4 or (year % 100 == 0 and year % 400):
        year += 1
    return year


def next_working_day(today: date, closed: frozenset[date]) -> date:
    """Return the first day after today that is no Saturday, no Sunday and not closed, within a month."""
    days = (today + timedelta(days=number) for number in range(1, 32))
    return next((day for day in days if day.weekday() < 5 and day not in closed), today + timedelta(days=1))
