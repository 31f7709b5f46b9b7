"""How often somebody may try: a fixed window that begins with the first try."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import RequestFactory
from redis.exceptions import RedisError

from tests.cast import Cast
from tickets.api.signing_in import BY_ADDRESS, check_password
from tickets.errors import Invalid
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


@pytest.mark.sqlite_only  # Redis keeps its own time, which no test can freeze
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


def try_in_vain(email: str, place: str, now: datetime) -> type[Exception]:
    """What somebody there is told who tries a wrong password."""
    with pytest.raises((TooMany, Invalid)) as refused:
        check_password(RequestFactory().post("/", REMOTE_ADDR=place), email, "wrong", now)
    return refused.type


def test_one_place_that_tries_many_addresses_makes_no_other_counter_forgotten(
    cast: Cast, frozen: time_machine.Traveller, now: datetime
) -> None:
    """A cache that is full drops what was not asked for lately, so nobody may fill it."""
    for _ in range(BY_ADDRESS.most):
        assert try_in_vain(cast.sam.email, "203.0.113.7", now) is Invalid
    for number in range(400):
        try_in_vain(f"nobody{number}@example.net", "203.0.113.8", now)
    assert try_in_vain(cast.sam.email, "203.0.113.9", now) is TooMany
