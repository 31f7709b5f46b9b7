"""A socket that takes nothing is closed, and nobody waits for it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from config.asgi import sockets
from tests.cast import Cast, answer, complaint
from tests.tickets.live.sockets import Socket, aside, connected, until
from tickets.live import consumer
from tickets.live.station import Station

Open = Callable[..., object]


class Clogged:
    """The desk's sockets behind a line that stops taking frames when told to."""

    def __init__(self) -> None:
        self.is_clear = asyncio.Event()
        self.is_clear.set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def take(message: dict[str, Any]) -> None:
            if message["type"] == "websocket.send":
                await self.is_clear.wait()
            await send(message)

        await sockets(scope, receive, take)


async def test_it_is_closed_for_a_resync_while_others_hear_everything(
    people: Cast, live: Station, open_socket: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "MOST_WAITING", 5)
    queue, line = f"queue:{people.deliveries.pk}", Clogged()
    slow = await connected(people.ana, line)
    await slow.subscribe(queue)
    line.is_clear.clear()
    monkeypatch.setattr(consumer, "MOST_WAITING", 256)
    quick: Socket = await open_socket(people.lee, queue)
    ticket = await aside(complaint, people)
    for number in range(12):
        await aside(answer, ticket, f"Message {number}")
    await until(lambda: len(quick.heard(event="customer_wrote")) == 12)
    assert await slow.closes() == 4008
    assert len(live.hub.subscribers) == 1
    line.is_clear.set()
    await slow.close()
