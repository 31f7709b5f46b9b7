"""Business time: the table of cases that people would work out by hand, and what must hold for any calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from escalation.calendar_text import Unreadable, read_exceptions, read_hours, read_ranges
from escalation.calendars import Hours, NoWorkingTime, due, elapsed

LONDON, NEW_YORK, LORD_HOWE, BEIRUT = map(
    ZoneInfo, ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut"]
)
OFFICE = ((9 * 60, 12 * 60 + 30), (13 * 60 + 30, 17 * 60))  # seven hours
WEEK = (OFFICE,) * 5 + ((), ())
ALWAYS = Hours(LONDON, (((0, 1440),),) * 7)


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "hours_of_work", "end"),
    [
        ("2026-05-11T09:00", 1, "2026-05-11T10:00"),
        ("2026-05-11T03:00", 1, "2026-05-11T10:00"),  # before we open
        ("2026-05-11T12:00", 1, "2026-05-11T14:00"),  # over lunch
        ("2026-05-11T12:00", 0.5, "2026-05-11T12:30"),  # ends when lunch begins, not when it is over
        ("2026-05-11T16:30", 1, "2026-05-12T09:30"),  # over night
        ("2026-05-15T16:00", 2, "2026-05-18T10:00"),  # over the weekend
        ("2026-05-16T12:00", 7, "2026-05-18T17:00"),  # from a closed day
        ("2026-05-11T09:00", 35, "2026-05-15T17:00"),
        ("2026-05-11T12:45", 0, "2026-05-11T12:45"),
    ],
)
def test_it_counts_working_time_as_one_would_by_hand(start: str, hours_of_work: float, end: str) -> None:
    assert due(at(start), hours_of_work * 3600, Hours(LONDON, WEEK)) == at(end)


def test_it_leaves_out_a_day_that_is_closed_and_keeps_a_day_with_other_hours() -> None:
    hours = Hours(LONDON, WEEK, {date(2026, 12, 25): (), date(2026, 12, 26): ((600, 720),), date(2026, 12, 24): ()})
    assert due(at("2026-12-23T16:30"), 3600, hours) == at("2026-12-26T10:30")
    assert elapsed(at("2026-12-23T17:00"), at("2026-12-28T09:00"), hours) == 2 * 3600


def test_a_day_round_the_clock_has_23_or_25_hours_when_the_clocks_change() -> None:
    assert elapsed(at("2026-03-29T00:00"), at("2026-03-30T00:00"), ALWAYS) == 23 * 3600
    assert elapsed(at("2026-10-25T00:00"), at("2026-10-26T00:00"), ALWAYS) == 25 * 3600
    assert due(at("2026-03-28T12:00"), 24 * 3600, ALWAYS) == at("2026-03-29T13:00")


def test_a_range_that_summer_time_swallows_is_lost_and_a_repeated_one_counts_twice() -> None:
    night = Hours(LONDON, (((75, 105),),) * 7)  # 01:15 to 01:45
    assert elapsed(at("2026-03-29T00:00"), at("2026-03-29T12:00"), night) == 0
    assert elapsed(at("2026-10-25T00:00"), at("2026-10-25T12:00"), night) == 3600


def test_a_day_whose_midnight_does_not_exist_begins_when_it_does() -> None:
    hours = Hours(BEIRUT, (((0, 120),),) * 7)
    begins = datetime(2026, 3, 28, 22, tzinfo=UTC)  # the clock jumps from 00:00 to 01:00
    assert elapsed(begins - timedelta(hours=6), begins + timedelta(hours=6), hours) == 3600


def test_ranges_that_meet_at_midnight_are_one_night() -> None:
    hours = Hours(LONDON, (((1320, 1440),),) + ((),) * 5 + (((0, 1440),),))  # Sunday, and Monday 22:00 to 24:00
    assert elapsed(at("2026-05-10T23:00"), at("2026-05-11T23:00"), hours) == 2 * 3600
    assert due(at("2026-05-11T22:00"), 2 * 3600, hours) == at("2026-05-12T00:00")


def test_it_gives_up_on_a_calendar_without_working_time() -> None:
    with pytest.raises(NoWorkingTime):
        due(at("2026-05-11T09:00"), 1, Hours(LONDON, ((),) * 7))


ranges = st.lists(st.integers(0, 96), min_size=0, max_size=6, unique=True).map(
    lambda quarters: tuple(
        zip(sorted(15 * q for q in quarters)[::2], sorted(15 * q for q in quarters)[1::2], strict=False)
    )
)
weeks = st.tuples(*[ranges] * 7).filter(any)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
calendars = st.builds(
    Hours,
    st.sampled_from([LONDON, NEW_YORK, LORD_HOWE, BEIRUT]),
    weeks,
    st.dictionaries(days, ranges, max_size=4),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))
spans = st.integers(0, 200_000)


@given(calendars, moments, spans)
def test_what_passes_until_it_is_due_is_what_was_asked(hours: Hours, start: datetime, seconds: int) -> None:
    assert elapsed(start, due(start, seconds, hours), hours) == seconds


@given(calendars, moments, st.integers(1, 200_000))
def test_it_is_due_no_moment_too_late(hours: Hours, start: datetime, seconds: int) -> None:
    just_before = due(start, seconds, hours) - timedelta(seconds=1)
    assert elapsed(start, just_before, hours) == seconds - 1


@given(calendars, moments, spans, spans)
def test_it_adds_up(hours: Hours, start: datetime, first: int, second: int) -> None:
    assert due(due(start, first, hours), second, hours) == due(start, first + second, hours)


@given(calendars, moments, moments, moments)
def test_time_passes_the_same_in_parts(hours: Hours, one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted([one, two, three])
    parts = elapsed(first, middle, hours) + elapsed(middle, last, hours)
    assert parts == pytest.approx(elapsed(first, last, hours), abs=1e-3)


@given(calendars, moments)
@example(Hours(LONDON, (((75, 105),),) * 7), datetime(2026, 10, 24, 20, tzinfo=UTC))
@example(Hours(LONDON, (((75, 105),),) * 7), datetime(2026, 3, 28, 20, tzinfo=UTC))
@example(Hours(LORD_HOWE, (((60, 150),),) * 7), datetime(2026, 10, 3, 6, tzinfo=UTC))
@example(Hours(LORD_HOWE, (((60, 150),),) * 7), datetime(2026, 4, 4, 6, tzinfo=UTC))
def test_a_minute_works_if_the_wall_clock_says_so(hours: Hours, start: datetime) -> None:
    start = start.replace(second=0, microsecond=0)
    minutes = [start + timedelta(minutes=n) for n in range(36 * 60)]
    working = sum(_on_the_wall(minute, hours) for minute in minutes)
    assert elapsed(start, start + timedelta(hours=36), hours) == working * 60


def _on_the_wall(moment: datetime, hours: Hours) -> bool:
    wall = moment.astimezone(hours.zone)
    minute = wall.hour * 60 + wall.minute
    return any(opens <= minute < closes for opens, closes in hours.on(wall.date()))


@given(moments, spans)
def test_round_the_clock_is_plain_time(start: datetime, seconds: int) -> None:
    assert due(start, seconds, ALWAYS) == start + timedelta(seconds=seconds)


def test_it_reads_hours_as_people_write_them() -> None:
    assert read_ranges("13:30-17:00, 9:00 – 12:30") == OFFICE
    assert read_ranges("00:00-24:00") == ((0, 1440),)
    assert read_ranges("  ") == ()
    assert read_exceptions("2026-12-25 closed\n# Easter\n\n2026-04-03 09:00-12:00  # Good Friday") == {
        date(2026, 12, 25): (),
        date(2026, 4, 3): ((540, 720),),
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nine to five", "is not a range"),
        ("17:00-09:00", "ends before it begins"),
        ("09:00-09:00", "ends before it begins"),
        ("09:00-13:00, 12:00-17:00", "overlap"),
        ("09:00-24:30", "no clock shows"),
        ("09:60-12:00", "no clock shows"),
    ],
)
def test_it_refuses_hours_that_make_no_sense(text: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_ranges(text)


@pytest.mark.parametrize("text", ["Christmas closed", "2026-02-30 closed", "2026-12-24", "2026-12-24 9-12"])
def test_it_refuses_an_exception_that_it_cannot_read(text: str) -> None:
    with pytest.raises(Unreadable):
        read_exceptions(text)


def test_it_refuses_a_week_without_hours_and_a_zone_that_is_none() -> None:
    with pytest.raises(Unreadable, match="at least one day"):
        read_hours("Europe/London", ("",) * 7, "")
    with pytest.raises(Unreadable, match="no time zone"):
        read_hours("Europe/Atlantis", ("09:00-17:00",) * 7, "")
