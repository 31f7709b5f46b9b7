"""Reads delivery status notifications (RFC 3464, RFC 6533)."""

import re
from dataclasses import dataclass

from tickets.mail.reading.addresses import clean_email
from tickets.mail.reading.headers import Headers, read_headers
from tickets.mail.reading.structure import Part

STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
MOST_BYTES = 256 * 1024
MOST_GROUPS = 200
MOST_REASON = 300  # characters
ARRIVED = ("delivered", "relayed", "expanded", "deliverable")
ENHANCED = re.compile(r"(?<![\d.])([245])\.\d{1,3}\.\d{1,3}(?![\d.])")
REPLY_CODE = re.compile(r"(?<![\d.:/-])([45])[0-7]\d(?=[ \-:#]|$)")
REFUSED = re.compile(r"^automatic-action.*;\s*deleted", re.I)
ADDRESS = re.compile(r"[^\s<>:;,\"'()\[\]]{1,64}@[^\s<>:;,\"'()\[\]]{1,255}")


@dataclass(frozen=True, slots=True)
class Failure:
    """One recipient that was not reached; `permanent` is None when no status says (RFC 3463 §3).

    `delayed` means that it is still tried; `reason` is what the other server said.
    """

    recipient: str
    permanent: bool | None
    delayed: bool = False
    reason: str = ""


def read(root: Part) -> list[Failure] | None:
    """The failures that the report lists; None where the mail holds no such report or it names nobody."""
    parts = [part for part in leaves(root) if part.type.main in STATUS_TYPES]
    groups = [group for part in parts for group in field_groups(part.data[:MOST_BYTES])]
    recipients = [group for group in groups if recipient(group)]
    return [failure for group in recipients if (failure := read_group(group))] if recipients else None


def refused_by_rule(root: Part) -> list[Failure]:
    """Recipients whose own filter refused the mail: a disposition "deleted" sent automatically (RFC 5429 §2.2.1)."""
    parts = [part for part in leaves(root) if part.type.main == "message/disposition-notification"]
    groups = [group for part in parts for group in field_groups(part.data[:MOST_BYTES])]
    refused = [group for group in groups if REFUSED.search(group.first("disposition"))]
    return [Failure(one, None) for group in refused if (one := recipient(group))]


def leaves(part: Part) -> list[Part]:
    """The parts that hold no others, in their order."""
    return [leaf for child in part.children for leaf in leaves(child)] if part.children else [part]


def field_groups(data: bytes) -> list[Headers]:
    """The groups of fields between blank lines: first about the message, then one a recipient (§2.1)."""
    groups: list[Headers] = []
    position = 0
    while position < len(data) and len(groups) < MOST_GROUPS:
        headers, after = read_headers(data, position, len(data), top=True)
        groups.append(headers)
        position = len(data) - len(data[max(after, position + 1) :].lstrip())
    return groups


def read_group(group: Headers) -> Failure | None:
    """The failure of one recipient; None when the mail arrived."""
    action = group.first("action").split("(")[0].strip().lower()
    status = group.first("status")
    permanent = permanence(status) if ENHANCED.search(status) else permanence(group.first("diagnostic-code"))
    if action in ARRIVED or (not action and status.strip().startswith("2")):
        return None
    said = group.text("diagnostic-code").partition(";")[2].strip() or group.text("diagnostic-code")
    delayed = action == "delayed"
    return Failure(recipient(group), False if delayed else permanent, delayed, (said or status)[:MOST_REASON])


def recipient(group: Headers) -> str:
    """The address that we wrote to, else the one that it became (§2.3.1, §2.3.2); lower case, empty for none."""
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        if found := ADDRESS.search(group.first(name)):
            return clean_email(found[0]).lower()
    return ""


def permanence(text: str) -> bool | None:
    """What the first enhanced status code says, else the first SMTP reply code; None when there is neither."""
    found = ENHANCED.search(text) or REPLY_CODE.search(text)
    return found[1] == "5" if found else None
