"""Waits for a request's whole body on the server's loop, so that eight slow senders do not hold all eight threads."""

import asyncio
from typing import Any

MOST = 64 * 1024 * 1024  # bytes; more than the forms and the API let through, which answer with a sentence of their own
PATIENCE = 120.0  # seconds for the whole body


class TooMuch(Exception):
    """The body is longer than MOST."""


class WholeBodies:
    """Answers 413 to more than MOST and 408 to less than all within PATIENCE; otherwise hands the body on in one piece."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                body = await _whole(receive)
        except TooMuch:
            await _refuse(send, 413, b"What was sent is too large.")
        except TimeoutError:
            await _refuse(send, 408, b"What was sent did not arrive in time.")
        else:
            if body is not None:
                await self._application(scope, _Once(body, receive), send)


class _Once:
    def __init__(self, body: bytes, receive: Any) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> dict[str, Any]:
        body, self._body = self._body, None
        if body is None:
            return dict(await self._receive())
        return {"type": "http.request", "body": body, "more_body": False}


async def _whole(receive: Any) -> bytes | None:
    """All of the body; None where the sender left before its end. Raises TooMuch."""
    parts: list[bytes] = []
    size = 0
    while (message := await receive())["type"] == "http.request":
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MOST:
            raise TooMuch
        if not message.get("more_body", False):
            return b"".join(parts)
    return None


async def _refuse(send: Any, status: int, words: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})
