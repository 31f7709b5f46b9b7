"""Reads a mail that somebody passed on: whose it was, and what it said."""

import re
from dataclasses import dataclass

from tickets.mail.parse import parse
from tickets.mail.quoting.marks import BEGINS, DASHED, SENDERS, SUBJECTS, header_block, introduction, label_of, plain
from tickets.mail.quoting.phrases import LANGUAGES
from tickets.mail.reading import limits
from tickets.mail.reading.addresses import read_addresses
from tickets.mail.received import Address, IncomingMail

MOST_LINES = 2_000
PASSED_ON = re.compile(
    r"\s*(?:fwd?|fw|wg|wtr|tr|i|rv|enc|doorst|vs|vb|vl|pd|továbbítás|fs|转发|轉寄|転送)\s*[:：]", re.I
)
MAILTO = re.compile(r"[\[<(]?mailto:", re.I)
QUOTE = re.compile(r"^> ?", re.M)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The mail within: `sender` wrote it; `comment` is what stands above it, from whoever passed it on."""

    sender: Address
    subject: str
    text: str
    comment: str
    message_id: str = ""


def forwarded(mail: IncomingMail) -> Forwarded | None:
    """The mail that this one passes on, attached or in its text; None where it holds none."""
    return _attached(mail) or _in_text(mail)


def _attached(mail: IncomingMail) -> Forwarded | None:
    found = next((file for file in mail.attachments if file.content_type == "message/rfc822"), None)
    inner = parse(found.data) if found else None
    if inner is None or not inner.from_email:
        return None
    sender = Address(inner.from_name, inner.from_email)
    return Forwarded(sender, inner.subject, inner.reply_text or inner.text, mail.reply_text.strip(), inner.message_id)


def _in_text(mail: IncomingMail) -> Forwarded | None:
    lines = mail.text.split("\n", MOST_LINES)[:MOST_LINES]
    for start, line in enumerate(lines):
        begin, end = _head(lines, start)
        if not end or not (PASSED_ON.match(mail.subject) or says_forwarded(line)):
            continue
        fields = _fields([_unquoted(one) for one in lines[begin:end]])
        sender = _sender(fields)
        if sender:
            text = QUOTE.sub("", "\n".join(lines[end:])).strip()
            subject = next((fields[one] for one in SUBJECTS if one in fields), "")
            return Forwarded(sender, subject or mail.subject, text, "\n".join(lines[:start]).strip())
    return None


def says_forwarded(line: str) -> bool:
    shown = plain(_unquoted(line))
    return bool(DASHED.fullmatch(shown) or BEGINS.fullmatch(shown)) and not _says_original(shown)


def _says_original(line: str) -> bool:
    return any(phrase in line.lower() for one in LANGUAGES for phrase in one.original)


def _head(lines: list[str], start: int) -> tuple[int, int]:
    """Where the block of From, Subject and so on lies that begins here or below a line that says so; (0, 0) for none."""
    window = [_unquoted(line) for line in lines[start : start + 40]]
    if not window[0].strip():
        return 0, 0
    found = introduction(window, 0)
    begin = next((number for number, line in enumerate(window) if label_of(plain(line))), 0)
    end = header_block(window, begin, 2) if found and found.certain else 0
    return (start + begin, start + end) if end else (0, 0)


def _fields(block: list[str]) -> dict[str, str]:
    """The values of the block by label in lower case; a wrapped value goes on."""
    fields: dict[str, str] = {}
    label = ""
    for line in block:
        if named := label_of(plain(line)):
            label = named
            fields.setdefault(label, re.split("[:：]", line, maxsplit=1)[1].strip(" \t*_"))
        elif label and line.strip():
            fields[label] += " " + line.strip()
    return fields


def _sender(fields: dict[str, str]) -> Address | None:
    value = next((fields[one] for one in fields if one in SENDERS), "")[: limits.HEADER_VALUE]
    found = read_addresses(MAILTO.sub("<", value.replace("]", ">")))
    return found[0] if found else None


def _unquoted(line: str) -> str:
    return QUOTE.sub("", line, count=1)
