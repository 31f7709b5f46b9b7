"""Opens winmail.dat, in which Outlook packs a message with its files ([MS-OXTNEF]).

An own reader: the libraries loop as often as a number in the file tells them to, which a stranger chooses.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from tickets.mail.reading import limits
from tickets.mail.reading.charsets import decode
from tickets.mail.reading.file_names import clean_file_name
from tickets.mail.received import MailAttachment

SIGNATURE = b"\x78\x9f\x3e\x22"
MOST_PROPERTIES = 2_000  # of one message or file
BODY, CODEPAGE, MESSAGE_PROPERTIES = 0x800C, 0x9007, 0x9003
NEW_FILE, FILE_DATA, FILE_TITLE, FILE_PROPERTIES = 0x9002, 0x800F, 0x8010, 0x9005
TEXT, HTML, HTML_CODEPAGE = 0x1000, 0x1013, 0x3FDE
LONG_NAME, NAME, SHOWN_NAME, DATA, KIND, CONTENT_ID = 0x3707, 0x3704, 0x3001, 0x3701, 0x370E, 0x3712
SIZES = {0x2: 4, 0x3: 4, 0x4: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}  # bytes, padded
OBJECT, UNICODE = 0xD, 0x1F
SIZED = {OBJECT, 0x1E, UNICODE, 0x102}  # strings, objects and bytes, which say how long they are
MANY = 0x1000
CODEPAGES = {65001: "utf-8", 65000: "utf-7", 20127: "us-ascii", 20866: "koi8-r", 50220: "iso-2022-jp", 51932: "euc-jp"}


@dataclass(frozen=True, slots=True)
class Packed:
    """What a winmail.dat held; all of it empty where it is broken from the start."""

    text: str = ""
    html: str = ""
    files: tuple[MailAttachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    kind: int
    value: bytes

    def text(self, charset: str) -> str:
        return decode(self.value, "utf-16-le" if self.kind == UNICODE else charset).rstrip("\0")


def is_tnef(file: MailAttachment) -> bool:
    return file.data.startswith(SIGNATURE)


def read_tnef(data: bytes) -> Packed:
    """The text, the HTML and the files; what comes before a broken place is kept. Never raises."""
    charset, body, message = "cp1252", b"", dict[int, Property]()
    files: list[dict[int, Property]] = []
    for name, value in attributes(data):
        if name == CODEPAGE and len(value) >= 4:
            charset = codepage(value)
        elif name == BODY:
            body = value
        elif name == MESSAGE_PROPERTIES:
            message = properties(value)
        elif name == NEW_FILE and len(files) < limits.PARTS:
            files.append({})
        elif files and name == FILE_PROPERTIES:
            files[-1] = {**files[-1], **properties(value)}
        elif files and name in (FILE_DATA, FILE_TITLE):
            files[-1].setdefault(DATA if name == FILE_DATA else NAME, Property(0, value))
    text = message[TEXT].text(charset) if TEXT in message else decode(body, charset)
    packed = [file for one in files if (file := read_file(one, charset))]
    return Packed(text.replace("\r\n", "\n")[: limits.TEXT_CHARACTERS], read_html(message, charset), tuple(packed))


def attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Name and value of each attribute: level, name, type and length stand before it, a checksum behind (§2.1.3)."""
    position = 6
    while position + 9 <= len(data):
        name, _, length = struct.unpack_from("<HHI", data, position + 1)
        yield name, data[position + 9 : position + 9 + length]
        position += 9 + length + 2


def properties(data: bytes) -> dict[int, Property]:
    """The MAPI properties by number, the first value of each; up to where the list breaks off (§2.1.3.4)."""
    found: dict[int, Property] = {}
    try:
        count, position = number(data, 0), 4
        for _ in range(min(count, MOST_PROPERTIES)):
            kind, name = struct.unpack_from("<HH", data, position)
            position = after_name(data, position + 4) if name >= 0x8000 else position + 4
            value, position = read_value(data, position, kind)
            found.setdefault(name, Property(kind & ~MANY, value))
    except (struct.error, KeyError):
        pass
    return found


def after_name(data: bytes, position: int) -> int:
    """Behind the name of a named property: a GUID, then a number or a string."""
    is_string, length = struct.unpack_from("<II", data, position + 16)
    return position + 24 + (padded(length) if is_string else 0)


def read_value(data: bytes, position: int, kind: int) -> tuple[bytes, int]:
    """The first value of a property, and where the next property begins. Raises KeyError for a type that is none."""
    sized, values = (kind & ~MANY) in SIZED, 1
    if sized or kind & MANY:
        values, position = number(data, position), position + 4
    first = b""
    for turn in range(min(values, MOST_PROPERTIES)):
        length = number(data, position) if sized else SIZES[kind & ~MANY]
        position += 4 if sized else 0
        first = first if turn else data[position : position + length]
        position += padded(length)
    return first, position


def read_file(found: dict[int, Property], charset: str) -> MailAttachment | None:
    if DATA not in found:
        return None
    data = (
        found[DATA].value[16:] if found[DATA].kind == OBJECT else found[DATA].value
    )  # an object has its class before it
    names = [found[one].text(charset) for one in (LONG_NAME, NAME, SHOWN_NAME) if one in found]
    name = next((clean for one in names if (clean := clean_file_name(one))), "file.bin")
    kind = found[KIND].text(charset).lower()[:100] if KIND in found else ""
    content_id = found[CONTENT_ID].text(charset).strip("<> ")[:250] if CONTENT_ID in found else ""
    return MailAttachment(name, kind or "application/octet-stream", data, content_id)


def read_html(message: dict[int, Property], charset: str) -> str:
    if HTML not in message:
        return ""
    own = codepage(message[HTML_CODEPAGE].value) if HTML_CODEPAGE in message else charset
    return message[HTML].text(own)[: limits.HTML_CHARACTERS]


def codepage(value: bytes) -> str:
    """The charset of a Windows code page."""
    page = number(value, 0)
    return CODEPAGES.get(page, f"iso8859-{page - 28590}" if 28591 <= page <= 28605 else f"cp{page}")


def number(data: bytes, position: int) -> int:
    return int(struct.unpack_from("<I", data, position)[0])


def padded(length: int) -> int:
    return length + -length % 4
