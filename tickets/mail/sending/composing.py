"""A queued row becomes the bytes of a mail: plain text beside simple HTML, threading headers, files, safe headers.

Made of the old, plain messages of the standard library: the new ones parse every header that they are given, which
took most of the time of an acknowledgement. So each value is put on one line here before it becomes a header.
"""

import re
from binascii import b2a_qp
from collections.abc import Iterator, Sequence
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.policy import compat32
from email.utils import format_datetime, formataddr, parseaddr

from django.core.files.storage import default_storage

from tickets.actions.files import image_width, is_shown, storage_path
from tickets.mail.parse import LOOP_HEADER
from tickets.mail.sending.html import Picture, line_above, page
from tickets.models import FOOT, Attachment, OutgoingMail

POLICY = compat32.clone(linesep="\r\n")


def compose(row: OutgoingMail) -> Message:
    """The mail that this row describes; composed twice it is the same mail, so that it may be tried twice."""
    mail = _body(row)
    for name, value in _headers(row):
        mail[name] = value
    return mail


def _headers(row: OutgoingMail) -> Iterator[tuple[str, str]]:
    yield "Message-ID", f"<{_id(row.mail_id)}>"
    yield "Date", format_datetime(row.created_at)
    yield "From", _address(row.sender)
    yield "To", ", ".join(_address(address) for address in row.shown_to or [row.recipient])
    if row.shown_cc:
        yield "Cc", ", ".join(_address(address) for address in row.shown_cc)
    if row.reply_to:
        yield "Reply-To", _address(row.reply_to)
    yield "Subject", _one_line(row.subject)
    # In-Reply-To and References: RFC 5322 §3.6.4.
    if row.in_reply_to:
        yield "In-Reply-To", f"<{_id(row.in_reply_to)}>"
    if row.references:
        yield "References", " ".join(f"<{_id(one)}>" for one in row.references)
    yield LOOP_HEADER, _id(row.mail_id)
    if row.is_automatic:
        is_answer = row.kind == OutgoingMail.Kind.ACKNOWLEDGEMENT
        yield "Auto-Submitted", "auto-replied" if is_answer else "auto-generated"
        yield "X-Auto-Response-Suppress", "All"


def _body(row: OutgoingMail) -> Message:
    answered = row.kind != OutgoingMail.Kind.NOTICE
    files = list(row.message.attachments.all()) if row.message else []
    shown = [file for file in files if is_shown(file)]
    above = f"{line_above(row.locale)}\n\n" if answered else ""
    pictures = [Picture(file.content_id, file.filename, image_width(_bytes(file))) for file in shown]
    html = _text("html", page(row.text, row.locale, row.mail_id if answered else "", pictures))
    # Pictures belong to the HTML that shows them (RFC 2387).
    seen = _parts("related", html, *(_file(file, "inline") for file in shown)) if shown else html
    body = _parts("alternative", _text("plain", f"{above}{_with_names(row.text, shown)}\n"), seen)
    beside = [_file(file, "attachment") for file in files if file not in shown]
    return _parts("mixed", body, *beside) if beside else body


def _with_names(text: str, shown: Sequence[Attachment]) -> str:
    """The words, and below them what is to be seen there: plain text has no pictures."""
    words, foot, below = text.rpartition(FOOT) if FOOT in text else (text, "", "")
    return "\n\n".join([words, *(f"[{file.filename}]" for file in shown)]) + foot + below


def _parts(kind: str, *parts: Message) -> Message:
    return MIMEMultipart(kind, _subparts=parts, policy=POLICY)


def _text(kind: str, words: str) -> Message:
    part = Message(POLICY)
    part["Content-Type"] = f'text/{kind}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp(words.encode(), istext=True).decode("ascii"))
    return part


def _file(file: Attachment, disposition: str) -> Message:
    part = Message(POLICY)
    part["Content-Type"] = file.content_type
    name = file.filename if file.filename.isascii() else ("utf-8", "", file.filename)  # RFC 2231 §4
    part.add_header("Content-Disposition", disposition, filename=name)
    if disposition == "inline":
        part["Content-ID"] = f"<{_id(file.content_id)}>"
    part.set_payload(_bytes(file))
    encode_base64(part)
    return part


def _bytes(file: Attachment) -> bytes:
    with default_storage.open(storage_path(file.sha256)) as content:
        data: bytes = content.read()
    return data


def _address(value: str) -> str:
    """Taken apart and put together, so that neither a name nor an address can smuggle in another header or address."""
    name, email = parseaddr(_one_line(value))
    email = _id(email or _one_line(value))
    # An address outside ASCII cannot be written to without SMTPUTF8 (RFC 6531); where it is only shown, it is encoded.
    return formataddr((name, email)) if email.isascii() else Header(value, "utf-8").encode()


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _id(value: str) -> str:
    return re.sub(r"[\s<>]", "", value)
