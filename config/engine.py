"""The engine of one machine: a few threads that do what is due, kind by kind, until told to stop."""

import threading
import time
from collections.abc import Callable, Iterable

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from tickets import due_work
from tickets.live import nudging

EVERY = 0.3  # seconds between two looks at a kind that nobody nudged
AT_MOST_EVERY = 0.05  # seconds; what is nudged meanwhile is looked at together, since a look costs as much as a row
AFTER_FAILURE = 1.0  # seconds before a kind that failed is looked at again
THREADS = 4  # so that slow mail servers, one each way, hold up two of them and not the clocks
Do = Callable[[str], int]
log = structlog.get_logger(__name__)


def do_now(kind: str) -> int:
    return due_work.do(kind, timezone.now())


class Engine:
    """Each kind is done by at most one thread at a time, at least every EVERY seconds, and soon after a nudge."""

    def __init__(self, kinds: Iterable[str], do: Do = do_now, threads: int = THREADS) -> None:
        self._do = do
        self._next = dict.fromkeys(kinds, 0.0)
        self._looked = dict.fromkeys(self._next, 0.0)
        self._busy: set[str] = set()
        self._again: set[str] = set()
        self._changed = threading.Condition()
        self._is_stopping = False
        self._is_away = False
        self._threads = [threading.Thread(target=self._run, name=f"engine-{n}", daemon=True) for n in range(threads)]

    def start(self) -> None:
        nudging.listen(self._nudged)
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 1.0) -> None:
        """Let every thread finish the row that it is at, for at most so long; what is left is claimed again later."""
        nudging.forget(self._nudged)
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(timeout=max(0.0, until - time.monotonic()))

    def wake(self) -> None:
        """Look at every kind soon; safe from any thread."""
        with self._changed:
            # A thread that is at a kind now may have looked before the commit of which this tells.
            self._again |= self._busy
            self._next = {kind: min(at, self._looked[kind] + AT_MOST_EVERY) for kind, at in self._next.items()}
            self._changed.notify_all()

    def _nudged(self, telling: nudging.Telling) -> None:
        if telling.kind == "changed":
            self.wake()

    def _run(self) -> None:
        while (kind := self._take()) is not None:
            self._give_back(kind, self._look_at(kind))
        connection.close()

    def _take(self) -> str | None:
        """Wait for the kind that is due first and take it; None when it is time to stop."""
        with self._changed:
            while not self._is_stopping:
                free = [kind for kind in self._next if kind not in self._busy]
                first = min(free, key=self._next.__getitem__, default=None)
                wait = self._next[first] - time.monotonic() if first is not None else EVERY
                if first is not None and wait <= 0:
                    self._busy.add(first)
                    self._looked[first] = time.monotonic()
                    return first
                self._changed.wait(timeout=wait)
        return None

    def _give_back(self, kind: str, pause: float) -> None:
        with self._changed:
            self._busy.discard(kind)
            self._next[kind] = time.monotonic() + (min(AT_MOST_EVERY, pause) if kind in self._again else pause)
            self._again.discard(kind)
            self._changed.notify()

    def _look_at(self, kind: str) -> float:
        """Do what is due of a kind; the seconds to wait before the next look."""
        try:
            close_old_connections()
            done = self._do(kind)
        except (OperationalError, InterfaceError) as error:
            self._say_away(error)
            connection.close()
            return AFTER_FAILURE
        except Exception:
            log.exception("kind_failed", kind=kind)
            return AFTER_FAILURE
        self._is_away = False
        return 0.0 if done else EVERY

    def _say_away(self, error: Exception) -> None:
        if not self._is_away:
            log.warning("database_away", error=type(error).__name__)
        self._is_away = True
