"""Reads what mail systems tell of our mail besides failures: complaints, receipts, arrivals (RFC 5965, 8098, 3464)."""

import re

from tickets.mail.reading.delivery_reports import ARRIVED, MOST_BYTES, STATUS_TYPES, field_groups, leaves, recipient
from tickets.mail.reading.headers import Headers, read_headers
from tickets.mail.reading.identity import read_ids
from tickets.mail.reading.structure import Part
from tickets.mail.received import Report

RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers", "text/rfc822")
UNWANTED = {
    "abuse",
    "fraud",
    "virus",
    "other",
    "opt-out",
    "opt-out-list",
}  # feedback types that are about the mail itself
TOLD_ID = re.compile(r"^[ >|]*(?:message-id|in-reply-to)[ \t]*:[ \t]*(<[^<>\s]{3,900}>)", re.I | re.M)
MOST_TOLD = 64 * 1024


def read(root: Part) -> Report | None:
    """The report in a mail that is one of these; None for all other mail."""
    parts = leaves(root)
    if found := _groups(parts, ("message/feedback-report",)):
        kind = found[0].first("feedback-type").strip().lower()
        return Report("unwanted", original_ids(root)) if kind in UNWANTED else None
    if found := _groups(parts, ("message/disposition-notification",)):
        done = found[0].first("disposition").rpartition(";")[2].partition("/")[0].strip().lower()
        ids = read_ids(found[0].first("original-message-id"))
        return Report("opened" if done == "displayed" else "unopened", ids or original_ids(root))
    groups = [one for one in _groups(parts, STATUS_TYPES) if recipient(one)]
    arrived = [one.first("action").split("(")[0].strip().lower() in ARRIVED for one in groups]
    return Report("arrived", original_ids(root)) if groups and all(arrived) else None


def original_ids(root: Part) -> tuple[str, ...]:
    """Message-IDs that may be those of the mail it is about: of the returned one first, then those that it names."""
    found: list[str] = []
    for part in leaves(root):
        if part.type.main in RETURNED:
            data = part.data[:MOST_TOLD]
            headers, _ = read_headers(data, 0, len(data), top=True)
            found += read_ids(headers.first("message-id"))
    for name in ("in-reply-to", "references", "original-message-id", "x-original-message-id"):
        found += read_ids(root.headers.first(name))
    for part in leaves(root)[:10]:
        if part.type.main in ("text/plain", "message/delivery-status"):
            told = part.data[:MOST_TOLD].decode("utf-8", "ignore")
            found += [one for text in TOLD_ID.findall(told) for one in read_ids(text)]
    return tuple(dict.fromkeys(found))[:20]


def _groups(parts: list[Part], types: tuple[str, ...]) -> list[Headers]:
    return [group for part in parts if part.type.main in types for group in field_groups(part.data[:MOST_BYTES])]
