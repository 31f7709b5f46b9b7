"""What a screen may ask over its socket, read strictly: a frame that is none is answered with a sentence."""

import json
from dataclasses import dataclass
from typing import Any

LONGEST = 8192  # characters of one frame
MOST_TOPICS = 300  # of one socket
DOINGS = ("viewing", "writing", "gone")
KEYS = frozenset({"subscribe", "unsubscribe", "presence", "ping"})


class BadFrame(Exception):
    """The frame cannot be understood; the message says why, to the one who sent it."""


@dataclass(frozen=True)
class Request:
    subscribe: tuple[str, ...] = ()
    unsubscribe: tuple[str, ...] = ()
    ticket: int | None = None
    doing: str = ""
    wants_pong: bool = False


def read(text: str | None) -> Request:
    """The frame as a request; raises BadFrame."""
    if text is None:
        raise BadFrame("A frame must be text, not bytes.")
    if len(text) > LONGEST:
        raise BadFrame(f"A frame is at most {LONGEST} characters long.")
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        raise BadFrame("A frame must be a JSON object.") from None
    if not isinstance(frame, dict) or not frame or not KEYS.issuperset(frame):
        raise BadFrame("A frame is a JSON object with subscribe, unsubscribe, presence or ping.")
    ticket, doing = _presence(frame["presence"]) if "presence" in frame else (None, "")
    return Request(_topics(frame, "subscribe"), _topics(frame, "unsubscribe"), ticket, doing, "ping" in frame)


def _topics(frame: dict[str, Any], key: str) -> tuple[str, ...]:
    topics = frame.get(key, [])
    if not isinstance(topics, list) or not all(isinstance(topic, str) and len(topic) <= 40 for topic in topics):
        raise BadFrame(f"{key} must be a list of topics, such as queue:3.")
    return tuple(dict.fromkeys(topics))


def _presence(value: Any) -> tuple[int, str]:
    ticket, doing = (value.get("ticket"), value.get("doing")) if isinstance(value, dict) else (None, None)
    if type(ticket) is not int or doing not in DOINGS:
        raise BadFrame("presence must name a ticket by its number, and doing: viewing, writing or gone.")
    return ticket, str(doing)
