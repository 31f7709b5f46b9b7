"""What one web process runs to keep its sockets live: the hub, the feed, presence, the heartbeat, the way to others."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from contextvars import Context
from dataclasses import asdict, replace
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings

from tickets.live import guard, nudging, wire
from tickets.live.feed import Audience, Feed, Reading
from tickets.live.frames import Frame, encode
from tickets.live.hub import Hub, Subscriber
from tickets.live.nudging import Telling
from tickets.live.presence import Doing, Presence, topics_of

HEARTBEAT = 15.0  # seconds


class Station:
    """Lives on the server's loop; what threads tell it hops there. `heartbeat` is in seconds."""

    def __init__(self, heartbeat: float = HEARTBEAT) -> None:
        self.hub = Hub()
        self.presence = Presence()
        self.heartbeat = heartbeat
        self._loop = asyncio.get_running_loop()
        self._audience = Audience()
        self._feed = Feed(self._hear_reading, lambda: self._audience)
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Begin with what is committed from now on; raises what the database raises where it cannot be read."""
        await database_sync_to_async(self._feed.begin)()
        nudging.listen(self._hear)
        self._feed.start()
        self.run(self._beat())
        if settings.REDIS_URL:
            # Only the screens here hear of it: who committed wakes the workers.
            self.run(wire.receive(lambda kind, about: self._hear(Telling(kind, about))))

    async def stop(self) -> None:
        nudging.forget(self._hear)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.to_thread(self._feed.stop)

    def run(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do it beside everything else, until it ends or the station stops."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def audience_changed(self) -> None:
        """Call it when somebody came, left, or listens to something else."""
        self._audience = Audience(not self.hub.subscribers, self.hub.people, self.hub.open_tickets)

    def leave(self, subscriber: Subscriber) -> None:
        """This socket is closed or given up: it hears nothing more, and is on no ticket any more."""
        self.hub.leave(subscriber)
        self.audience_changed()
        for doing in self.presence.of_page(subscriber.page):
            self.tell_presence(replace(doing, what="gone"))

    def tell_presence(self, doing: Doing) -> None:
        """Tell all processes, this one included."""
        nudging.tell(Telling("presence", asdict(doing)))

    def _hear_reading(self, reading: Reading) -> None:
        self._hop(self._publish, reading)

    def _hop(self, act: Callable[..., None], *args: Any) -> None:
        # In a context of its own: that of a request's thread would tell our tasks that they run inside it.
        self._loop.call_soon_threadsafe(act, *args, context=Context())

    def _publish(self, reading: Reading) -> None:
        self.hub.pass_over(reading.passed_over)
        self.hub.publish(reading.frames)

    def _hear(self, telling: Telling) -> None:
        if telling.kind == "changed":
            self._feed.nudge()
        elif telling.kind == "personal":
            self._feed.tell_person(telling.about["agent"], telling.about["ticket"])
        else:
            self._hop(self._hear_here, telling.kind, telling.about)

    def _hear_here(self, kind: str, about: Mapping[str, Any]) -> None:
        if kind == "signed_out":
            guard.sign_out(self.hub, about["session"])
        elif kind == "access":
            self.run(guard.look_again(self.hub, [s for s in self.hub.subscribers if s.sight.agent in about["agents"]]))
        elif kind == "presence" and self.presence.note(doing := Doing(**about), time.monotonic()):
            self._publish_presence(doing)

    def _publish_presence(self, doing: Doing) -> None:
        now_there = replace(doing, team=self.hub.team_of(doing.ticket) or doing.team)
        body = {"kind": "presence", "ticket": doing.ticket, "here": self.presence.here(doing.ticket)}
        self.hub.publish([Frame(topics_of(now_there), encode(body))])

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self.heartbeat)
            await guard.look_again(self.hub, self.hub.subscribers)
            for subscriber in self.hub.subscribers:
                for doing in self.presence.of_page(subscriber.page):
                    self.tell_presence(doing)
            for doing in self.presence.expire(time.monotonic()):
                self._publish_presence(doing)
            self.audience_changed()
            await guard.beat(self.hub)


_running: Station | None = None


async def begin(heartbeat: float = HEARTBEAT) -> None:
    """Start this process's station; raises what the database raises where it cannot be read."""
    global _running
    starting = Station(heartbeat)
    await starting.start()
    _running = starting


async def end() -> None:
    global _running
    if _running is not None:
        await _running.stop()
    _running = None


def running() -> Station:
    """The station of this process; raises RuntimeError before `begin`."""
    if _running is None:
        raise RuntimeError("The server did not start its station: does it send ASGI lifespan events?")
    return _running
