"""A queued row becomes the bytes of a mail: plain text beside simple HTML, threading headers, files, safe headers."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from tickets.actions.files import storage_path
from tickets.mail import marker
from tickets.mail.parse import LOOP_HEADER
from tickets.models import OutgoingMail

LINK = re.compile(r"https?://[^\s<>\"']+")


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
    marked = row.kind != OutgoingMail.Kind.NOTICE
    mail.set_content(f"{marker.LINE}\n\n{row.text}\n" if marked else f"{row.text}\n", cte="quoted-printable")
    mail.add_alternative(html_of(row.text, row.mail_id if marked else ""), subtype="html", cte="quoted-printable")
    if row.message:
        for file in row.message.attachments.all():
            main, _, sub = file.content_type.partition("/")
            with default_storage.open(storage_path(file.sha256)) as content:
                mail.add_attachment(content.read(), maintype=main, subtype=sub, filename=file.filename)


def html_of(text: str, answered_as: str) -> str:
    """The text as plain, readable HTML: paragraphs and links, nothing that a mail program could misread.

    `answered_as` is the Message-ID that an answer is to be known by; empty for a mail that nobody answers.
    """
    paragraphs = [_pieces(paragraph) for paragraph in re.split(r"\n\s*\n", text.strip())]
    values: dict[str, object] = {"paragraphs": paragraphs}
    if answered_as:
        values |= {"marker": marker.LINE, "marker_class": marker.HTML_CLASS, "reference": marker.reference(answered_as)}
    return render_to_string("tickets/mail/frame.html", values)


def _pieces(paragraph: str) -> list[dict[str, str]]:
    """The words and links of a paragraph in their order; the template escapes them."""
    pieces, at = [], 0
    for match in LINK.finditer(paragraph):
        pieces += [{"text": paragraph[at : match.start()], "link": ""}, {"text": match[0], "link": match[0]}]
        at = match.end()
    return [*pieces, {"text": paragraph[at:], "link": ""}]


def _address(value: str) -> Address:
    """Built from its parts, so that neither a name nor an address can smuggle in another header (CR, LF)."""
    name, email = parseaddr(_one_line(value))
    local, _, domain = (email or _one_line(value)).rpartition("@")
    return Address(display_name=name, username=local, domain=domain)


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _id(value: str) -> str:
    return re.sub(r"[\s<>]", "", value)
