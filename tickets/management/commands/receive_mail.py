"""Takes one raw mail from standard input, for a pipe of a mail server; exit 75 means: keep it and try again."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from tickets.mail.intake import take_in
from tickets.mail.mailboxes import first_mailbox
from tickets.mail.parse import parse
from tickets.mail.store import store
from tickets.models import Mailbox

EX_TEMPFAIL = 75  # sysexits.h: the sender keeps the mail


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mailbox", help="the name of the mailbox it is for; else the one it is addressed to")

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read()
        if not raw.strip():
            raise CommandError("There was no mail on standard input.")
        try:
            self.stdout.write(json.dumps(self.receive(raw, options["mailbox"]), ensure_ascii=False))
        except DatabaseError as away:
            self.stderr.write(f"The mail could not be stored ({type(away).__name__}); please try again later.")
            sys.exit(EX_TEMPFAIL)

    def receive(self, raw: bytes, name: str | None) -> dict[str, Any]:
        now = timezone.now()
        row, is_new = store(raw, self.mailbox(raw, name), now=now)
        if is_new or not row.outcome:
            row = take_in(row, now=now)
        outcome = "duplicate" if not is_new or row.reason == "The same mail came before." else row.outcome or "stored"
        return {"outcome": outcome, "ticket": row.ticket_id, "reason": row.reason}

    def mailbox(self, raw: bytes, name: str | None) -> Mailbox:
        if name:
            found = Mailbox.objects.select_related("team").filter(name=name).first()
            if found is None:
                raise CommandError(f"There is no mailbox named {name!r}.", returncode=EX_TEMPFAIL)
            return found
        box = first_mailbox(parse(raw).recipients) or Mailbox.objects.select_related("team").order_by("pk").first()
        if box is None:
            raise CommandError("There is no mailbox yet; make one in the settings first.", returncode=EX_TEMPFAIL)
        return box
