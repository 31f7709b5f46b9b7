"""A queued row becomes the bytes of a mail: plain text beside simple HTML, threading headers, files, safe headers."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.core.files.storage import default_storage

from tickets.actions.files import RASTER, storage_path
from tickets.mail.html import Picture, line_above, page
from tickets.mail.parse import LOOP_HEADER
from tickets.models import Attachment, OutgoingMail


def compose(row: OutgoingMail) -> EmailMessage:
    """The mail that this row describes; composed twice it is the same mail, so that it may be tried twice."""
    mail = EmailMessage(policy=SMTP.clone(max_line_length=200))
    mail["Message-ID"] = f"<{row.mail_id}>"
    mail["Date"] = format_datetime(row.created_at)
    mail["From"] = _address(row.sender)
    mail["To"] = [_address(address) for address in row.shown_to or [row.recipient]]
    if row.shown_cc:
        mail["Cc"] = [_address(address) for address in row.shown_cc]
    if row.reply_to:
        mail["Reply-To"] = _address(row.reply_to)
    mail["Subject"] = _one_line(row.subject)
    _thread(mail, row)
    mail[LOOP_HEADER] = row.mail_id
    if row.is_automatic:
        mail["Auto-Submitted"] = "auto-replied" if row.kind == OutgoingMail.Kind.ACKNOWLEDGEMENT else "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
    _fill(mail, row)
    return mail


def _thread(mail: EmailMessage, row: OutgoingMail) -> None:
    """In-Reply-To and References (RFC 5322 §3.6.4), each id kept whole on its line."""
    if row.in_reply_to:
        mail["In-Reply-To"] = f"<{_id(row.in_reply_to)}>"
    if row.references:
        mail["References"] = " ".join(f"<{_id(one)}>" for one in row.references)


def _fill(mail: EmailMessage, row: OutgoingMail) -> None:
    answered = row.kind != OutgoingMail.Kind.NOTICE
    files = list(row.message.attachments.all()) if row.message else []
    shown = [file for file in files if file.inline and file.content_id and file.content_type in RASTER.values()]
    above = f"{line_above(row.locale)}\n\n" if answered else ""
    mail.set_content(f"{above}{row.text}\n", cte="quoted-printable")
    pictures = [Picture(file.content_id, file.filename) for file in shown]
    html = page(row.text, row.locale, row.mail_id if answered else "", pictures)
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    for file in shown:  # they belong to the last alternative (RFC 2387)
        list(mail.iter_parts())[-1].add_related(
            _bytes(file), *_type(file), filename=file.filename, cid=f"<{file.content_id}>", disposition="inline"
        )
    for file in files:
        if file not in shown:
            mail.add_attachment(_bytes(file), *_type(file), filename=file.filename)


def _type(file: Attachment) -> tuple[str, str]:
    main, _, sub = file.content_type.partition("/")
    return main, sub


def _bytes(file: Attachment) -> bytes:
    with default_storage.open(storage_path(file.sha256)) as content:
        data: bytes = content.read()
    return data


def _address(value: str) -> Address:
    """Built from its parts, so that neither a name nor an address can smuggle in another header (CR, LF)."""
    name, email = parseaddr(_one_line(value))
    local, _, domain = (email or _one_line(value)).rpartition("@")
    return Address(display_name=name, username=local, domain=domain)


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _id(value: str) -> str:
    return re.sub(r"[\s<>]", "", value)
