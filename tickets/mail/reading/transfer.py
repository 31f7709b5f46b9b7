"""Undoes transfer encodings, also where they are broken."""

import re
from binascii import Error, a2b_base64, a2b_qp, a2b_uu
from string import ascii_letters, digits

from tickets.mail.reading import limits

NOT_BASE64 = bytes(set(range(256)) - set(ascii_letters.encode() + digits.encode() + b"+/="))
UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n", re.M)
UU_END = re.compile(rb"^end[ \t]*\r?(?:\n|\Z)", re.M)


def decode_transfer(data: bytes, encoding: str) -> bytes:
    """The bytes behind a Content-Transfer-Encoding (RFC 2045 §6); unknown encodings are taken as they are."""
    encoding = encoding.strip().lower()
    if encoding.startswith("base64") or encoding == "b":
        return from_base64(data)
    if encoding.startswith(("quoted-printable", "quoted_printable")):
        return a2b_qp(data)
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue") and (begin := UU_BEGIN.search(data)):
        return from_uuencode(data[begin.end() :])
    return data


def from_base64(data: bytes) -> bytes:
    """Every whole byte of base64 text: wrong padding, line ends and stray characters do not matter."""
    packed = data.translate(None, NOT_BASE64)
    is_padded_inside = b"=" in packed.rstrip(b"=")
    return resumed_base64(data) if is_padded_inside else one_base64(packed)


def resumed_base64(data: bytes) -> bytes:
    """Base64 that goes on behind its padding: whole groups were joined by a program, anything else is a footer."""
    end = data.index(b"=")
    pieces = [one_base64(data[:end].translate(None, NOT_BASE64))]
    for line in data[end:].replace(b"=", b"= ").split(maxsplit=limits.BASE64_PIECES)[: limits.BASE64_PIECES]:
        if len(line) % 4 == 0 or line.endswith(b"="):
            pieces.append(one_base64(line.translate(None, NOT_BASE64)))
    return b"".join(pieces)


def one_base64(packed: bytes) -> bytes:
    packed = packed.rstrip(b"=")
    if len(packed) % 4 == 1:
        packed = packed[:-1]
    return a2b_base64(packed + b"=" * (-len(packed) % 4))


def from_uuencode(data: bytes) -> bytes:
    """The file in uuencoded lines up to `end`; a broken line is cut to what its length byte promises."""
    lines: list[bytes] = []
    for line in data.splitlines():
        if line.strip() in (b"end", b"`"):
            break
        lines.append(one_uu_line(line))
    return b"".join(lines)


def one_uu_line(line: bytes) -> bytes:
    try:
        return a2b_uu(line)
    except Error:
        if not line:
            return b""
        characters = (((line[0] - 32) & 63) * 4 + 5) // 3
        try:
            return a2b_uu(line[:characters])
        except Error:
            return b""
