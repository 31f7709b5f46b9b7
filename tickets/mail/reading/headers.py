"""Splits a header block into fields and reads their values, however badly they are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from tickets.mail.reading import limits
from tickets.mail.reading.charsets import decode
from tickets.mail.reading.encoded_words import decode_words

LINE = re.compile(rb"([^\r\n]*)(\r*\n|\r+|\Z)")
FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:(.*)", re.S)
ENVELOPE = re.compile(rb">?From \S+ ")
FOLD = re.compile(r"\s*[\r\n]+\s*")
LOOKAHEAD_LINES = 100
# Fields that no body line is mistaken for; only they prove that the header block goes on.
KNOWN_FIELD = re.compile(
    rb"(?:received|from|to|cc|subject|date|message-id|mime-version|content-type|content-transfer-encoding|reply-to"
    rb"|in-reply-to|references|return-path|delivered-to)[ \t]*:",
    re.I,
)
PARAMETER = re.compile(r';\s*([^\s=;"]{1,100})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))', re.S)
CONTINUED = re.compile(r"(.+?)(?:\*(\d{1,3}))?(\*)?", re.S)


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields of one part, names in lower case, in the order in which they stand (topmost first)."""

    fields: tuple[tuple[str, bytes], ...]
    charset: str = ""  # tried for raw 8-bit bytes that are no UTF-8

    def raw(self, name: str) -> list[str]:
        """Every value of a field, unfolded, encoded words still encoded."""
        values = [value for key, value in self.fields if key == name][: limits.REPEATED_HEADERS]
        return [FOLD.sub(" ", self.decoded(value[: limits.HEADER_VALUE])).strip() for value in values]

    def decoded(self, value: bytes) -> str:
        """A part in UTF-16 still has its headers in ASCII."""
        wide = self.charset.lower().startswith(("utf-16", "utf-32", "utf16", "utf32"))
        return decode(value, "" if wide or value.isascii() else self.charset)

    def first(self, name: str) -> str:
        """The topmost value of a field, encoded words still encoded; empty when it is missing."""
        return next(iter(self.raw(name)), "")

    def text(self, name: str) -> str:
        """The topmost value of a field as a person reads it."""
        return " ".join(decode(decode_words(self.first(name)).encode(errors="ignore"), "utf-8").split())


@dataclass(frozen=True, slots=True)
class Value:
    """A structured value such as Content-Type: its main word in lower case and its parameters (RFC 2231)."""

    main: str
    parameters: dict[str, str] = field(default_factory=dict)


def read_headers(raw: bytes, start: int, end: int, *, top: bool = False) -> tuple[Headers, int]:
    """The fields from `start`, and where the body begins; `top` skips what transports leave before the first field."""
    fields: list[tuple[str, list[bytes]]] = []
    position = skip_before_fields(raw, start, end) if top else start
    for _ in range(limits.HEADER_LINES):
        line = LINE.match(raw, position, end)
        if line is None or position >= end or position - start > limits.HEADER_BYTES:
            break
        if not line[1].strip():
            position = line.end()
            break
        if fields and (line[1][:1] in b" \t" or fields_follow(raw, line, end)):
            fields[-1][1].append(line[0])
        elif named := FIELD.match(line[1]):
            fields.append((named[1].decode("ascii").lower(), [named[2], line[2]]))
        else:
            break
        position = line.end()
    return Headers(tuple((name, b"".join(pieces).strip()) for name, pieces in fields)), position


def skip_before_fields(raw: bytes, start: int, end: int) -> int:
    """Past blank lines, an mbox line and garbage, if fields follow; else `start`."""
    position = start
    for _ in range(10):
        line = LINE.match(raw, position, end)
        if line is None or position >= end:
            return start
        if FIELD.match(line[1]) and not ENVELOPE.match(line[1]):
            return position
        position = line.end()
    return start


def fields_follow(raw: bytes, line: re.Match[bytes], end: int) -> bool:
    """Whether a line that is no field is a badly folded one: a well-known field stands between it and the body."""
    if FIELD.match(line[1]):
        return False
    position = line.end()
    for _ in range(LOOKAHEAD_LINES):
        following = LINE.match(raw, position, end)
        if following is None or not following[1].strip():
            return False
        if KNOWN_FIELD.match(following[1]):
            return True
        position = following.end()
    return False


def read_value(text: str) -> Value:
    """A structured value; a parameter in pieces or with a charset is put together (RFC 2231 §3, §4)."""
    main, _, _ = text.partition(";")
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for found in PARAMETER.finditer(";" + text.partition(";")[2] if ";" in text else ""):
        value = re.sub(r"\\(.)", r"\1", found[2]) if found[2] is not None else found[3].strip().strip('"')
        if named := CONTINUED.fullmatch(found[1].lower()):
            pieces.setdefault(named[1], []).append((int(named[2] or 0), bool(named[3]), value))
    main = main.split("(")[0].strip().strip("\"'").lower()
    return Value(main, {name: joined(found) for name, found in pieces.items()})


def joined(pieces: list[tuple[int, bool, str]]) -> str:
    """One parameter from its pieces, decoded after joining, since a character may be split between two."""
    extended = [piece for piece in pieces if piece[1]]
    if not extended:
        numbered = sorted(pieces, key=lambda piece: piece[0])
        return decode_words("".join(value for _, value in dict_by_number(numbered)))
    charset, raw = "", b""
    whole = pieces if any(number for number, _, _ in pieces) else extended[:1]
    for number, encoded, value in sorted(whole, key=lambda piece: piece[0]):
        if encoded and number == 0 and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        raw += unquote_to_bytes(value) if encoded else value.encode(errors="ignore")
    return decode(raw, charset)


def dict_by_number(pieces: list[tuple[int, bool, str]]) -> Iterator[tuple[int, str]]:
    """The first value of each number."""
    seen: dict[int, str] = {}
    for number, _, value in pieces:
        seen.setdefault(number, value)
    return iter(seen.items())
