"""The bytes of a mail, kept before anything looks at them: once they are here, no later fault can lose them."""

import hashlib
import zlib
from collections.abc import Sequence
from datetime import datetime

from tickets.models import Mailbox, RawMail
from tickets.models.due import LEASE
from tickets.models.statements import insert_new


def store(
    raw: bytes, mailbox: Mailbox, *, now: datetime, envelope_from: str = "", envelope_to: Sequence[str] = ()
) -> tuple[RawMail, bool]:
    """Keep the bytes and commit; answers the row and whether it is new (False: these bytes came before).

    The new row is leased to the caller, who reads it at once; should the caller die, a worker reads it later.
    """
    sha256 = hashlib.sha256(raw).hexdigest()
    row = RawMail(
        mailbox=mailbox,
        sha256=sha256,
        packed=zlib.compress(raw, 1),
        size=len(raw),
        envelope_from=envelope_from[:320],
        envelope_to=list(envelope_to)[:50],
        received_at=now,
        due_at=now,
        claimed_until=now + LEASE,
    )
    if insert_new(row):
        return row, True
    return RawMail.objects.get(mailbox=mailbox, sha256=sha256), False


def unpack(row: RawMail) -> bytes:
    """The bytes as they came."""
    return zlib.decompress(row.packed)
