"""A process that is killed at a chosen step, as by a power cut: nothing of it runs any more after that."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import connections

BEFORE, AFTER = "before", "after"


@contextmanager
def doomed(act: Callable[[], object], where: str, when: str) -> Iterator[None]:
    """`act` runs in a process of its own until it comes to the function `where`, and dies before or after that."""
    with killed(act, lambda: _die_at(where, when), where):
        yield


@contextmanager
def killed(act: Callable[[], object], arrange: Callable[[], object], where: str) -> Iterator[None]:
    """`act` runs in a process of its own, in which a fault has been arranged that kills it.

    At the end of the block it must have died of it: a step that is never reached proves nothing.
    """
    connections.close_all()  # what both held would be neither's
    child = os.fork()
    if child == 0:
        try:
            arrange()
            act()
        finally:
            os._exit(1)
    yield
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, f"It never came to {where}."


def dies(act: Callable[[], object], where: str, when: str) -> None:
    with doomed(act, where, when):
        pass


def die(*_: Any, **__: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at(where: str, when: str) -> None:
    module, _, name = where.rpartition(".")
    patched = mock.patch(f"{module}.{name}", autospec=False)
    real, _ = patched.get_original()

    def fatal(*given: Any, **named: Any) -> None:
        if when == AFTER:
            real(*given, **named)
        die()

    mock.patch(where, fatal).start()
