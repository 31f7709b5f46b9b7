"""The way between processes: Channels' Redis layer, written to from a thread of its own and read by one task a process."""

import asyncio
import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from secrets import token_hex
from typing import Any

import structlog
from channels.exceptions import ChannelFull
from channels.layers import get_channel_layer
from django.conf import settings
from redis.exceptions import RedisError

GROUP = "live"
TOGETHER = 0.05  # seconds; what is told meanwhile travels in one message
JOIN_AGAIN = 20.0  # seconds; a Redis that restarted has forgotten who listens
PAUSE = 0.5  # seconds before another try when Redis is away
MOST = 1000  # tellings kept while Redis is away; the oldest go first, since the rows are the truth
AWAY = (RedisError, OSError, TimeoutError, ChannelFull)
log = structlog.get_logger(__name__)


class Outlet:
    """What waits to be told to other processes: equal tellings once, sent in one message by a background thread."""

    def __init__(self) -> None:
        self._waiting: dict[str, None] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self.process = token_hex(8)

    def put(self, telling: str) -> None:
        with self._changed:
            self._waiting[telling] = None
            while len(self._waiting) > MOST:
                del self._waiting[next(iter(self._waiting))]
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="live-outlet", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def drain(self, seconds: float) -> bool:
        """Wait until all is told, for a process that is about to end; whether it was in time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting, timeout=seconds)

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            is_away = False
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._waiting)
                    batch = list(self._waiting)
                is_away = not runner.run(self._told(batch, is_away))
                time.sleep(TOGETHER)

    async def _told(self, batch: list[str], was_away: bool) -> bool:
        try:
            async with asyncio.timeout(5):
                message = {"type": "live.told", "process": self.process, "tellings": batch}
                await layer().group_send(GROUP, message)
        except AWAY as error:
            if not was_away:
                log.warning("redis_away", error=type(error).__name__)
            await asyncio.sleep(PAUSE)
            return False
        with self._changed:
            for telling in batch:
                self._waiting.pop(telling, None)
            self._changed.notify_all()
        return True


_outlet = Outlet()


def _begin_anew() -> None:
    # A forked worker has the parent's lock, perhaps held, and none of its threads.
    global _outlet
    _outlet = Outlet()


os.register_at_fork(after_in_child=_begin_anew)


def layer() -> Any:
    return get_channel_layer()


def send(kind: str, about: Mapping[str, Any]) -> None:
    """Tell the other processes, where Redis joins them; never waits and never raises."""
    if settings.REDIS_URL:
        _outlet.put(json.dumps([kind, about]))


def drain(seconds: float) -> bool:
    """Wait until other processes were told, at most so long; for commands that end at once."""
    return _outlet.drain(seconds)


async def receive(hear: Callable[[str, Mapping[str, Any]], None]) -> None:
    """Call `hear` on this loop with each telling of another process, until cancelled; outlives a Redis that goes away."""
    channel = await layer().new_channel(GROUP)
    is_away = False
    while True:
        try:
            await layer().group_add(GROUP, channel)
            is_away = False
            with suppress(TimeoutError):
                async with asyncio.timeout(JOIN_AGAIN):
                    await _hear_all(channel, hear)
        except AWAY as error:
            if not is_away:
                log.warning("redis_away", error=type(error).__name__)
            is_away = True
            await asyncio.sleep(PAUSE)


async def _hear_all(channel: str, hear: Callable[[str, Mapping[str, Any]], None]) -> None:
    while True:
        message = await layer().receive(channel)
        if message["process"] == _outlet.process:
            continue
        for telling in message["tellings"]:
            kind, about = json.loads(telling)
            hear(kind, about)
