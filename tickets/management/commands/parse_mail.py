"""Reads raw mails from files, or one from standard input, and prints what was understood: a JSON line each."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tickets.mail.parse import parse
from tickets.mail.received import Address, Bounce, IncomingMail


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        for path in options["files"] or [None]:
            try:
                raw = path.read_bytes() if path else sys.stdin.buffer.read()
            except OSError as error:
                raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
            self.stdout.write(json.dumps(as_json(parse(raw)), ensure_ascii=False))


def as_json(mail: IncomingMail) -> dict[str, Any]:
    """The mail as the contract of `parse_mail` names its fields."""
    return {
        "from_email": mail.from_email,
        "from_name": mail.from_name,
        "to": _addresses(mail.to),
        "cc": _addresses(mail.cc),
        "reply_to": _addresses(mail.reply_to),
        "subject": mail.subject,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "date": mail.date.isoformat() if mail.date else None,
        "text": mail.text,
        "html": mail.html,
        "reply_text": mail.reply_text,
        "attachments": [
            {
                "filename": one.filename,
                "content_type": one.content_type,
                "size": one.size,
                "sha256": one.sha256,
                "content_id": one.content_id,
            }
            for one in mail.attachments
        ],
        "automatic": mail.automatic,
        "automatic_reason": mail.automatic_reason,
        "bounce": _bounce(mail.bounce),
        "notes": list(mail.notes),
    }


def _addresses(addresses: tuple[Address, ...]) -> list[dict[str, str]]:
    return [{"name": address.name, "email": address.email} for address in addresses]


def _bounce(bounce: Bounce | None) -> dict[str, Any] | None:
    return {"recipients": list(bounce.recipients), "permanent": bounce.permanent} if bounce else None
