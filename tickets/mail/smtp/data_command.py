"""The DATA command of our SMTP and LMTP doors (RFC 5321 §4.1.1.4): a mail is read in pieces, not line by line.

aiosmtpd reads lines, which takes twice as long and refuses a mail with a line that is too long, as real mail has. Here
too nothing but CR LF . CR LF ends a mail, so that none can be smuggled inside another (CVE-2023-51764).
"""

import asyncio

from aiosmtpd.smtp import SMTP, Envelope

END = b"\r\n.\r\n"
PIECE = b".\r\n"  # what a mail can end with; most pieces are longer than many lines
PIECES = 1024 * 1024  # bytes that may come without such an end before they are taken as they are
TOO_LARGE = "552 5.3.4 This mail is larger than we can take"


class InPieces(SMTP):
    """aiosmtpd's server with a DATA command of its own."""

    line_length_limit = PIECES

    async def smtp_DATA(self, arg: str) -> None:
        if await self.check_helo_needed() or await self.check_auth_needed("DATA"):
            return
        if (envelope := self.envelope) is None or await self._is_untimely(envelope, arg):
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        content = await self._content()
        if content is None:
            status = TOO_LARGE
        else:
            envelope.content = envelope.original_content = content
            status = await self._call_handler_hook("DATA")
        self._set_post_data_state()  # type: ignore[no-untyped-call]
        await self.push(status)

    async def _is_untimely(self, envelope: Envelope, arg: str) -> bool:
        if not envelope.rcpt_tos:
            await self.push("503 Error: need RCPT command")
        elif arg:
            await self.push("501 Syntax: DATA")
        return bool(arg or not envelope.rcpt_tos)

    async def _content(self) -> bytes | None:
        """The mail without its end and its stuffed dots (§4.5.2); None for one that is too large, read to its end too."""
        body, size, most = bytearray(), 0, (self.data_size_limit or 0) + len(END)
        while not (body.endswith(END) or body == PIECE):
            piece = await self._piece()
            size += len(piece)
            body += piece
            if size > most:
                del body[: -len(END)]
        return None if size > most else _unstuffed(bytes(body[: -len(PIECE)]))

    async def _piece(self) -> bytes:
        try:
            return await self._reader.readuntil(PIECE)
        except asyncio.LimitOverrunError as more:
            return await self._reader.readexactly(more.consumed)
        except asyncio.CancelledError:  # the connection is gone
            self._writer.close()
            raise


def _unstuffed(content: bytes) -> bytes:
    return content.removeprefix(b".").replace(b"\r\n.", b"\r\n")
