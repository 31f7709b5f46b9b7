"""Two web processes on one database, joined by a Redis of their own that may go away."""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import websockets
from django.conf import settings
from django.db import connection

from tests.cast import Cast, answer, complaint
from tests.tickets.live.sockets import aside, cookie
from tickets.models import Agent

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Redis:
    """A private Redis that keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self.port, self._folder = free_port(), folder
        self.start()

    def start(self) -> None:
        options = ["--save", "", "--appendonly", "no", "--dir", str(self._folder)]
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", *options]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_for(self.port, self._process)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


def wait_for(port: int, process: subprocess.Popen[Any]) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"Nobody listens on {port}.")


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    server = Redis(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def ports(people: Cast, redis: Redis, tmp_path: Path) -> Iterator[list[int]]:
    """The ports of two web processes."""
    env = {**os.environ, "DATABASE_URL": database_url(), "SECRET_KEY": settings.SECRET_KEY, "VAR_DIR": str(tmp_path)}
    env["REDIS_URL"] = f"redis://127.0.0.1:{redis.port}/0"
    numbers, processes = [free_port(), free_port()], []
    for port in numbers:
        command = [sys.executable, "manage.py", "serve", "--no-mail", "--port", str(port)]
        processes.append(subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL))
    for port, process in zip(numbers, processes, strict=True):
        wait_for(port, process)
    yield numbers
    for process in processes:
        process.terminate()
        process.wait(10)


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user = f"{database['USER']}:{database['PASSWORD']}" if database["PASSWORD"] else database["USER"]
    host = f"?host={database['HOST']}" if database["HOST"].startswith("/") else ""
    return f"postgres://{user}@{'' if host else database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}{host}"


class Line:
    """A browser's socket to one of the processes."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self._socket = socket

    async def say(self, **frame: Any) -> None:
        await self._socket.send(json.dumps(frame))

    async def hears(self, **wanted: Any) -> dict[str, Any]:
        async with asyncio.timeout(20):
            while True:
                frame: dict[str, Any] = json.loads(await self._socket.recv())
                if all(frame.get(key) == value for key, value in wanted.items()):
                    return frame


@pytest.fixture
async def dial(ports: list[int]) -> AsyncIterator[Any]:
    async with AsyncExitStack() as stack:

        async def open_line(which: int, agent: Agent, *topics: str) -> Line:
            origin = f"http://127.0.0.1:{ports[which]}"
            headers = {"Cookie": (await aside(cookie, agent)).decode()}
            url = f"{origin.replace('http', 'ws')}/ws/"
            socket = websockets.connect(url, origin=origin, additional_headers=headers, open_timeout=30)
            line = Line(await stack.enter_async_context(socket))
            await line.say(subscribe=list(topics))
            await line.hears(refused=[])
            return line

        yield open_line


async def test_what_is_committed_anywhere_reaches_the_sockets_of_both(people: Cast, dial: Any) -> None:
    queue = f"queue:{people.deliveries.pk}"
    lines = [await dial(which, people.ana, queue) for which in range(2)]
    ticket = await aside(complaint, people)
    for line in lines:
        assert (await line.hears(kind="ticket"))["ticket"] == ticket.pk


async def test_presence_crosses_and_outlives_a_redis_that_was_away(people: Cast, dial: Any, redis: Redis) -> None:
    ticket = await aside(complaint, people)
    page = f"ticket:{ticket.pk}"
    ana, lee = await dial(0, people.ana, page), await dial(1, people.lee, page)
    await ana.say(presence={"ticket": ticket.pk, "doing": "viewing"})
    assert [one["name"] for one in (await lee.hears(kind="presence"))["here"]] == ["Ana Lima"]
    await aside(redis.stop)
    await ana.say(presence={"ticket": ticket.pk, "doing": "writing"})
    await aside(answer, ticket, "Is anybody there?")
    for line in [ana, lee]:
        assert (await line.hears(kind="ticket", event="customer_wrote"))["ticket"] == ticket.pk
    await aside(redis.start)
    assert [one["doing"] for one in (await lee.hears(kind="presence"))["here"]] == ["writing"]
