"""Times and spans as we say them to people."""

from datetime import datetime

from tickets.wording import day

UNITS = [(86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")]


def span(seconds: float) -> str:
    """A length of time in its two largest units: "1 hour 30 minutes"."""
    left, said = round(seconds), []
    for size, unit in UNITS:
        count, left = divmod(left, size)
        if count:
            said.append(f"{count} {unit}{'s' if count != 1 else ''}")
    return " ".join(said[:2]) or "no time"


def moment(time: datetime) -> str:
    """A moment on the wall of its own zone: "Friday 15 May, 17:00"."""
    return f"{day(time)}, {time:%H:%M}"
