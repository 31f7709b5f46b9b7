"""Packs a winmail.dat in a test, as Outlook does ([MS-OXTNEF])."""

import struct

Values = dict[int, tuple[int, bytes]]
STRING, UNICODE, BINARY, NUMBER = 0x1E, 0x1F, 0x102, 0x3


def winmail(message: Values, *files: Values) -> bytes:
    """The bytes of a file that holds a message with these properties and files with theirs."""
    packed = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x9007, struct.pack("<II", 1252, 0))
    packed += attribute(1, 0x9003, properties(message))
    for file in files:
        packed += attribute(2, 0x9002, b"\0" * 14) + attribute(2, 0x9005, properties(file))
    return packed


def attribute(level: int, name: int, value: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, 6, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def properties(values: Values) -> bytes:
    return struct.pack("<I", len(values)) + b"".join(one(name, *value) for name, value in values.items())


def one(name: int, kind: int, value: bytes) -> bytes:
    head = struct.pack("<HH", kind, name)
    if name >= 0x8000:
        head += b"\0" * 16 + struct.pack("<II", 1, 6) + "abc".encode("utf-16-le") + b"\0\0"
    return head + (value if kind == NUMBER else struct.pack("<II", 1, len(value)) + value + b"\0" * (-len(value) % 4))
