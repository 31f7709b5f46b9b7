"""Makes the files of a mail from its parts: attached, inline, uuencoded in the text, packed in winmail.dat."""

import re
from dataclasses import replace

from tickets.mail.reading import limits
from tickets.mail.reading.file_names import clean_file_name, made_up_name, unique_names
from tickets.mail.reading.headers import read_headers
from tickets.mail.reading.structure import Part
from tickets.mail.reading.transfer import UU_BEGIN, UU_END, from_uuencode
from tickets.mail.received import MailAttachment

UU_TEXT = re.compile(r"^begin [0-7]{3,4} [^\n]{1,255}\n", re.M)


def read_files(parts: list[Part], html: str) -> list[MailAttachment]:
    """One attachment a part; inline are those that the HTML shows (RFC 2392)."""
    return [read_file(part, number, html) for number, part in enumerate(parts, start=1)]


def read_file(part: Part, number: int, html: str) -> MailAttachment:
    data = part.data
    kind = part.type.main[:100]
    name = clean_file_name(part.file_name)
    if not name and kind == "message/rfc822":
        name = message_name(data)
    content_id = part.content_id
    shown = bool(content_id) and f"cid:{content_id}".lower() in html.lower()
    return MailAttachment(name or made_up_name(kind, number), kind, data, content_id, shown)


def message_name(data: bytes) -> str:
    """The subject of an attached mail as its file name."""
    headers, _ = read_headers(data, 0, min(len(data), limits.HEADER_BYTES), top=True)
    subject = clean_file_name(headers.text("subject")[:100].replace("/", "-"))
    return f"{subject}.eml" if subject else ""


def take_uuencoded(text: str) -> tuple[str, list[MailAttachment]]:
    """The text without the files that old programs write into it, and those files."""
    if not UU_TEXT.search(text):
        return text, []
    raw = text.encode()
    files: list[MailAttachment] = []
    kept: list[bytes] = []
    position = 0
    while len(files) < limits.PARTS and (begin := UU_BEGIN.search(raw, position)):
        end = UU_END.search(raw, begin.end())
        if end is None:
            break
        kept.append(raw[position : begin.start()])
        name = clean_file_name(begin[1].decode("utf-8", "replace")) or "file.bin"
        files.append(MailAttachment(name, "application/octet-stream", from_uuencode(raw[begin.end() : end.start()])))
        position = end.end()
    return b"".join([*kept, raw[position:]]).decode(), files


def with_unique_names(files: list[MailAttachment]) -> tuple[MailAttachment, ...]:
    names = unique_names([file.filename for file in files])
    return tuple(replace(file, filename=name) for file, name in zip(files, names, strict=True))
