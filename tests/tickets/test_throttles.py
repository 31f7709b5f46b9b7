"""How often somebody may try: a fixed window that begins with the first try."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from redis.exceptions import RedisError

from tickets.throttles import Throttle, TooMany

DOOR = Throttle("door", 2, timedelta(minutes=10))


def test_it_lets_so_many_in_and_says_when_to_come_back(frozen: time_machine.Traveller, now: datetime) -> None:
    DOOR.take("nora", now)
    DOOR.take("nora", now + timedelta(minutes=1))
    with pytest.raises(TooMany) as refused:
        DOOR.take("nora", now + timedelta(minutes=4))
    assert refused.value.seconds == 360
    assert str(refused.value).endswith("please try again in 6 minutes.")


def test_it_counts_each_by_themselves(frozen: time_machine.Traveller, now: datetime) -> None:
    for who in ("nora", "nora", "stan"):
        DOOR.take(who, now)


def test_it_opens_again_when_the_window_is_over(frozen: time_machine.Traveller, now: datetime) -> None:
    for _ in range(2):
        DOOR.take("nora", now)
    frozen.shift(timedelta(minutes=10, seconds=1))
    DOOR.take("nora", now + timedelta(minutes=10, seconds=1))


def test_it_forgets_one_who_proved_welcome(frozen: time_machine.Traveller, now: datetime) -> None:
    for _ in range(2):
        DOOR.take("nora", now)
    DOOR.forget("nora")
    DOOR.take("nora", now)


def test_a_counter_that_is_away_turns_nobody_away(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise RedisError

    for call in ("get_or_set", "delete"):
        monkeypatch.setattr(cache, call, away)
    for _ in range(5):
        DOOR.take("nora", now)
    DOOR.forget("nora")
