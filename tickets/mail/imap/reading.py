"""What is asked of an opened folder: which mails there are, how large, their bytes; and to move them."""

import imaplib
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from imap_tools.errors import MailboxCopyError, MailboxFetchError, MailboxFolderSubscribeError, MailboxMoveError
from imap_tools.mailbox import BaseMailBox
from imap_tools.utils import check_command_status, encode_folder

from tickets.mail.reading.limits import HEADER_BYTES

UID = re.compile(rb"\bUID (\d+)")
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
DATE = re.compile(rb'INTERNALDATE "([^"]+)"')
DATE_FORM = "%d-%b-%Y %H:%M:%S %z"  # RFC 9051, date-time


@dataclass(frozen=True)
class Seen:
    """A mail in the folder: `size` in bytes, and when the server received it (None where it does not say)."""

    uid: int
    size: int
    arrived_at: datetime | None


def uid_validity(server: BaseMailBox) -> int:
    """Says whether UIDs mean what they meant before (RFC 9051 §2.3.1.1); told when the folder was opened."""
    values = server.client.response("UIDVALIDITY")[1]
    return int(values[-1]) if values and values[-1] else 0


def uids_after(server: BaseMailBox, last: int) -> list[int]:
    """In their order. Asked for `last+1:*` a server names the newest mail, even where it is not after `last`."""
    return sorted(uid for uid in map(int, server.uids(f"UID {last + 1}:*", charset=None)) if uid > last)


def look_at(server: BaseMailBox, uids: Sequence[int]) -> dict[int, Seen]:
    """Size and date of these mails; one that is gone is left out."""
    if not uids:
        return {}
    answer = server.client.uid("FETCH", _set(uids), "(UID RFC822.SIZE INTERNALDATE)")
    check_command_status(answer, MailboxFetchError)
    lines = [part if isinstance(part, bytes) else part[0] for part in answer[1] if part]
    seen = [
        Seen(int(uid[1]), int(size[1]), _moment(line))
        for line in lines
        if (uid := UID.search(line)) and (size := SIZE.search(line))
    ]
    return {one.uid: one for one in seen}


def raw_bytes(server: BaseMailBox, uid: int) -> bytes | None:
    """The whole mail as it lies there, still unread for whoever else looks (BODY.PEEK); None where it is gone."""
    return _fetched(server, uid, "BODY.PEEK[]")


def raw_headers(server: BaseMailBox, uid: int) -> bytes | None:
    """Its headers, as many bytes of them as are read of any mail."""
    return _fetched(server, uid, f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>")


def _fetched(server: BaseMailBox, uid: int, what: str) -> bytes | None:
    answer = server.client.uid("FETCH", str(uid), f"(UID {what})")
    check_command_status(answer, MailboxFetchError)
    return next((bytes(part[1]) for part in answer[1] if isinstance(part, tuple) and b"BODY[" in part[0]), None)


def move(server: BaseMailBox, uids: Sequence[int], folder: str) -> None:
    """Move mails there, the folder made where it is missing; raises what imap-tools raises where the server refuses."""
    if not server.folder.exists(folder):
        server.folder.create(folder)
        with suppress(MailboxFolderSubscribeError, imaplib.IMAP4.error):  # only so that mail programs show it
            server.folder.subscribe(folder, True)
    target = encode_folder(folder).decode()
    if "MOVE" in server.client.capabilities:  # RFC 6851
        check_command_status(server.client.uid("MOVE", _set(uids), target), MailboxMoveError)
        return
    check_command_status(server.client.uid("COPY", _set(uids), target), MailboxCopyError)
    check_command_status(server.client.uid("STORE", _set(uids), "+FLAGS", r"(\Deleted)"), MailboxMoveError)
    if "UIDPLUS" in server.client.capabilities:  # RFC 4315; a plain EXPUNGE would take what others marked as deleted
        check_command_status(server.client.uid("EXPUNGE", _set(uids)), MailboxMoveError)


def _set(uids: Iterable[int]) -> str:
    return ",".join(map(str, uids))


def _moment(line: bytes) -> datetime | None:
    found = DATE.search(line)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1].decode().strip(), DATE_FORM).astimezone(UTC)
    except ValueError:
        return None
