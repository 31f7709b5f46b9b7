"""A thousand open lists in a process of their own: `python -m tests.bench.sockets PORT COOKIE TOPIC COUNT`.

Prints `ready`, then for every version of a ticket that all of them have heard of a JSON line with the milliseconds from
the change (the time that its event carries) until the last one had it. It reads frames as bytes and parses only the
first of each version, so that what is measured is the server and not this client.
"""

import asyncio
import base64
import json
import os
import re
import sys
import time
from datetime import datetime
from typing import Any

import uvloop

JOINING_AT_ONCE = 50
VERSION = re.compile(rb'"version":\s*(\d+)')
FRAME = re.compile(rb'\{.*"kind":\s*"ticket".*\}')
TEXT_FRAME, MASKED = 0x81, 0x80


class Crowd:
    """Counts who has heard of which version."""

    def __init__(self, count: int) -> None:
        self.count, self.heard = count, dict[int, int]()

    def hears(self, data: bytes) -> None:
        version = int(VERSION.search(data)[1])  # type: ignore[index]
        self.heard[version] = self.heard.get(version, 0) + 1
        if self.heard[version] == self.count:
            now, row = time.time(), json.loads(FRAME.search(data)[0])["row"]  # type: ignore[index]
            changed = datetime.fromisoformat(row["updated_at"]).timestamp()
            print(json.dumps({"version": version, "last_ms": (now - changed) * 1000}), flush=True)


class Screen(asyncio.Protocol):
    """One open list: shakes hands (RFC 6455 §4.1), subscribes, and then only listens."""

    def __init__(self, crowd: Crowd, request: bytes, topic: str, joined: asyncio.Future[None]) -> None:
        self.crowd, self.request, self.topic, self.joined = crowd, request, topic, joined
        self.transport: Any = None  # uvloop's transports are no subclass of asyncio's
        self.subscribed = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if self.joined.done():
            if b'"kind": "ticket"' in data or b'"kind":"ticket"' in data:
                self.crowd.hears(data)
        elif b'"subscribed"' in data:
            self.joined.set_result(None)
        elif not self.subscribed:
            self.subscribed = True
            self.transport.write(masked(json.dumps({"subscribe": [self.topic]}).encode()))


def masked(payload: bytes) -> bytes:
    """A short text frame as a client sends it, its mask all zeros (RFC 6455 §5.3)."""
    return bytes([TEXT_FRAME, MASKED | len(payload)]) + b"\0\0\0\0" + payload


def handshake(port: int, cookie: str) -> bytes:
    lines = [
        "GET /ws/ HTTP/1.1",
        f"Host: localhost:{port}",
        f"Origin: http://localhost:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        f"Cookie: {cookie}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


async def main(port: int, cookie: str, topic: str, count: int) -> None:
    crowd, gate = Crowd(count), asyncio.Semaphore(JOINING_AT_ONCE)
    loop = asyncio.get_running_loop()

    async def join() -> None:
        async with gate:
            joined: asyncio.Future[None] = loop.create_future()
            request = handshake(port, cookie)
            await loop.create_connection(lambda: Screen(crowd, request, topic, joined), "127.0.0.1", port)
            await asyncio.wait_for(joined, 60)

    await asyncio.gather(*(join() for _ in range(count)))
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])))
