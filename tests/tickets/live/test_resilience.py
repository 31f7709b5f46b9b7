"""Whatever is lost on the way, in the end a screen shows what a fresh load would show."""

import asyncio
import os
import random
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast, answer, complaint
from tests.tickets.live.conftest import HEARTBEAT
from tests.tickets.live.screen import Screen, fresh
from tests.tickets.live.sockets import OWN, Socket, aside, cookie, dial
from tickets.actions.assigning import assign, move_to_team
from tickets.actions.moves import move
from tickets.actions.reading import mark_read
from tickets.actions.triage import set_priority
from tickets.errors import TicketError
from tickets.events import Actor
from tickets.live import nudging, station
from tickets.models import Agent, Ticket

STEPS = 60


class Desk:
    """A screen with its socket, which it dials again whenever it is cut; a frame in thirty gets lost."""

    def __init__(
        self, screen: Screen, headers: list[tuple[bytes, bytes]], chance: random.Random, door: asyncio.Lock
    ) -> None:
        self.screen = screen
        self._headers, self._chance, self._door = headers, chance, door
        self.socket: Socket | None = None
        self.running = asyncio.ensure_future(self._run())

    async def _run(self) -> None:
        while True:
            async with self._door:  # nobody dials a process that is being restarted
                socket = await dial(self._headers)
                await socket.answers("hello")
                self.socket = socket
            await socket.say(subscribe=self.screen.subscription())
            await self._show(socket)

    async def _show(self, socket: Socket) -> None:
        shown = 0
        while self.socket is socket:
            if shown == len(socket.frames):
                await asyncio.sleep(0.005)
                continue
            frame = socket.frames[shown]
            shown += 1
            if "topic" not in frame or self._chance.random() > 1 / 30:
                await self.screen.take(frame)

    async def cut(self) -> None:
        if (socket := self.socket) is not None:
            self.socket = None
            await socket.close()

    async def end(self) -> None:
        self.running.cancel()
        await self.cut()


def act(cast: Cast, chance: random.Random) -> None:
    """Somebody does something to some ticket; what is not allowed is simply not done."""
    now = timezone.now()
    ticket = Ticket.objects.order_by("?").first() if chance.random() > 0.2 else None
    if ticket is None:
        complaint(cast, now=now, team=chance.choice([cast.deliveries, cast.returns]))
        return
    lee = Actor.agent(cast.lee)
    person = chance.choice([cast.ana, cast.lee])
    verbs: list[Callable[[], object]] = [
        lambda: answer(ticket, "And still nothing, after all these days.", now=now),
        lambda: move_to_team(ticket, chance.choice([cast.deliveries, cast.returns]), by=lee, now=now),
        lambda: assign(ticket, chance.choice([cast.ana, cast.lee, None]), by=lee, now=now),
        lambda: set_priority(ticket, chance.choice(["low", "normal", "urgent"]), by=lee, now=now),
        lambda: move(
            ticket, chance.choice(["open", "waiting_on_customer", "resolved"]), by=lee, now=now, reason="Settled"
        ),
        lambda: read(ticket, person),
    ]
    with suppress(TicketError):
        chance.choice(verbs)()


def read(ticket: Ticket, person: Agent) -> None:
    ticket.refresh_from_db()
    mark_read(ticket, ticket.version, by=person)


@pytest.mark.parametrize("attempt", range(3))
async def test_every_screen_ends_equal_to_a_fresh_load(
    people: Cast, attempt: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = int(os.environ.get("RESILIENCE_SEED", random.SystemRandom().randrange(10**6)))
    print(f"RESILIENCE_SEED={seed}")
    chance = random.Random(seed)
    hear = nudging.hear
    monkeypatch.setattr(nudging, "hear", lambda told: (told.kind == "changed" and chance.random() < 0.7) or hear(told))
    await station.begin(HEARTBEAT)
    teams = {people.ana: [people.deliveries.pk], people.lee: [people.deliveries.pk, people.returns.pk]}
    door = asyncio.Lock()
    desks = [
        Desk(Screen(agent, teams[agent], timezone.now()), [*OWN, (b"cookie", await aside(cookie, agent))], chance, door)
        for agent in [people.ana, people.lee, people.lee]
    ]
    for _ in range(STEPS):
        await aside(act, people, chance)
        if chance.random() < 0.08:
            await chance.choice(desks).cut()
        if chance.random() < 0.04:
            async with door:
                await station.end()
                await station.begin(HEARTBEAT)
                for desk in desks:
                    await desk.cut()
        await asyncio.sleep(chance.random() * 0.05)
    for desk in desks:
        await settles(desk.screen)
    for desk in desks:
        await desk.end()
    await station.end()


async def settles(screen: Screen) -> None:
    """The screen shows within two seconds, and a beat, what a fresh load shows."""
    deadline = time.monotonic() + 2 + HEARTBEAT
    wanted: Any = None
    while time.monotonic() < deadline:
        wanted = {topic: await aside(fresh, screen.agent, team, screen.now) for topic, team in screen.topics.items()}
        if screen.queues == wanted:
            return
        await asyncio.sleep(0.05)
    assert screen.queues == wanted
