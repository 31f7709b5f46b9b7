"""Turns bytes into text that any database stores, whatever charset the sender claims."""

import codecs
import re

from charset_normalizer import from_bytes

SAMPLE_BYTES = 8_192
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
JP_ESCAPE = re.compile(rb"(\x1b\$[@B]|\x1b\([BJ])")
NOT_ASCII = re.compile(rb"[\x80-\xff]")
HIGH_RUN = re.compile(rb"[\x80-\xff]+")
STATISTICS_NEED = 12  # bytes beyond ASCII; with fewer the statistics guess wildly
# Not charsets of text, or slower than linear: a mail may name any codec that Python knows.
REFUSED = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "palmos"}
# Senders name the small standard and use the larger one that their system calls by the same name (WHATWG Encoding).
ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "chinesebig5": "cp950",
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "ksc5601": "cp949",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859_8",
    "iso-8859-8-e": "iso8859_8",
    "iso-8859-6-i": "iso8859_6",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-unknown": "",
    "unknown-8bit": "",
    "us-ascii": "",
    "ascii": "",
    "ansi_x3.4-1968": "",
    "default": "",
    "binary": "",
    "8bit": "",
    "unicode": "utf-16",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
}
JAPANESE_OR_NONE = {"", "iso2022_jp"}
LATIN = {"", "cp1252", "utf-8", "iso8859-15"}


def codec_name(declared: str) -> str:
    """The Python codec for a declared charset; empty when it says nothing or names no charset of text."""
    name = declared.strip(" \t\r\n\"'").lower().partition("*")[0][:60]
    name = ALIASES.get(name, ALIASES.get(name.replace("_", "-"), name))
    if not name or "\0" in name:
        return ""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    python_name = info.name.replace("-", "_")
    return python_name if info._is_text_encoding and python_name not in REFUSED else ""


def decode(data: bytes, declared: str = "") -> str:
    """Text of the bytes: never raises, U+FFFD is the last resort, NUL and lone surrogates are dropped."""
    return storable(decoded(data, codec_name(declared)))


def decoded(data: bytes, codec: str) -> str:
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-16"
    elif data.isascii() and codec in JAPANESE_OR_NONE and JP_ESCAPE.search(data):
        return from_iso_2022_jp(data)
    elif data.isascii() and codec in LATIN:
        return data.decode("ascii")
    elif codec in LATIN and (text := strict(data, "utf-8")) is not None:
        return text
    codec = codec or guess(data)
    text = strict(data, codec)
    if text is None and (text := strict(data, "utf-8")) is None:
        text = data.decode(codec, "replace")
    return text


def strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None


def guess(data: bytes) -> str:
    """A codec for bytes of which nothing is known: UTF-8 with a few broken bytes, else by statistics, else Western."""
    sample = data[:SAMPLE_BYTES]
    high = len(NOT_ASCII.findall(sample))
    if sample.decode("utf-8", "replace").count("\ufffd") * 8 < high:
        return "utf-8"
    runs = len(HIGH_RUN.findall(sample))
    if high < STATISTICS_NEED or runs * 4 > high * 3:  # single accented letters between ASCII ones
        return "cp1252"
    best = from_bytes(sample).best()
    return codec_name(best.encoding) or "cp1252" if best else "cp1252"


def from_iso_2022_jp(data: bytes) -> str:
    """Japanese mail text (RFC 1468) with the vendors' characters, which Python's own codec does not know.

    Each two-byte character is moved to Shift_JIS, whose table (cp932) has them.
    """
    done: list[str] = []
    double = False
    for piece in JP_ESCAPE.split(data):
        if piece.startswith(b"\x1b"):
            double = piece.startswith(b"\x1b$")
        elif double:
            done.append(jis_to_shift_jis(piece).decode("cp932", "replace"))
        else:
            done.append(piece.decode("cp932", "replace"))
    return "".join(done)


def jis_to_shift_jis(piece: bytes) -> bytes:
    """Rows and cells of JIS X 0208 as Shift_JIS bytes; line ends inside stay as they are."""
    moved = bytearray()
    pairs = iter(piece)
    for row in pairs:
        if row < 0x21 or row > 0x7E:
            moved.append(row)
            continue
        cell = next(pairs, 0x21)
        lead = (row - 0x21) // 2 + (0x81 if row < 0x5F else 0xC1)
        trail = cell + (0x1F if cell < 0x60 else 0x20) if row % 2 else cell + 0x7E
        moved += bytes((lead, trail & 0xFF))
    return bytes(moved)


def storable(text: str) -> str:
    """The text without NUL and lone surrogates, which PostgreSQL and UTF-8 refuse."""
    if not UNSTORABLE.search(text):
        return text
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return paired.replace("\0", "")
