"""The times that a promise may well name: within the team's hours, said as in a letter."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from escalation.calendar_text import read_hours
from escalation.promise_times import chosen, offered, typed
from tests.cast import Cast, complaint, desk

LONDON = ZoneInfo("Europe/London")
OFFICE = read_hours("Europe/London", (*["09:00-12:30, 13:30-17:30"] * 4, "09:00-15:00", "", ""), "2026-05-12 closed")


@pytest.mark.parametrize(
    ("now", "labels"),
    [
        ("2026-05-11T09:00", ["Today 17:00", "Wednesday 12:00", "Friday 15:00"]),  # Tuesday is closed
        ("2026-05-11T16:45", ["Wednesday 12:00", "Friday 15:00"]),  # too near to closing
        ("2026-05-14T09:00", ["Today 17:00", "Tomorrow 12:00", "Friday 22 May, 15:00"]),
        ("2026-05-16T09:00", ["Monday 12:00", "Friday 15:00"]),  # a Saturday
    ],
)
def test_it_offers_times_within_the_hours_of_the_team(now: str, labels: list[str]) -> None:
    times = offered(OFFICE, LONDON, datetime.fromisoformat(now).replace(tzinfo=LONDON))
    assert [time.label for time in times] == labels


def test_a_team_that_works_round_the_clock_promises_nothing_for_midnight() -> None:
    always = read_hours("Europe/London", ("00:00-24:00",) * 7, "")
    times = offered(always, LONDON, datetime(2026, 5, 15, 9, tzinfo=LONDON))
    assert [time.label for time in times] == ["Today 17:00", "Tomorrow 12:00", "Friday 22 May, 17:00"]


def test_without_a_calendar_it_offers_the_hours_of_an_office() -> None:
    times = offered(None, LONDON, datetime(2026, 5, 11, 9, tzinfo=LONDON))
    assert [time.label for time in times] == ["Today 17:00", "Tomorrow 12:00", "Friday 17:00"]
    assert times[0].words("en") == "by Monday 11 May, 17:00"
    assert times[2].words("de") == "bis Freitag, 15. Mai, 17:00 Uhr"


@pytest.mark.parametrize(
    ("wall", "remark"),
    [
        ("2026-05-13T12:30", ""),
        ("2026-05-13T17:30", ""),
        ("2026-05-13T13:00", "Nobody works then. The team is there again Wednesday 13 May, 13:30."),
        ("2026-05-16T10:00", "Nobody works then. The team is there again Monday 18 May, 09:00."),
        ("2026-05-11T08:00", "This time has passed."),
    ],
)
def test_of_a_picked_time_it_says_whether_anybody_works_then(wall: str, remark: str) -> None:
    now = datetime(2026, 5, 11, 9, tzinfo=LONDON)
    assert chosen(datetime.fromisoformat(wall), OFFICE, LONDON, now).remark == remark


@pytest.mark.parametrize(
    ("said", "at", "words"),
    [
        ("I will call you by 3pm on Wednesday 13 May.", "2026-05-13T15:00", "by 3pm on Wednesday 13 May"),
        ("I will call you on Friday", "2026-05-15T15:00", "on Friday"),  # when the team closes
        ("I will write by noon on Sunday 17 May", "2026-05-17T12:00", "by noon on Sunday 17 May"),
        ("I will write on Sunday 17 May", "2026-05-17T17:00", "on Sunday 17 May"),
        ("Sie hören bis Mittwoch, 13. Mai, 9 Uhr von mir", "2026-05-13T09:00", "bis Mittwoch, 13. Mai, 9 Uhr"),
    ],
)
def test_it_reads_the_time_that_typed_words_name(said: str, at: str, words: str) -> None:
    time = typed(said, OFFICE, LONDON, datetime(2026, 5, 11, 9, tzinfo=LONDON))
    assert time and (f"{time.at:%Y-%m-%dT%H:%M}", time.words("en")) == (at, words)


def test_words_that_name_no_day_leave_the_time_to_be_chosen() -> None:
    assert typed("I will call you soon", OFFICE, LONDON, datetime(2026, 5, 11, 9, tzinfo=LONDON)) is None


def test_the_desk_asks_for_them_in_the_time_of_the_team(cast: Cast, frozen: object) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    told = client.get_json(f"tickets/{ticket.pk}/promise-times/", at="2026-05-13T10:00")
    assert told["results"][0]["at"] == "2026-05-11T17:00:00Z"
    assert told["chosen"]["words"] == "by Wednesday 13 May, 10:00"
    typed = client.get_json(f"tickets/{ticket.pk}/promise-times/", said="I will call you on Thursday 14 May")["chosen"]
    assert (typed["at"], typed["words"]) == ("2026-05-14T17:00:00Z", "on Thursday 14 May")
    assert desk(cast.moira).ask("GET", f"tickets/{ticket.pk}/promise-times/").status_code == 404
    for nonsense in ("tomorrow", "9999-01-01T10:00", "2026-05-13T10:00Z"):
        assert client.ask("GET", f"tickets/{ticket.pk}/promise-times/?at={nonsense}").status_code == 400


def test_it_says_them_in_the_language_of_the_customer(cast: Cast, frozen: object) -> None:
    ticket = complaint(
        cast, subject="Mein Zelt", text="Wo ist mein Zelt? Ich warte seit zwei Wochen und bin verärgert."
    )
    times = desk(cast.ana).get_json(f"tickets/{ticket.pk}/promise-times/")["results"]
    assert (times[0]["words"], times[0]["label"]) == ("bis Montag, 11. Mai, 17:00 Uhr", "Today 17:00")


def test_a_time_that_does_not_exist_is_one_all_the_same() -> None:
    now = datetime(2026, 3, 28, 9, tzinfo=UTC)
    assert chosen(datetime(2026, 3, 29, 1, 30), OFFICE, LONDON, now).at.astimezone(UTC) > now
