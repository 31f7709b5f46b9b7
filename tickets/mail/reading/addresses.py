"""Reads address headers as tolerantly as a person would: several, quoted, grouped, broken, encoded."""

import re

from tickets.mail.reading import limits
from tickets.mail.reading.charsets import storable
from tickets.mail.reading.encoded_words import decode_words
from tickets.mail.received import Address

BARE = re.compile(r"[^\s<>,;:\"()\[\]\\]{1,128}@[^\s<>,;:\"()\[\]\\@]{1,255}")
TOKEN = re.compile(r'"(?:[^"\\]|\\.){0,100}"|\((?:[^()\\]|\\.){0,100}\)|<[^<>]{0,1000}>|[,;:]|[^",;:<(]+|.', re.S)
QUOTES = "\"'` \t"


def read_addresses(value: str) -> tuple[Address, ...]:
    """The addresses of one header value, still with encoded words; at most 200, what holds no address is left out."""
    found: list[Address] = []
    for piece in pieces(value):
        if len(found) >= limits.ADDRESSES:
            break
        if address := one_address(piece):
            found.append(address)
    return tuple(found)


def read_all(values: list[str]) -> tuple[Address, ...]:
    """The addresses of all values of a header that stands several times."""
    return read_addresses(", ".join(values)[: limits.ADDRESS_CHARACTERS])


def pieces(value: str) -> list[str]:
    """The value cut at commas, semicolons and group names that stand outside quotes and brackets (RFC 5322 §3.4)."""
    done: list[list[str]] = [[]]
    for found in TOKEN.finditer(value):
        lexeme = found[0]
        if lexeme in (",", ";"):
            done.append([])
        elif lexeme == ":" and not any("@" in one or "=?" in one for one in done[-1][-20:]):
            done[-1].clear()
        else:
            done[-1].append(lexeme)
    return [piece for lexemes in done if (piece := "".join(lexemes)).strip()]


def one_address(piece: str) -> Address | None:
    """The address in angle brackets, else the first bare one; the rest is the name."""
    piece = storable(decode_words(piece)) if "@" not in piece else piece
    bracketed = [found for found in re.finditer(r"<([^<>]*)>?", piece) if "@" in found[1]]
    if bracketed:
        found = bracketed[-1]
        email, name = clean_email(decode_words(found[1])), piece[: found.start()] or piece[found.end() :]
    elif bare := BARE.search(piece):
        email, name = clean_email(bare[0]), piece[: bare.start()] + " " + piece[bare.end() :]
    else:
        return None
    return Address(clean_name(name), email) if email else None


def clean_email(text: str) -> str:
    """The address with its domain in lower case; empty when it is none. Source routes are dropped (RFC 5322 §4.4)."""
    text = "".join(text.split()).removeprefix("mailto:")
    if text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]
    local, at, domain = text.strip("\"'<>,;.").rpartition("@")
    domain = domain.strip(".").lower()
    local = local.strip("'") if not local.startswith('"') else local
    if not (at and local and domain) or len(text) > limits.EMAIL_CHARACTERS:
        return ""
    return storable(f"{local}@{domain}")


def clean_name(text: str) -> str:
    """A display name as a person reads it: decoded, without its quotes, on one line."""
    text = text.strip(" \t,;:<>")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    quoted = re.sub(r'"((?:[^"\\]|\\.)*)"', lambda found: re.sub(r"\\(.)", r"\1", found[1]), text)
    decoded = storable(decode_words(quoted))
    return " ".join(decoded.split()).strip(QUOTES)[: limits.NAME_CHARACTERS]
