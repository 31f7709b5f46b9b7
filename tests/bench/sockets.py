"""A thousand open lists in a process of their own: `python -m tests.bench.sockets PORT COOKIE TOPIC COUNT`.

Prints `ready`, then for every version of a ticket that all of them have heard of a JSON line with the milliseconds from
the change (the time that its event carries) until the last one had it.
"""

import asyncio
import json
import sys
import time
from datetime import datetime

from websockets.asyncio.client import connect

JOINING_AT_ONCE = 50


async def main(port: int, cookie: str, topic: str, count: int) -> None:
    heard: dict[int, int] = {}
    gate, joined = asyncio.Semaphore(JOINING_AT_ONCE), asyncio.Semaphore(0)
    tasks = [asyncio.create_task(listen(port, cookie, topic, count, heard, gate, joined)) for _ in range(count)]
    for _ in tasks:
        await joined.acquire()
    print("ready", flush=True)
    await asyncio.gather(*tasks)


async def listen(
    port: int,
    cookie: str,
    topic: str,
    count: int,
    heard: dict[int, int],
    gate: asyncio.Semaphore,
    joined: asyncio.Semaphore,
) -> None:
    headers = {"Cookie": cookie, "Origin": f"http://localhost:{port}"}
    async with gate:
        socket = await connect(
            f"ws://127.0.0.1:{port}/ws/",
            additional_headers=headers,
            compression=None,
            open_timeout=60,
            ping_interval=None,
        )
        await socket.send(json.dumps({"subscribe": [topic]}))
        while "subscribed" not in json.loads(await socket.recv()):
            continue
    joined.release()
    async for text in socket:
        frame = json.loads(text)
        if frame.get("kind") == "ticket":
            version = frame["version"]
            heard[version] = heard.get(version, 0) + 1
            if heard[version] == count:
                changed = datetime.fromisoformat(frame["row"]["updated_at"]).timestamp()
                print(json.dumps({"version": version, "last_ms": (time.time() - changed) * 1000}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])))
