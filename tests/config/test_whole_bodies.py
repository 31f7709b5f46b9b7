"""A slow sender holds no thread."""

import asyncio
from typing import Any

import pytest

from config import whole_bodies
from config.whole_bodies import WholeBodies


class Sender:
    """Sends these parts, one message each; then nothing more comes, or it has left."""

    def __init__(self, *parts: bytes, leaves: bool = False) -> None:
        last = len(parts) - 1
        more = [n < last or leaves for n in range(len(parts))]
        self._messages = [
            {"type": "http.request", "body": part, "more_body": more[n]} for n, part in enumerate(parts)
        ] + [{"type": "http.disconnect"}]
        self.answers: list[dict[str, Any]] = []

    async def receive(self) -> dict[str, Any]:
        return self._messages.pop(0)

    async def send(self, message: dict[str, Any]) -> None:
        self.answers.append(message)


class Dawdler(Sender):
    async def receive(self) -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError("Nobody set it.")


class Application:
    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        assert not message["more_body"]
        self.bodies.append(message["body"])


async def ask(sender: Sender) -> Application:
    application = Application()
    await WholeBodies(application)({"type": "http"}, sender.receive, sender.send)
    return application


async def test_it_hands_on_the_whole_body_at_once() -> None:
    assert (await ask(Sender(b"two ", b"photos"))).bodies == [b"two photos"]


async def test_it_hands_on_nothing_of_a_sender_who_left() -> None:
    sender = Sender(b"half", leaves=True)
    assert (await ask(sender)).bodies == []
    assert sender.answers == []


async def test_it_refuses_more_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_bodies, "MOST", 5)
    sender = Sender(b"1234", b"56")
    assert (await ask(sender)).bodies == []
    assert sender.answers[0]["status"] == 413


async def test_it_gives_up_on_one_who_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_bodies, "PATIENCE", 0)
    sender = Dawdler()
    assert (await ask(sender)).bodies == []
    assert sender.answers[0]["status"] == 408
