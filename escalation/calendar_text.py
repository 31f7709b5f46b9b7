"""Working hours as people write them ("09:00-12:30, 13:30-17:00"), read into Hours or refused with a sentence."""

import re
from datetime import date
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from escalation.calendars import Hours, Ranges

RANGE = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*")
LINE = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(closed|[\d:,\s–-]+?)\s*(?:#.*)?")
MIDNIGHT = 24 * 60


class Unreadable(ValueError):
    """`str(error)` is a sentence for the one who wrote it."""


def read_ranges(text: str) -> Ranges:
    """The ranges of one day, ascending, in minutes since midnight; an empty text is a closed day. Raises Unreadable."""
    ranges = tuple(sorted(_range(part) for part in text.split(","))) if text.strip() else ()
    for (_, closes), (opens, _) in pairwise(ranges):
        if opens < closes:
            raise Unreadable(f"The hours in “{text.strip()}” overlap.")
    return ranges


def _range(text: str) -> tuple[int, int]:
    if not (match := RANGE.fullmatch(text)):
        raise Unreadable(f"“{text.strip()}” is not a range of hours; write it like 09:00-17:30.")
    opens, closes = _minutes(match[1], match[2], text), _minutes(match[3], match[4], text)
    if opens >= closes:
        raise Unreadable(f"“{text.strip()}” ends before it begins; hours past midnight belong to the next day.")
    return opens, closes


def _minutes(hour: str, minute: str, text: str) -> int:
    minutes = int(hour) * 60 + int(minute)
    if int(minute) > 59 or minutes > MIDNIGHT:
        raise Unreadable(f"“{text.strip()}” names a time that no clock shows; the last one is 24:00.")
    return minutes


def read_exceptions(text: str) -> dict[date, Ranges]:
    """Dated exceptions, one a line: "2026-12-25 closed" or "2026-12-24 09:00-12:00  # a remark". Raises Unreadable."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    return dict(_exception(line) for line in lines)


def _exception(line: str) -> tuple[date, Ranges]:
    if not (match := LINE.fullmatch(line)):
        raise Unreadable(f"“{line}” is not an exception; write it like 2026-12-25 closed, or 2026-12-24 09:00-12:00.")
    try:
        day = date.fromisoformat(match[1])
    except ValueError as error:
        raise Unreadable(f"There is no day {match[1]}.") from error
    return day, () if match[2] == "closed" else read_ranges(match[2])


def read_zone(name: str) -> ZoneInfo:
    """A time zone of the IANA database, like Europe/London. Raises Unreadable."""
    if name not in available_timezones():
        raise Unreadable(f"There is no time zone “{name}”; write it like Europe/London.")
    return ZoneInfo(name)


@lru_cache(maxsize=256)
def read_hours(zone: str, week: tuple[str, ...], exceptions: str) -> Hours:
    """The whole calendar; raises Unreadable, also where no week would hold any working time."""
    days = tuple(read_ranges(day) for day in week)
    if not any(days):
        raise Unreadable("A calendar needs working hours on at least one day of the week.")
    return Hours(read_zone(zone), days, read_exceptions(exceptions))
