"""How often somebody may try: counted in the cache, a fixed window a key, for doors that strangers can reach."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from tickets.errors import TicketError

log = structlog.get_logger(__name__)


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

    def take(self, who: str, now: datetime) -> None:
        """Count a try; raises TooMany where none is left. A counter that is away turns nobody away."""
        key, lasts = self._key(who), self.window.total_seconds()
        try:
            until = cache.get_or_set(f"{key}:until", now + self.window, lasts) or now
            cache.add(key, 0, lasts)
            count = cache.incr(key)
        except RedisError:
            log.warning("throttle_unreachable", throttle=self.name)
            return
        except ValueError:  # the count ran out between two calls: this is the first of the next window
            return
        if count > self.most:
            raise TooMany(max(1, int((until - now).total_seconds())))

    def forget(self, who: str) -> None:
        """Give back the tries of one who proved to be welcome."""
        try:
            cache.delete(self._key(who))
        except RedisError:
            log.warning("throttle_unreachable", throttle=self.name)

    def _key(self, who: str) -> str:
        """Addresses are hashed, since caches are no place for them and keys have a shape."""
        return f"throttle:{self.name}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"


def came_from(request: HttpRequest) -> str:
    """The IP address that asks; behind a proxy of ours the server has put the real one there."""
    return str(request.META.get("REMOTE_ADDR", ""))
