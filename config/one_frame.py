"""Puts a text that goes to a thousand sockets into its WebSocket frame once, not a thousand times."""

from functools import lru_cache
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State


class OneFrame(WebSocketsSansIOProtocol):
    """Uvicorn's own protocol; only a text on an open, uncongested line goes a shorter way.

    What a server sends is not masked (RFC 6455 §5.1) and we do not compress it, so its bytes are the same for everybody.
    """

    async def send(self, message: Any) -> None:
        text = message.get("text")
        is_open = self.handshake_complete and not self.close_sent and self.conn.state is State.OPEN
        if text is not None and is_open and self.writable.is_set() and not self.disconnected:
            self.transport.write(framed(text))
        else:
            await super().send(message)


@lru_cache(maxsize=64)
def framed(text: str) -> bytes:
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
