"""Times that a promise may well name: within the team's working hours, on its wall clock. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from escalation.calendars import DAY, Hours, due
from tickets.wording import moment

MIDDAY, CLOSING = 12 * 60, 17 * 60  # minutes since midnight; where nobody has said when the team works
SOON = timedelta(minutes=30)  # what is nearer is no promise but a hope
AHEAD = 14  # days that are looked at
A_WEEK = 7


@dataclass(frozen=True)
class Time:
    """One choice: its label, the moment (aware, on the team's wall) and a remark where it is no good choice."""

    label: str
    at: datetime
    remark: str = ""

    @property
    def words(self) -> str:
        """As it stands in a letter."""
        return f"by {moment(self.at)}"


def offered(hours: Hours | None, zone: tzinfo, now: datetime) -> list[Time]:
    """Today before closing, the next working day at noon, and the end of the working week."""
    here = now.astimezone(zone)
    days = list(_working_days(hours, here.date()))
    closings = [_at(day, _last(hours, day), zone) for day in days]
    today = [Time(f"Today {at:%H:%M}", at) for at in closings[:1] if at.date() == here.date() and at - now > SOON]
    later = [day for day in days if day > here.date()]
    noon = [_at(day, _midday(hours, day), zone) for day in later[:1]]
    week = _end_of_week(later[1:])
    friday = [_at(week, _last(hours, week), zone)] if week else []
    return today + [Time(_named(at, here.date()), at) for at in noon + friday]


def chosen(wall: datetime, hours: Hours | None, zone: tzinfo, now: datetime) -> Time:
    """The time that somebody picked on the team's wall clock (naive), with a remark where it is past or nobody works."""
    at = wall.replace(tzinfo=zone)
    return Time(_named(at, now.astimezone(zone).date()), at, _remark(at, hours, now))


def _remark(at: datetime, hours: Hours | None, now: datetime) -> str:
    if at <= now:
        return "This time has passed."
    if hours is None or _works(at, hours):
        return ""
    return f"Nobody works then. The team is there again {moment(due(at, 1, hours).astimezone(at.tzinfo))}."


def _works(at: datetime, hours: Hours) -> bool:
    """The closing minute belongs to the day: a promise by 17:00 is good where the team works until 17:00."""
    minute = at.hour * 60 + at.minute
    return any(opens <= minute <= closes for opens, closes in hours.on(at.date()))


def _working_days(hours: Hours | None, first: date) -> Iterator[date]:
    for ahead in range(AHEAD):
        day = first + ahead * DAY
        if hours.on(day) if hours else day.weekday() < 5:
            yield day


def _last(hours: Hours | None, day: date) -> int:
    return min(hours.on(day)[-1][1], 24 * 60 - 1) if hours else CLOSING


def _midday(hours: Hours | None, day: date) -> int:
    """Noon, where the team works then; else the end of its day."""
    ranges = hours.on(day) if hours else ()
    return MIDDAY if not hours or any(opens < MIDDAY <= closes for opens, closes in ranges) else _last(hours, day)


def _end_of_week(days: list[date]) -> date | None:
    """The last working day of the week of the first of these days."""
    same = [day for day in days if day.isocalendar()[:2] == days[0].isocalendar()[:2]]
    return same[-1] if same else None


def _at(day: date, minute: int, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), zone)


def _named(at: datetime, today: date) -> str:
    if at.date() == today:
        return f"Today {at:%H:%M}"
    if at.date() == today + DAY:
        return f"Tomorrow {at:%H:%M}"
    near = (at.date() - today).days < A_WEEK
    return f"{at:%A} {at:%H:%M}" if near else moment(at)
