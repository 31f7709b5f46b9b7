"""The nudge after a commit: this process's listeners are called; what they miss they read within half a second."""

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(listener: Callable[[], None]) -> None:
    """Call `listener` (from any thread, so it must be quick and thread-safe) after every commit that told something."""
    _listeners.append(listener)


def forget(listener: Callable[[], None]) -> None:
    _listeners.remove(listener)


def nudge(*_about: object) -> None:
    for listener in list(_listeners):
        listener()
