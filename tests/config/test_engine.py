"""The engine does what is due: soon, at once after a nudge, and whatever becomes of a single kind."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError

from config.engine import Engine
from tickets.live import nudge


class Work:
    """Counts how often each kind was looked at; `answers` is what a kind does instead of finding nothing due."""

    def __init__(self, **answers: Callable[[], int]) -> None:
        self.looks: Counter[str] = Counter()
        self._answers = answers

    def __call__(self, kind: str) -> int:
        self.looks[kind] += 1
        return self._answers[kind]() if kind in self._answers else 0


@pytest.fixture
def run() -> Iterator[Callable[[Engine], Engine]]:
    running: list[Engine] = []

    def start(engine: Engine) -> Engine:
        running.append(engine)
        engine.start()
        return engine

    yield start
    for engine in running:
        engine.stop()


def until(condition: Callable[[], object], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not come about in time."
        time.sleep(0.005)


def broken() -> int:
    raise ValueError("one bad row")


def away() -> int:
    raise OperationalError("the server closed the connection")


def test_it_looks_at_every_kind_again_and_again(run: Callable[[Engine], Engine]) -> None:
    work = Work()
    run(Engine(["clocks", "mails"], work))
    until(lambda: work.looks["clocks"] >= 3 and work.looks["mails"] >= 3)


def test_a_nudge_wakes_it_at_once(run: Callable[[Engine], Engine], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.engine.EVERY", 3600)
    work = Work()
    run(Engine(["clocks"], work))
    until(lambda: work.looks["clocks"] == 1)
    nudge()
    until(lambda: work.looks["clocks"] == 2)


def test_a_nudge_while_it_looks_makes_it_look_again(
    run: Callable[[Engine], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.engine.EVERY", 3600)
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> int:
        begun.set()
        go_on.wait(5)
        return 0

    work = Work(mails=slow)
    run(Engine(["mails"], work))
    assert begun.wait(5)
    nudge()
    go_on.set()
    until(lambda: work.looks["mails"] == 2)


def test_it_goes_on_at_once_while_there_is_more(
    run: Callable[[Engine], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.engine.EVERY", 3600)
    left = iter([50, 50, 20, 0])
    work = Work(mails=lambda: next(left))
    run(Engine(["mails"], work))
    until(lambda: work.looks["mails"] == 4)


@pytest.mark.parametrize("failing", [broken, away])
def test_a_kind_that_fails_stops_neither_itself_nor_the_others(
    run: Callable[[Engine], Engine], failing: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.engine.AFTER_FAILURE", 0.01)
    work = Work(mails=failing)
    run(Engine(["clocks", "mails"], work))
    until(lambda: work.looks["mails"] >= 3 and work.looks["clocks"] >= 2)


def test_a_slow_kind_is_done_by_one_thread_only_and_holds_up_no_other(run: Callable[[Engine], Engine]) -> None:
    go_on = threading.Event()
    work = Work(mails=lambda: int(go_on.wait(5)) * 0)
    run(Engine(["clocks", "mails"], work))
    until(lambda: work.looks["clocks"] >= 3)
    assert work.looks["mails"] == 1
    go_on.set()


def test_it_stops_though_a_kind_hangs() -> None:
    go_on = threading.Event()
    engine = Engine(["mails"], Work(mails=lambda: int(go_on.wait(30))))
    engine.start()
    began = time.monotonic()
    engine.stop(seconds=0.2)
    assert time.monotonic() - began < 1
    go_on.set()
