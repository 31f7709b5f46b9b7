"""A mail server of somebody else's with a mailbox in it that Kintsugi reads, and the person who also looks into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from django.utils import timezone
from imap_tools import MailBoxUnencrypted

from tests.cast import Cast
from tickets.mail.imap.fetching import fetch_due_accounts
from tickets.models import ImapAccount
from tickets.sealing import seal

LONG_AGO = timedelta(days=400)


def letter(number: int, sender: str = "jo@example.com", words: str = "They leak.") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Jo Bell <{sender}>", "support@kintsugi.example", f"Boots {number}"
    mail["Message-ID"] = f"<{number}@example.com>"
    mail.set_content(words)
    return mail.as_bytes()


@dataclass
class PostOffice:
    """`user` is the mailbox of one test, which no other test looks into."""

    port: int
    user: str

    @contextmanager
    def opened(self, folder: str | None = "INBOX") -> Iterator[MailBoxUnencrypted]:
        """As the mail program of a person opens it."""
        with MailBoxUnencrypted("127.0.0.1", self.port, timeout=20).login(self.user, "secret", folder) as box:
            yield box

    def brings(self, raw: bytes, at: datetime | None = None, folder: str = "INBOX") -> None:
        with self.opened() as box:
            box.append(raw, folder, at or timezone.now())

    def lies_in(self, folder: str) -> list[bytes]:
        """The bytes of the mails there, none of them marked as read by that; none where there is no such folder."""
        with self.opened(None) as box:
            if not box.folder.exists(folder):
                return []
            box.folder.set(folder, readonly=True)
            return [box.client.uid("FETCH", uid, "(BODY.PEEK[])")[1][0][1] for uid in box.uids()]


def account(cast: Cast, office: PostOffice, **more: Any) -> ImapAccount:
    """Where Kintsugi fetches the mail of the cast's mailbox; its settings as an administrator makes them."""
    settings = {
        "host": "127.0.0.1",
        "port": office.port,
        "security": "none",
        "user": office.user,
        "secret": seal("secret"),
        "activated_at": timezone.now() - timedelta(hours=1),
        "due_at": timezone.now(),
        **more,
    }
    return ImapAccount.objects.create(mailbox=cast.mailbox, **settings)


def look(account: ImapAccount) -> ImapAccount:
    """The account after a round at it, made due if it is not."""
    now = timezone.now()
    ImapAccount.objects.filter(pk=account.pk).update(due_at=now)
    assert fetch_due_accounts(now) == 1
    return ImapAccount.objects.get(pk=account.pk)


def figures(account: ImapAccount) -> tuple[int, int, int]:
    """Fetched, stored, duplicates."""
    account.refresh_from_db()
    return account.fetched, account.stored, account.duplicates
