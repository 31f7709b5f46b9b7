"""How often one machine, one link or one address may come through the public doors."""

from dataclasses import dataclass

import structlog
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Limit:
    """At most `most` times in `seconds`, counted from the first."""

    name: str
    most: int
    seconds: int

    def passes(self, who: str) -> bool:
        """Count one more for `who`; False where that is too many."""
        key = f"portal:{self.name}:{who}"
        try:
            cache.add(key, 0, self.seconds)
            return cache.incr(key) <= self.most
        except ValueError:  # it ran out between the two calls: this is the first of the next window
            return True
        except RedisError:
            log.warning("throttle_unreachable", limit=self.name)
            return True  # a counter that is away must not turn customers away


COMPLAINTS = Limit("complaints", most=30, seconds=600)
ANSWERS = Limit("answers", most=30, seconds=600)
LINKS = Limit("links", most=10, seconds=600)
LINKS_OF_ONE = Limit("links-of-one", most=3, seconds=3600)


def machine(request: HttpRequest) -> str:
    """The address that the connection came from; behind a proxy the server has put the real one there."""
    return str(request.META.get("REMOTE_ADDR", ""))
