"""A mail that is read in pieces is the mail that was sent, however it comes in and whatever stands in it."""

import asyncio
from collections.abc import Sequence

from aiosmtpd.smtp import SMTP, Envelope, Session
from hypothesis import given
from hypothesis import strategies as st

from tickets.mail.smtp.data_command import InPieces

LIMIT = 400  # bytes that fit in these tests
AWKWARD = st.lists(
    st.sampled_from([b".", b"..", b"\r\n", b"\n", b"\r", b"x", b".\r\n", b"\r\n..", b"words"]), max_size=40
)


class Keeps:
    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        return "250 Kept"


def stuffed(mail: bytes) -> bytes:
    """As RFC 5321 §4.5.2 has it sent: each line's first dot twice, the end on a line of its own."""
    lines = mail.split(b"\r\n")
    body = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)
    return body + (b".\r\n" if body.endswith(b"\r\n") or not body else b"\r\n.\r\n")


def said(pieces: Sequence[bytes]) -> tuple[list[bytes], list[str]]:
    """What the server kept of a conversation that came in these pieces, and what it answered."""

    async def converse() -> tuple[list[bytes], list[str]]:
        kept = Keeps()
        server = await asyncio.get_running_loop().create_server(
            lambda: InPieces(kept, data_size_limit=LIMIT, hostname="here"), "127.0.0.1", 0
        )
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        answers = (await reader.read()).decode().split("\r\n")
        writer.close()
        server.close()
        return kept.mails, [answer[:3] for answer in answers if answer]

    return asyncio.run(converse())


def conversation(*mails: bytes) -> bytes:
    one = b"MAIL FROM:<jo@example.com>\r\nRCPT TO:<us@kintsugi.example>\r\nDATA\r\n"
    return b"HELO x\r\n" + b"".join(one + mail for mail in mails) + b"QUIT\r\n"


@given(parts=AWKWARD, cuts=st.lists(st.integers(1, 60), max_size=12))
def test_what_comes_out_is_what_was_sent_however_it_is_cut(parts: list[bytes], cuts: list[int]) -> None:
    mail = b"".join(parts)
    sent, pieces = conversation(stuffed(mail), stuffed(b"the next\r\n")), []
    for cut in cuts:
        pieces.append(sent[:cut])
        sent = sent[cut:]
    kept, answers = said([*pieces, sent])
    ended = mail if mail.endswith(b"\r\n") or not mail else mail + b"\r\n"
    assert kept == [ended, b"the next\r\n"]
    assert answers.count("250") == 1 + 2 * 3


def test_a_bare_line_feed_ends_nothing() -> None:
    smuggled = b"Hello\r\n\n.\nMAIL FROM:<a@b.example>\r\n\r.\r\nbye\r\n"
    kept, _ = said([conversation(stuffed(smuggled))])
    assert kept == [smuggled]


def test_one_that_is_too_large_is_refused_and_the_next_is_taken() -> None:
    kept, answers = said([conversation(stuffed(b"x" * 70 + b"\r\n" + b"y" * LIMIT), stuffed(b"small\r\n"))])
    assert (kept, "552" in answers) == ([b"small\r\n"], True)


def test_as_much_as_fits_is_taken() -> None:
    kept, _ = said([conversation(stuffed(b"z" * (LIMIT - 2) + b"\r\n"))])
    assert [len(mail) for mail in kept] == [LIMIT]


def test_nothing_at_all_is_a_mail_too() -> None:
    assert said([conversation(b".\r\n")])[0] == [b""]


def test_a_line_longer_than_what_is_read_at_once_is_kept() -> None:
    long = b"q" * (3 * InPieces.line_length_limit)

    async def converse() -> list[bytes]:
        kept = Keeps()
        server = await asyncio.get_running_loop().create_server(
            lambda: InPieces(kept, data_size_limit=4 * len(long), hostname="here"), "127.0.0.1", 0
        )
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(conversation(stuffed(long)))
        await reader.read()
        writer.close()
        server.close()
        return kept.mails

    assert asyncio.run(converse()) == [long + b"\r\n"]
