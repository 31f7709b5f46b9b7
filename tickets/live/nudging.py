"""Telling after a commit: to this process's listeners by a call, to other processes over Redis where there is one.

Nothing here is ever the truth: whoever misses a telling reads the rows within half a second, or at the next heartbeat.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tickets.live import wire


@dataclass(frozen=True)
class Telling:
    """`kind` is changed, access, signed_out, personal or presence; `about` must be JSON."""

    kind: str
    about: Mapping[str, Any] = field(default_factory=dict)


CHANGED = Telling("changed")
Listener = Callable[[Telling], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener` for every telling, from any thread, so it must be quick and thread-safe."""
    _listeners.append(listener)


def forget(listener: Listener) -> None:
    _listeners.remove(listener)


def hear(telling: Telling) -> None:
    """Tell this process alone."""
    for listener in list(_listeners):
        listener(telling)


def tell(telling: Telling) -> None:
    """Tell this process and all others; it never waits for them and never fails because of them."""
    hear(telling)
    wire.send(telling.kind, telling.about)


def nudge(*_about: object) -> None:
    """Something was committed: a fact, a mail to read or to send. Call it after the commit."""
    tell(CHANGED)


def tell_person(agent: int, ticket: int) -> None:
    """Call it after the commit of what only one person sees: how far they have read, their draft."""
    tell(Telling("personal", {"agent": agent, "ticket": ticket}))


def access_changed(agents: Iterable[int]) -> None:
    """Call it after the commit that changed what these people may hear: their teams, their role, their password."""
    tell(Telling("access", {"agents": sorted(agents)}))


def signed_out(session_key: str) -> None:
    """Close the sockets of this session everywhere; the key itself travels nowhere."""
    tell(Telling("signed_out", {"session": fingerprint(session_key)}))


def fingerprint(session_key: str) -> str:
    return sha256(session_key.encode()).hexdigest()
