"""A station in the test's own process, and sockets to it through the real ASGI application."""

from collections.abc import AsyncIterator, Callable

import pytest
from channels.db import database_sync_to_async
from django.db import connections

from tests.cast import Cast, assemble
from tests.tickets.live.sockets import Socket, aside, connected
from tickets.live import station
from tickets.live.station import Station
from tickets.models import Agent

HEARTBEAT = 0.3  # seconds, instead of fifteen


@pytest.fixture
async def people(transactional_db: None) -> AsyncIterator[Cast]:
    """The cast, really committed, since the feed reads on a connection of its own."""
    yield await aside(assemble)
    await database_sync_to_async(connections.close_all)()


@pytest.fixture
async def live(people: Cast) -> AsyncIterator[Station]:
    await station.begin(HEARTBEAT)
    yield station.running()
    await station.end()


@pytest.fixture
async def open_socket(live: Station) -> AsyncIterator[Callable[..., object]]:
    """Open a socket for a person; it is closed when the test ends."""
    opened: list[Socket] = []

    async def open_for(agent: Agent, *topics: str) -> Socket:
        socket = await connected(agent)
        opened.append(socket)
        if topics:
            await socket.subscribe(*topics)
        return socket

    yield open_for
    for socket in opened:
        await socket.close()
