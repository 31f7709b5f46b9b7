"""Which events are new, though their numbers are committed out of order."""

import random

from hypothesis import given
from hypothesis import strategies as st

from tickets.live.window import LOOK_BACK, MOST_GAPS, Window


def test_it_begins_after_the_newest_and_keeps_an_eye_on_what_is_missing_below() -> None:
    window = Window([7, 9, 6], now=0.0)
    assert (window.last, window.gaps) == (9, [8])


def test_it_begins_with_nothing() -> None:
    assert (Window([], now=0.0).last, Window([], now=0.0).gaps) == (0, [])


def test_a_number_that_shows_late_is_asked_for_until_it_shows() -> None:
    window = Window([5], now=0.0)
    window.take([6, 9], now=1.0)
    assert (window.last, window.gaps) == (9, [7, 8])
    window.take([8], now=2.0)
    assert window.gaps == [7]


def test_a_number_that_never_shows_is_forgotten_after_a_minute() -> None:
    window = Window([5], now=0.0)
    window.take([7], now=1.0)
    window.take([8], now=1.0 + LOOK_BACK)
    assert window.gaps == [6]
    window.take([9], now=1.1 + LOOK_BACK)
    assert window.gaps == []


def test_its_memory_is_bounded() -> None:
    window = Window([1], now=0.0)
    window.take([10**9], now=1.0)
    window.take([2 * 10**9], now=2.0)
    assert len(window.gaps) == MOST_GAPS
    assert max(window.gaps) == 2 * 10**9 - 1


@given(st.integers(min_value=1, max_value=60), st.randoms(use_true_random=False))
def test_whatever_the_order_of_commits_each_event_is_told_once(count: int, chance: random.Random) -> None:
    window, committed, told = Window([], now=0.0), set[int](), list[int]()
    waiting = list(range(1, count + 1))
    while waiting:
        # A transaction may commit before those that took their numbers earlier, but not long before.
        committed.add(waiting.pop(chance.randrange(min(5, len(waiting)))))
        if chance.random() < 0.5:
            told += read(window, committed)
    told += read(window, committed)
    assert sorted(told) == list(range(1, count + 1))


def read(window: Window, committed: set[int]) -> list[int]:
    new = [number for number in committed if number > window.last or number in window.gaps]
    window.take(new, now=1.0)
    return new
