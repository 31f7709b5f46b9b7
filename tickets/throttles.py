"""How often somebody may try: counted in the cache, a fixed window a key, for doors that strangers can reach."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpRequest

from tickets.errors import TicketError


class TooMany(TicketError):
    """Tried too often; `seconds` until it may be tried again."""

    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        wait = f"{seconds} seconds" if seconds < 60 else "a minute" if minutes == 1 else f"{minutes} minutes"
        super().__init__(f"That was tried too often. Nothing was lost: please try again in {wait}.")
        self.seconds = seconds


@dataclass(frozen=True)
class Throttle:
    """At most `most` tries of one who is counted, in each `window`."""

    name: str
    most: int
    window: timedelta

    def check(self, who: str, now: datetime) -> None:
        """Raises TooMany where no try is left."""
        count, until = cache.get(self._key(who)) or (0, now)
        if count >= self.most and until > now:
            raise TooMany(max(1, int((until - now).total_seconds())))

    def count(self, who: str, now: datetime) -> None:
        """Count a try; two at the very same moment may count as one."""
        count, until = cache.get(self._key(who)) or (0, now)
        if until <= now:
            count, until = 0, now + self.window
        cache.set(self._key(who), (count + 1, until), (until - now).total_seconds())

    def forget(self, who: str) -> None:
        cache.delete(self._key(who))

    def _key(self, who: str) -> str:
        """Addresses are hashed, since caches are no place for them and keys have a shape."""
        return f"throttle:{self.name}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"


def came_from(request: HttpRequest) -> str:
    """The IP address that asks; behind a proxy of ours the server has put the real one there."""
    return str(request.META.get("REMOTE_ADDR", ""))
