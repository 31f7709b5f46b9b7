"""A socket of the desk as a test holds it: what it was told, waited for by condition."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any, TypeVar

from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.test import Client

from config.asgi import sockets
from tickets.models import Agent

PATIENCE = 10.0  # seconds until a condition that does not come is a failure
OWN = [(b"host", b"testserver"), (b"origin", b"http://testserver")]
Answer = TypeVar("Answer")


async def aside(act: Callable[..., Answer], *args: Any, **named: Any) -> Answer:
    """Do it where the database may be spoken to."""
    return await database_sync_to_async(act)(*args, **named)


async def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It did not come about in time."
        await asyncio.sleep(0.01)


def cookie(agent: Agent) -> bytes:
    client = Client()
    client.force_login(agent)
    return f"sessionid={client.cookies['sessionid'].value}".encode()


class Socket:
    """Collects frames as they come; `code` is why it was closed, once it is."""

    def __init__(self, line: ApplicationCommunicator) -> None:
        self.line = line
        self.frames: list[dict[str, Any]] = []
        self.code: int | None = None
        self._reading = asyncio.ensure_future(self._read())

    async def _read(self) -> None:
        while self.code is None:
            message = await self.line.output_queue.get()
            if message["type"] == "websocket.send":
                self.frames.append(json.loads(message["text"]))
            elif message["type"] == "websocket.close":
                self.code = message.get("code", 1000)

    async def say(self, **frame: Any) -> None:
        await self.say_text(json.dumps(frame))

    async def say_text(self, text: str) -> None:
        await self.line.send_input({"type": "websocket.receive", "text": text})

    async def hears(self, **wanted: Any) -> dict[str, Any]:
        """The first frame that holds these values; fails where none comes."""
        await until(lambda: self.heard(**wanted))
        return self.heard(**wanted)[0]

    def heard(self, **wanted: Any) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if all(frame.get(key) == value for key, value in wanted.items())]

    async def answers(self, key: str) -> dict[str, Any]:
        """The first frame with this key."""
        await until(lambda: any(key in frame for frame in self.frames))
        return next(frame for frame in self.frames if key in frame)

    async def subscribe(self, *topics: str) -> dict[str, Any]:
        before = len(self.frames)
        await self.say(subscribe=list(topics))
        await until(lambda: any("subscribed" in frame for frame in self.frames[before:]))
        return next(frame for frame in self.frames[before:] if "subscribed" in frame)

    async def closes(self) -> int:
        await until(lambda: self.code is not None)
        assert self.code is not None
        return self.code

    async def close(self) -> None:
        self._reading.cancel()
        await self.line.send_input({"type": "websocket.disconnect", "code": self.code or 1000})
        await self.line.wait(timeout=PATIENCE)


async def dial(headers: list[tuple[bytes, bytes]], application: Any = sockets, path: str = "/ws/") -> Socket:
    """Ask for a socket, whatever comes of it."""
    scope = {"type": "websocket", "path": path, "query_string": b"", "headers": headers, "subprotocols": []}
    line = ApplicationCommunicator(application, scope)
    await line.send_input({"type": "websocket.connect"})
    return Socket(line)


async def connected(agent: Agent, application: Any = sockets) -> Socket:
    """A socket that was greeted."""
    socket = await dial([*OWN, (b"cookie", await aside(cookie, agent))], application)
    await socket.answers("hello")
    return socket
