"""Business time, pure: when so many working seconds have passed, and how many pass between two moments.

A moment is working time when the clock on the team's wall shows a time inside one of the day's ranges. So a range that
the change to summer time swallows is lost, and an hour that the change back repeats counts twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

Ranges = tuple[tuple[int, int], ...]  # of one day: (opens, closes) in minutes since midnight, 0 to 1440, ascending

HORIZON = 3660  # days that are searched for working time
DAY = timedelta(days=1)
MIDNIGHT = datetime.min.time()


class NoWorkingTime(ValueError):
    """The calendar has too little working time within the next ten years."""


@dataclass(frozen=True)
class Hours:
    """When a team works: seven days from Monday, dated exceptions that replace a day, and the zone of its wall clock."""

    zone: ZoneInfo
    week: tuple[Ranges, ...]
    exceptions: Mapping[date, Ranges] = field(default_factory=dict)

    def on(self, day: date) -> Ranges:
        return self.exceptions.get(day, self.week[day.weekday()])


def due(start: datetime, seconds: float, hours: Hours) -> datetime:
    """The first moment (UTC) at which `seconds` of working time have passed since `start`; at 0 it is `start` itself.

    Raises NoWorkingTime where ten years do not hold so much.
    """
    start, left = start.astimezone(UTC), timedelta(seconds=seconds)
    if left <= timedelta():
        return start
    for opens, closes in _windows(start, HORIZON, hours):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise NoWorkingTime(f"{seconds} seconds of working time do not pass within ten years of {start:%Y-%m-%d}.")


def elapsed(start: datetime, end: datetime, hours: Hours) -> float:
    """The working seconds from `start` to `end`; 0 where `end` is not later."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    days = (end - start).days + 2
    windows = _windows(start, days, hours) if end > start else iter(())
    return sum((max(min(closes, end) - opens, timedelta()) for opens, closes in windows), timedelta()).total_seconds()


def _windows(start: datetime, days: int, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of working time (UTC) after `start`, in order."""
    day = start.astimezone(hours.zone).date()
    for _ in range(days + 1):
        for opens, closes in _stretches(day, hours):
            if closes > start:
                yield max(opens, start), closes
        day += DAY


def _stretches(day: date, hours: Hours) -> Iterator[tuple[datetime, datetime]]:
    """The working time of one day on the wall, in UTC."""
    ranges = hours.on(day)
    if not ranges:
        return
    midnight = datetime.combine(day, MIDNIGHT, UTC)
    for begins, ends, offset in _even_parts(day, hours.zone):
        for opens, closes in ranges:
            first = max(begins, midnight + timedelta(minutes=opens) - offset)
            last = min(ends, midnight + timedelta(minutes=closes) - offset)
            if first < last:
                yield first, last


def _even_parts(day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime, timedelta]]:
    """The day in parts (UTC) during which the zone's offset stays the same: one, or two when the clocks change."""
    begins, ends = _midnight(day, zone), _midnight(day + DAY, zone)
    before, after = _offset(begins, zone), _offset(ends - timedelta.resolution, zone)
    if before == after:
        return [(begins, ends, before)]
    change = _change(begins, ends, before, zone)
    return [(begins, change, before), (change, ends, after)]


def _change(low: datetime, high: datetime, before: timedelta, zone: ZoneInfo) -> datetime:
    """The second between `low` and `high` at which the offset is no longer `before`."""
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    return high


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, MIDNIGHT, zone).astimezone(UTC)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
