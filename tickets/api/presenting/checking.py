"""A checked draft as the desk shows it."""

from collections.abc import Callable
from itertools import accumulate
from typing import Any

from tickets.actions.checking import Reviewed
from tickets.actions.mending import taken_by
from tickets.empathy.check import Finding
from tickets.models import Ticket

LAST_OF_ONE_UNIT = "\uffff"


def reviewed(draft: str, review: Reviewed, ticket: Ticket) -> dict[str, Any]:
    place = utf16_place(draft)
    begun = ticket.mended is not None and draft.strip()
    return {
        "findings": [finding(one, place) for one in review.checked.findings],
        "steps": dict(review.checked.steps),
        "heard": [
            {"message": message, "kind": found["kind"], "text": found["text"], "answered": done}
            for message, found, done in review.heard
        ],
        "mending": taken_by(review.checked.steps) if begun else [],
        "language": review.language,
    }


def finding(one: Finding, place: Callable[[int], int]) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "level": one.level,
        "start": None if one.start is None else place(one.start),
        "end": None if one.end is None else place(one.end),
        "message": one.message,
        "suggestion": one.suggestion or None,
        "offers": list(one.offers),
        "offers_start": place(one.place[0]) if one.place else None,
        "offers_end": place(one.place[1]) if one.place else None,
    }


def character(text: str, unit: int) -> int:
    """The way back: which character of a text begins at this UTF-16 unit."""
    return len(text.encode("utf-16-le")[: 2 * unit].decode("utf-16-le", "ignore"))


def utf16_place(text: str) -> Callable[[int], int]:
    """How to turn a place in characters of a text into UTF-16 units, which is how a browser counts (ECMA-262 §6.1.4)."""
    if max(text, default="") <= LAST_OF_ONE_UNIT:
        return int
    units = list(accumulate((2 if letter > LAST_OF_ONE_UNIT else 1 for letter in text), initial=0))
    return units.__getitem__
