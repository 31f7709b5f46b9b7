"""Decodes RFC 2047 encoded words as mail programs really write them."""

import re
from binascii import Error, a2b_qp

from tickets.mail.reading.charsets import codec_name, decode
from tickets.mail.reading.transfer import from_base64

# Blanks and question marks inside are illegal (RFC 2047 §2) and common.
WORD = re.compile(r"=\?([^?\s]{0,60})\?([bBqQ])\?((?:[^?]|\?(?!=)){0,4000})\?=")


def decode_words(text: str) -> str:
    """The header's text with its encoded words decoded; neighbours of one charset are joined before decoding."""
    if "=?" not in text:
        return text
    done: list[str] = []
    pending, charset, last = b"", "", 0
    for found in WORD.finditer(text):
        between = text[last : found.start()]
        adjacent = bool(last) and not between.strip()
        if pending and not (adjacent and codec_name(found[1]) == codec_name(charset)):
            done.append(decode(pending, charset))
            pending = b""
        if not adjacent:
            done.append(between)
        pending, charset, last = pending + word_bytes(found[2], found[3]), found[1], found.end()
    return "".join([*done, decode(pending, charset), text[last:]])


def word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    if encoding in "bB":
        return from_base64(raw)
    try:
        return a2b_qp(raw.replace(b" ", b"_"), header=True)
    except Error:
        return raw
