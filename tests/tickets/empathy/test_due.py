"""By when a promise in an agent's words is due."""

from datetime import date, time

import pytest

from tickets.empathy.check.due import due_in

TODAY = date(2026, 5, 11)  # a Monday


@pytest.mark.parametrize(
    ("said", "day", "hour", "words"),
    [
        ("I will call you by 3pm on Wednesday 13 May.", date(2026, 5, 13), time(15), "by 3pm on Wednesday 13 May"),
        ("I will write by Friday 15 May, 17:00.", date(2026, 5, 15), time(17), "by Friday 15 May, 17:00"),
        ("I'll ring at 3:30pm on Thursday", date(2026, 5, 14), time(15, 30), "at 3:30pm on Thursday"),
        ("You wrote on 4 May; I answer by noon on 12 May.", date(2026, 5, 12), time(12), "by noon on 12 May"),
        ("I will call you tomorrow by 10:00", date(2026, 5, 12), time(10), "tomorrow by 10:00"),
        ("I will call you today", TODAY, None, "today"),
        ("I will write on Monday", date(2026, 5, 18), None, "on Monday"),
        ("I will write by 1 October", date(2026, 10, 1), None, "by 1 October"),
    ],
)
def test_it_reads_the_last_day_with_the_hour_beside_it(said: str, day: date, hour: time | None, words: str) -> None:
    due = due_in(said, TODAY, "en")
    assert due and (due.day, due.hour, due.words) == (day, hour, words)


@pytest.mark.parametrize("said", ["", "I will call you soon.", "I called you on 4 May.", "I will call you by 31 June."])
def test_it_reads_none_where_none_is_to_come(said: str) -> None:
    assert due_in(said, TODAY, "en") is None


def test_it_reads_german() -> None:
    due = due_in("Ich rufe Sie bis Mittwoch, 13. Mai 2026, 15 Uhr an.", TODAY, "de")
    assert due and (due.day, due.hour, due.words) == (date(2026, 5, 13), time(15), "bis Mittwoch, 13. Mai 2026, 15 Uhr")
