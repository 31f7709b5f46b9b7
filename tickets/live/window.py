"""Which events are new to this process, though their numbers may be committed out of order."""

from collections.abc import Iterable

# A number is taken when the row is written and shows when its transaction commits. Our transactions are short, and
# config/environment.py has PostgreSQL end one that idles for 15 s or sends a statement of 30 s: what has not shown
# within a minute was rolled back. On SQLite, with its one writer, there are no gaps at all.
LOOK_BACK = 60.0  # seconds
MOST_GAPS = 5000


class Window:
    """Reads onward from the highest number seen, and keeps the numbers missing below it until they show or grow old."""

    def __init__(self, recent: Iterable[int], now: float) -> None:
        """`recent` are the newest numbers at the start, in any order; `now` is monotonic, in seconds."""
        seen = sorted(recent)
        self.last = seen[-1] if seen else 0
        self._gaps: dict[int, float] = {}
        if seen:
            self._miss(set(range(seen[0], self.last)) - set(seen), now)

    @property
    def gaps(self) -> list[int]:
        return list(self._gaps)

    def take(self, numbers: Iterable[int], now: float) -> None:
        """Note the numbers that were read: all that show now of `gaps` and, in order, after `last`."""
        for number in sorted(numbers):
            self._gaps.pop(number, None)
            if number > self.last:
                # A jump wider than the bound is no run of slow transactions but a sequence that was set anew.
                self._miss(range(max(self.last + 1, number - MOST_GAPS), number), now)
                self.last = number
        self._forget(now)

    def _miss(self, numbers: Iterable[int], now: float) -> None:
        self._gaps.update(dict.fromkeys(numbers, now))

    def _forget(self, now: float) -> None:
        old = [number for number, since in self._gaps.items() if now - since > LOOK_BACK]
        for number in old + self.gaps[len(old) : len(self._gaps) - MOST_GAPS]:
            self._gaps.pop(number, None)
