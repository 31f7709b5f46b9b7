"""What is known about the ticket when a draft is checked; everything may be missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

MOODS = ("negative", "neutral", "positive")


class BadContext(ValueError):
    """A fact of the context has the wrong shape; the message names it."""


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise on this ticket that was not kept yet, and the day on which it was due."""

    what: str
    due: date


@dataclass(frozen=True, slots=True)
class Context:
    """The facts of a ticket; `known` are facts we already hold, in plain words, `closed` days on which nobody works.

    `promised` are the days of promises that will be recorded with this draft. Without `today` nothing is said about
    dates in the past; without `locale` the language of the draft is detected.
    """

    mood: str = "neutral"
    our_fault: bool = False
    resolved: bool = False
    customer_name: str = ""
    agent_name: str = ""
    situation: str = ""
    open_promise: OpenPromise | None = None
    known: tuple[str, ...] = ()
    today: date | None = None
    closed: frozenset[date] = frozenset()
    promised: frozenset[date] = frozenset()
    locale: str = ""


def context_of(facts: Mapping[str, Any]) -> Context:
    """Read a context from JSON values; keys we do not know are left aside; raises BadContext."""
    names = {field.name for field in fields(Context)}
    read = {key: _READERS[key](key, value) for key, value in facts.items() if key in names and value is not None}
    return Context(**read)


def _mood(key: str, value: object) -> str:
    if value not in MOODS:
        raise BadContext(f"{key} is one of {', '.join(MOODS)}, not {value!r}.")
    return str(value)


def _flag(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadContext(f"{key} is true or false, not {value!r}.")
    return value


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadContext(f"{key} is text, not {value!r}.")
    return value


def _texts(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise BadContext(f"{key} is a list of texts, not {value!r}.")
    return tuple(_text(key, one) for one in value)


def _day(key: str, value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(_text(key, value))
    except ValueError:
        raise BadContext(f"{key} is a date such as 2026-05-08, not {value!r}.") from None


def _days(key: str, value: object) -> frozenset[date]:
    if not isinstance(value, list | tuple | set | frozenset):
        raise BadContext(f"{key} is a list of dates, not {value!r}.")
    return frozenset(_day(key, one) for one in value)


def _promise(key: str, value: object) -> OpenPromise:
    if isinstance(value, OpenPromise):
        return value
    if not isinstance(value, Mapping) or "due" not in value:
        raise BadContext(f"{key} has a “what” and a “due”, not {value!r}.")
    return OpenPromise(_text(f"{key}.what", value.get("what", "")), _day(f"{key}.due", value["due"]))


_READERS: Mapping[str, Callable[[str, Any], Any]] = {
    "mood": _mood,
    "our_fault": _flag,
    "resolved": _flag,
    "customer_name": _text,
    "agent_name": _text,
    "situation": _text,
    "open_promise": _promise,
    "known": _texts,
    "today": _day,
    "closed": _days,
    "promised": _days,
    "locale": _text,
}
