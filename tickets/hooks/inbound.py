"""Mail that a provider brings: its bytes as they came where it gives them, else made from what it read."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from io import BytesIO
from typing import Any

from anymail.inbound import AnymailInboundMessage
from anymail.webhooks.base import AnymailCoreWebhookView
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser

from tickets.mail.mailboxes import first_mailbox, mailbox_at
from tickets.mail.parse import parse
from tickets.mail.smtp.listener import accept
from tickets.models import Mailbox

BYTES = "iso-8859-1"  # reads any bytes of a form as characters, and back


@dataclass(frozen=True)
class Brought:
    """One mail, with its envelope as far as the provider names it."""

    raw: bytes
    envelope_from: str
    recipients: list[str]


def take(provider: str, view: AnymailCoreWebhookView, request: HttpRequest) -> None:
    """Keep what the provider brings; when this returns, the bytes are committed.

    Raises DatabaseError, or LookupError where there is no mailbox at all, for which the provider keeps the mail.
    """
    for mail in _brought(provider, view, request):
        accept(mail.raw, mail.envelope_from, _ours(mail))


def _brought(provider: str, view: AnymailCoreWebhookView, request: HttpRequest) -> list[Brought]:
    as_bytes = RAW.get(provider)
    if as_bytes and (mail := as_bytes(request)):
        return [mail]
    return [_made(event.message) for event in view.parse_events(request) if event.message is not None]


def _ours(mail: Brought) -> list[str]:
    """The recipients here; where the envelope names none, whom the mail is addressed to, else our first mailbox."""
    if known := [one for one in mail.recipients if mailbox_at(one)]:
        return known
    box = first_mailbox(parse(mail.raw).recipients) or Mailbox.objects.order_by("pk").first()
    if box is None:
        raise LookupError("There is no mailbox.")
    return [box.address]


def _form_bytes(request: HttpRequest, field: str) -> bytes | None:
    """A field of a form, byte by byte as it was sent."""
    if field not in request.POST:
        return None
    if request.content_type == "multipart/form-data":
        form, _ = MultiPartParser(request.META, BytesIO(request.body), [], BYTES).parse()
    else:
        form = QueryDict(request.body, encoding=BYTES)
    return str(form[field]).encode(BYTES)


def _mailgun(request: HttpRequest) -> Brought | None:
    raw = _form_bytes(request, "body-mime")
    if raw is None:
        return None
    return Brought(raw, request.POST.get("sender", ""), _addresses(request.POST.get("recipient", "")))


def _sendgrid(request: HttpRequest) -> Brought | None:
    raw = _form_bytes(request, "email")
    if raw is None:
        return None
    envelope = _json(request.POST.get("envelope", ""))
    recipients = envelope.get("to")
    return Brought(raw, str(envelope.get("from") or ""), recipients if isinstance(recipients, list) else [])


def _postmark(request: HttpRequest) -> Brought | None:
    told = _json(request.body)
    raw = told.get("RawEmail")
    if not isinstance(raw, str) or not raw:
        return None
    return Brought(raw.encode("utf-8", "replace"), "", _addresses(str(told.get("OriginalRecipient") or "")))


RAW: dict[str, Callable[[HttpRequest], Brought | None]] = {
    "mailgun": _mailgun,
    "postmark": _postmark,
    "sendgrid": _sendgrid,
}


def _addresses(said: str) -> list[str]:
    return [one.strip() for one in said.split(",") if one.strip()]


def _json(said: str | bytes) -> dict[str, Any]:
    try:
        told = json.loads(said)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _made(message: AnymailInboundMessage) -> Brought:
    """The same bytes whenever the provider brings the mail again: by them it is recognised."""
    for place, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{_digest(part)}_{place}")
    recipient = message.envelope_recipient
    return Brought(message.as_bytes(), message.envelope_sender or "", [recipient] if recipient else [])


def _digest(part: Message) -> str:
    inner = [one.get_payload(decode=True) for one in part.walk() if not one.is_multipart()]
    return hashlib.sha256(b"\0".join(data for data in inner if isinstance(data, bytes))).hexdigest()[:32]
