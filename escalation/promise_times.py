"""Times that a promise may well name: within the team's working hours, on its wall clock. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from escalation.calendars import DAY, Hours, due
from tickets.empathy.check.due import due_in
from tickets.empathy.language import detect
from tickets.letters.phrases import said_by
from tickets.wording import moment

MIDDAY, CLOSING = 12 * 60, 17 * 60  # minutes since midnight; where nobody has said when the team works
SOON = timedelta(minutes=30)  # what is nearer is no promise but a hope
AHEAD = 14  # days that are looked at
A_WEEK = 7
DAY_LONG = 24 * 60  # minutes
FRIDAY = 4  # of a week that begins with Monday at 0


@dataclass(frozen=True)
class Time:
    """One choice: its label, the moment (aware, on the team's wall), a remark where it is no good choice.

    `said` are the words that name it already, where somebody typed them.
    """

    label: str
    at: datetime
    remark: str = ""
    said: str = ""

    def words(self, locale: str) -> str:
        """As it stands in a letter of this language."""
        return self.said or said_by(self.at, locale)


def offered(hours: Hours | None, zone: tzinfo, now: datetime) -> list[Time]:
    """Today at five, the next working day at noon, and Friday at five; earlier where the team closes before."""
    here = now.astimezone(zone)
    days = list(_working_days(hours, here.date()))
    closings = [_at(day, _evening(hours, day), zone) for day in days[:1] if day == here.date()]
    today = [Time(f"Today {at:%H:%M}", at) for at in closings if at - now > SOON]
    later = [day for day in days if day > here.date()]
    noon = [_at(day, _midday(hours, day), zone) for day in later[:1]]
    week = _friday(later[1:])
    friday = [_at(week, _evening(hours, week), zone)] if week else []
    return today + [Time(_named(at, here.date()), at) for at in noon + friday]


def chosen(wall: datetime, hours: Hours | None, zone: tzinfo, now: datetime, said: str = "") -> Time:
    """The time that somebody picked on the team's wall clock (naive), with a remark where it is past or nobody works."""
    at = wall.replace(tzinfo=zone)
    return Time(_named(at, now.astimezone(zone).date()), at, _remark(at, hours, now), said)


def typed(text: str, hours: Hours | None, zone: tzinfo, now: datetime) -> Time | None:
    """The time that the words of a promise name; without an hour the end of the day is meant. None where they name none."""
    due = due_in(text, now.astimezone(zone).date(), detect(text))
    if due is None:
        return None
    works = hours is None or hours.on(due.day)
    minute = _evening(hours, due.day) if works else CLOSING
    wall = datetime.combine(due.day, due.hour or time(minute // 60, minute % 60))
    return chosen(wall, hours, zone, now, due.words)


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


def _midday(hours: Hours | None, day: date) -> int:
    return _worked(hours, day, MIDDAY)


def _evening(hours: Hours | None, day: date) -> int:
    return _worked(hours, day, CLOSING)


def _worked(hours: Hours | None, day: date, minute: int) -> int:
    """This minute of the day, where the team works then; else the end of its day."""
    ranges = hours.on(day) if hours else ((0, DAY_LONG),)
    return minute if any(opens < minute <= closes for opens, closes in ranges) else min(ranges[-1][1], DAY_LONG - 1)


def _friday(days: list[date]) -> date | None:
    """The first Friday among these working days; for a team that never works then, the last day of their week."""
    same_week = [day for day in days if day.isocalendar()[:2] == days[0].isocalendar()[:2]]
    return next((day for day in days if day.weekday() == FRIDAY), same_week[-1] if same_week else None)


def _at(day: date, minute: int, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), zone)


def _named(at: datetime, today: date) -> str:
    if at.date() == today:
        return f"Today {at:%H:%M}"
    if at.date() == today + DAY:
        return f"Tomorrow {at:%H:%M}"
    near = (at.date() - today).days < A_WEEK
    return f"{at:%A} {at:%H:%M}" if near else moment(at)
