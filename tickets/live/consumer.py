"""One open screen: its socket reads what it asks for and writes what the hub hands it, never waiting for either."""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from secrets import token_hex
from typing import Any

from channels.consumer import get_handler_name
from channels.db import database_sync_to_async
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import DatabaseError
from django.utils import timezone

from tickets.live import requests, sight
from tickets.live.frames import encode
from tickets.live.presence import Doing
from tickets.live.requests import BadFrame, Request
from tickets.live.sight import Sight
from tickets.live.station import Station, running
from tickets.models import Agent

SIGNED_OUT = 4001
RESYNC = 4008
MOST_WAITING = 256  # frames; a socket that is further behind is closed, and reads everything anew


class DeskSocket(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels carries no types
    """A subscriber of the hub; see Subscriber there."""

    is_open = False

    # The hub hands out frames: a channel of its own for each socket would cost one Redis reader for each.
    channel_layer_alias = "none"

    async def connect(self) -> None:
        await self.accept()
        self.topics: set[str] = set()
        self.page = token_hex(8)
        self._outbox: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)
        self._station: Station = running()
        agent = self.scope["user"]
        if not agent.is_authenticated:
            await self.close(SIGNED_OUT)
            return
        self.session: str = self.scope["session"].session_key
        self.sight: Sight = await database_sync_to_async(_welcome)(agent)
        self._begin()

    def _begin(self) -> None:
        self.is_open = True
        self._writer = self._station.run(self._write())
        self._station.hub.join(self)
        self._station.audience_changed()
        self.push(encode({"hello": {"epoch": self._station.hub.epoch, "heartbeat": self._station.heartbeat}}))

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if not self.is_open:
            return
        try:
            request = requests.read(text_data)
            await self._answer(request)
        except BadFrame as error:
            self.push(encode({"error": str(error)}))
        except DatabaseError:
            self._end(RESYNC)

    async def _answer(self, request: Request) -> None:
        hub = self._station.hub
        hub.unsubscribe(self, request.unsubscribe)
        if request.subscribe:
            await self._subscribe(request.subscribe)
        if request.ticket is not None:
            self._appear(request.ticket, request.doing)
        if request.wants_pong:
            self.push(encode({"pong": 1}))
        self._station.audience_changed()

    async def _subscribe(self, names: Collection[str]) -> None:
        if len(self.topics.union(names)) > requests.MOST_TOPICS:
            raise BadFrame(f"One socket hears at most {requests.MOST_TOPICS} topics.")
        admitted = await database_sync_to_async(sight.admit)(self.sight.agent, names)
        if not self.is_open:
            return
        for name, team in admitted.items():
            self._station.hub.subscribe(self, name, team)
        refused = [name for name in names if name not in admitted]
        numbers = self._station.hub.numbers(self, admitted)
        self.push(encode({"subscribed": list(admitted), "refused": refused, "n": numbers}))
        self._show_presence(admitted)

    def _show_presence(self, names: Collection[str]) -> None:
        # Without a number: it is the state of now, told to one, and no step of the topic.
        for ticket, topic in self._station.presence.told_by(names).items():
            here = self._station.presence.here(ticket)
            self.push(encode({"topic": topic, "kind": "presence", "ticket": ticket, "here": here}))

    def _appear(self, ticket: int, doing: str) -> None:
        team = self._station.hub.team_of(ticket)
        if f"ticket:{ticket}" not in self.topics or team is None:
            raise BadFrame("Subscribe to a ticket before saying that you are on it.")
        mine = self.sight
        self._station.tell_presence(Doing(self.page, ticket, team, mine.agent, mine.name, mine.initials, doing))

    def push(self, text: str) -> None:
        try:
            self._outbox.put_nowait(text)
        except asyncio.QueueFull:
            self._end(RESYNC)

    def sign_out(self) -> None:
        self._end(SIGNED_OUT)

    async def _write(self) -> None:
        straight = self.scope["straight"]
        # The server raises an OSError once the other side is gone; its disconnect ends this socket.
        with suppress(OSError):
            while True:
                await straight({"type": "websocket.send", "text": await self._outbox.get()})

    def _end(self, code: int) -> None:
        if self._forget():
            self._station.run(self._close(code))

    async def _close(self, code: int) -> None:
        with suppress(OSError, RuntimeError):
            await self.close(code)

    async def dispatch(self, message: dict[str, Any]) -> None:
        # Channels visits the database's one thread at every message; what needs it here tidies up after itself.
        await getattr(self, get_handler_name(message))(message)

    async def websocket_disconnect(self, message: dict[str, Any]) -> None:
        self._forget()
        raise StopConsumer

    def _forget(self) -> bool:
        was_open, self.is_open = self.is_open, False
        if was_open:
            self._writer.cancel()
            self._station.leave(self)
        return was_open


def _welcome(agent: Agent) -> Sight:
    sight.seen([agent.pk], timezone.now())
    return sight.of(agent)
