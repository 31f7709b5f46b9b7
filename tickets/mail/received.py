"""The values that a read mail travels as."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Seal(StrEnum):
    """What a mail claims of itself; `encrypted` says that its words are out of our reach (RFC 8551 §3.2, RFC 3156)."""

    NONE = ""
    SIGNED = "signed"
    ENCRYPTED = "encrypted"


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox of a header; `email` has its domain in lower case, `name` is empty when none was given."""

    name: str
    email: str

    def __str__(self) -> str:
        return self.email


@dataclass(frozen=True, slots=True)
class MailAttachment:
    """A file that came with a mail; `inline` means that the HTML shows it by its `content_id` (RFC 2392)."""

    filename: str
    content_type: str
    data: bytes
    content_id: str = ""
    inline: bool = False

    @property
    def size(self) -> int:
        """Bytes after decoding."""
        return len(self.data)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail of ours that did not arrive; `permanent` is None when the report does not say (RFC 3463 class 4 or 5).

    `delayed` means that it is still tried. `reason` is what the other server said. `message_ids` may be those of the mail
    that it is about, the likeliest first.
    """

    recipients: tuple[str, ...]
    permanent: bool | None
    delayed: bool = False
    reason: str = ""
    message_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What is told of a mail of ours that is no failure; `message_ids` as in a Bounce.

    `unwanted` is a complaint (RFC 5965), `opened` and `unopened` a read receipt (RFC 8098), `arrived` what its name says.
    """

    kind: Literal["unwanted", "opened", "unopened", "arrived"]
    message_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """A mail as read: texts that any database stores, nothing sanitised, nothing looked up.

    `recipients` are the addresses of every recipient header in lower case, in which a reply token may stand.
    `message_id`, `in_reply_to` and `references` are without angle brackets; a missing id is made from the bytes, so
    that a second delivery of the same mail is recognised; `quoted_references` are those that our own HTML carried,
    found in what the mail quotes. `text` is the whole text, `reply_text` what is new in it. `away` means that its
    subject sounds as if nobody were there, which proves nothing. `from_system` means that a mail system wrote it, to
    which nobody can write back (RFC 5321 §4.5.5). `notes` name in words what a limit cut off.
    """

    from_email: str
    from_name: str
    sender_email: str
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    recipients: tuple[str, ...]
    subject: str
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    quoted_references: tuple[str, ...]
    date: datetime | None
    text: str
    html: str
    reply_text: str
    attachments: tuple[MailAttachment, ...]
    automatic: bool
    automatic_reason: str
    away: bool
    from_system: bool
    bounce: Bounce | None
    report: Report | None
    auth_results: tuple[str, ...]
    our_loop_header: str
    seal: Seal
    notes: tuple[str, ...] = ()
