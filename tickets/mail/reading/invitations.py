"""Says in one line what a calendar file invites to. It is never answered: that is for a person (RFC 5546, RFC 6047)."""

from datetime import date, datetime
from typing import Any

from icalendar import Calendar

from tickets.mail.reading.charsets import decode
from tickets.mail.received import MailAttachment

MOST_BYTES = 64 * 1024
MOST_CHARACTERS = 200  # of a summary or a place
KINDS = {
    "request": "Invitation",
    "cancel": "Cancelled",
    "reply": "Answer to an invitation",
    "counter": "Another time proposed",
}


def is_calendar(file: MailAttachment) -> bool:
    return file.content_type in ("text/calendar", "application/ics") or file.filename.lower().endswith(".ics")


def invitation(data: bytes) -> str:
    """What, when, where and from whom; empty for a calendar that cannot be read. Never raises."""
    try:
        calendar: Any = Calendar.from_ical(decode(data[:MOST_BYTES], "utf-8"))
        event = next(part for part in calendar.walk() if part.name in ("VEVENT", "VTODO"))
        kind = KINDS.get(str(calendar.get("method", "")).lower(), "Calendar entry")
        return f"[{kind}: {'; '.join(said(event))}]"
    except Exception:  # a library on a stranger's file: the file itself is attached all the same
        return ""


def said(event: Any) -> list[str]:
    what, where = (one_line(event.get(name, "")) for name in ("summary", "location"))
    start, end = (event.get(name).dt if event.get(name) else None for name in ("dtstart", "dtend"))
    organizer = str(event.get("organizer", "")).lower().removeprefix("mailto:")
    found = [what or "no title", when(start, end), where and f"at {where}", organizer and f"from {one_line(organizer)}"]
    return [one for one in found if one]


def when(start: date | None, end: date | None) -> str:
    """Such as "Tue 5 May 2026, 10:00 to 11:00 Europe/Berlin"; as the calendar writes it, in no zone of ours."""
    if start is None:
        return ""
    day = f"{start:%a} {start.day} {start:%b %Y}"
    if not isinstance(start, datetime):
        return day
    until = f" to {end:%H:%M}" if isinstance(end, datetime) and end.date() == start.date() else ""
    return f"{day}, {start:%H:%M}{until} {start.tzinfo or ''}".strip()


def one_line(value: Any) -> str:
    return " ".join(str(value).split())[:MOST_CHARACTERS]
