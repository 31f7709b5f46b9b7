"""Spans of time as we say them to people."""

UNITS = [(86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")]


def span(seconds: float) -> str:
    """A length of time in its two largest units: "1 hour 30 minutes"."""
    left, said = round(seconds), []
    for size, unit in UNITS:
        count, left = divmod(left, size)
        if count:
            said.append(f"{count} {unit}{'s' if count != 1 else ''}")
    return " ".join(said[:2]) or "no time"
