"""Splits the bytes of a mail into its MIME parts, in time that grows with their number only.

The parser of the standard library looks at every line once per level of nesting, so that a crafted mail of 25 MB keeps
it busy for minutes; this one searches for boundaries and stops at the limits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tickets.mail.reading import limits
from tickets.mail.reading.headers import Headers, Value, read_headers, read_value
from tickets.mail.reading.transfer import decode_transfer

GUESSED_BOUNDARY = re.compile(rb"(?:\A|(?<=[\r\n]))--([^\s-][^\r\n]{0,200}?)[ \t]*\r?\n(?=[A-Za-z-]{1,60}:|\r?\n)")

# What may stand after the boundary in a delimiter line; compiled once, where a pattern with the boundary would be for each mail.
AFTER_BOUNDARY = re.compile(rb"(--)?[ \t]{0,200}(\r*\n|\r|\Z)")


@dataclass(frozen=True, slots=True)
class Part:
    """One MIME entity: `raw` holds its transfer-encoded body, empty where it has children."""

    headers: Headers
    type: Value
    disposition: Value
    raw: bytes = b""
    children: "tuple[Part, ...]" = ()

    @property
    def data(self) -> bytes:
        return decode_transfer(self.raw, self.headers.first("content-transfer-encoding"))

    @property
    def content_id(self) -> str:
        return self.headers.first("content-id").strip("<> ")[:250]

    @property
    def file_name(self) -> str:
        """As the sender wrote it: nothing cleaned."""
        return self.disposition.parameters.get("filename") or self.type.parameters.get("name", "")


class Splitter:
    """Reads one mail and counts its parts; `notes` says which limit was hit."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.parts = 0
        self.notes: list[str] = []

    def split(self) -> Part:
        return self.part(0, len(self.raw), 0, "text/plain")

    def part(self, start: int, end: int, depth: int, default_type: str) -> Part:
        self.parts += 1
        headers, body = read_headers(self.raw, start, end, top=depth == 0)
        kind = read_value(headers.first("content-type"))
        if "/" not in kind.main:
            kind = Value(default_type, kind.parameters)
        headers = Headers(headers.fields, kind.parameters.get("charset", ""))
        disposition = read_value(headers.first("content-disposition"))
        children = self.children(kind, body, end, depth) if kind.main.startswith("multipart/") else ()
        return Part(headers, kind, disposition, b"" if children else self.raw[body:end], children)

    def children(self, kind: Value, start: int, end: int, depth: int) -> tuple[Part, ...]:
        if depth >= limits.MIME_DEPTH:
            self.note(f"parts nested deeper than {limits.MIME_DEPTH} were not opened")
            return ()
        spans = self.spans(kind.parameters.get("boundary", "").encode("utf-8", "surrogateescape"), start, end)
        default_type = "message/rfc822" if kind.main == "multipart/digest" else "text/plain"
        parts = []
        for child_start, child_end in spans:
            if self.parts >= limits.PARTS:
                self.note(f"only the first {limits.PARTS} parts were read")
                break
            parts.append(self.part(child_start, child_end, depth + 1, default_type))
        return tuple(parts)

    def spans(self, boundary: bytes, start: int, end: int) -> list[tuple[int, int]]:
        """Where the children lie; a boundary that is missing or wrong is guessed from the first line that looks so."""
        found = boundary_spans(self.raw, boundary, start, end) if boundary else []
        if not found and (guessed := GUESSED_BOUNDARY.search(self.raw, start, min(end, start + 65_536))):
            found = boundary_spans(self.raw, guessed[1], start, end)
        return found

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


def boundary_spans(raw: bytes, boundary: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between delimiter lines (RFC 2046 §5.1.1), at most one more than the limit of parts."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for line_start, line_end, closes in delimiters(raw, boundary, start, end):
        if opened is not None:
            spans.append((opened, max(opened, before_line_end(raw, line_start))))
        opened = None if closes else line_end
        if closes or len(spans) > limits.PARTS:
            break
    if opened is not None and opened < end and len(spans) <= limits.PARTS:
        spans.append((opened, end))
    return spans


def delimiters(raw: bytes, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Where each delimiter line begins and ends, and whether it is the closing one."""
    mark = b"--" + boundary
    for place in lines_that_begin(raw, mark, start, end):
        if found := AFTER_BOUNDARY.match(raw, place + len(mark), end):
            yield place, found.end(), bool(found[1])


def lines_that_begin(raw: bytes, mark: bytes, start: int, end: int) -> Iterator[int]:
    """Where lines begin with `mark`, the first of them at `start`. Searching for whole line starts keeps it linear."""
    if raw.startswith(mark, start, end):
        yield start
    line_end = b"\n" if raw.find(b"\n", start, min(end, start + 65_536)) >= 0 else b"\r"
    position = raw.find(line_end + mark, start, end)
    while position >= 0:
        yield position + 1
        position = raw.find(line_end + mark, position + 1, end)


def before_line_end(raw: bytes, position: int) -> int:
    """The line end before a delimiter belongs to the delimiter."""
    if raw[position - 2 : position] == b"\r\n":
        return position - 2
    return position - 1
