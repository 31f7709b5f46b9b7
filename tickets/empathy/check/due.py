"""Reads by when a promise in an agent's words is due: "I will call you by 3pm on Wednesday 13 May"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from tickets.empathy.check.context import Context
from tickets.empathy.check.dates import mentions
from tickets.empathy.check.matching import Match
from tickets.empathy.check.reading import Reading
from tickets.empathy.check.rulebook import rulebook

CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)")
NOON = time(12)
A_WEEK = 7  # days
BESIDE = 3  # words between the day and its hour


@dataclass(frozen=True, slots=True)
class Due:
    """The day that is named, the hour where one stands beside it, and the words that say both, "by" included."""

    day: date
    hour: time | None
    words: str


def due_in(text: str, today: date, locale: str) -> Due | None:
    """Return the last day that a text names, from today on; None where it names none. A weekday is the next of its name."""
    reading = rulebook(locale).read(text, "", Context(today=today))
    days = [(match, day) for match, day in _days(reading, today) if day >= today]
    if not days:
        return None
    match, day = max(days)
    hours = [(place, hour) for place, hour in _hours(reading, match) if _is_beside(place, match)]
    place, hour = hours[-1] if hours else (match, None)
    first, last = min(match[0], place[0]), max(match[1], place[1])
    start, end = reading.span((_with_by(reading, first), last))
    return Due(day, hour, text[start:end])


def _days(reading: Reading, today: date) -> Iterator[tuple[Match, date]]:
    dated = [(one.match, one.day) for one in mentions(reading)]
    yield from ((match, day) for match, day in dated if day)
    for name, ahead in (("today", 0), ("tomorrow", 1)):
        yield from ((match, today + timedelta(days=ahead)) for match in reading.find(name))
    weekdays = reading.vocabulary.weekdays
    for at, key in enumerate(reading.draft.keys):
        if key in weekdays and not any(first <= at < last for (first, last), _ in dated):
            yield (at, at + 1), today + timedelta(days=(weekdays[key] - today.weekday() - 1) % A_WEEK + 1)


def _hours(reading: Reading, day: Match) -> Iterator[tuple[Match, time]]:
    keys = reading.draft.keys
    yield from ((match, NOON) for match in reading.find("noon"))
    for at, key in enumerate(keys):
        clock = CLOCK.fullmatch(key)
        if clock and not day[0] <= at < day[1] and int(clock[1]) < 24 and int(clock[2]) < 60:
            yield (at, at + 1), time(_of_24(int(clock[1]), keys[at + 1]), int(clock[2]))
    for first, last in reading.find("hour"):
        if keys[first].isdecimal() and int(keys[first]) < 24:
            yield (first, last), time(_of_24(int(keys[first]), keys[last - 1]))


def _of_24(hour: int, half: str) -> int:
    if half not in {"am", "pm"}:
        return hour
    return hour % 12 + (12 if half == "pm" else 0)


def _is_beside(place: Match, day: Match) -> bool:
    return place[0] - day[1] <= BESIDE and day[0] - place[1] <= BESIDE


def _with_by(reading: Reading, first: int) -> int:
    return next((start for start, end in reading.find("by_when") if end == first), first)
