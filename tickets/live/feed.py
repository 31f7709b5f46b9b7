"""One a web process: reads what was committed and not yet told, at every nudge and at least twice a second."""

import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

import structlog
from django.db import close_old_connections, connection
from django.db.models import Q
from django.utils import timezone

from tickets.live import frames, personal
from tickets.live.frames import Frame
from tickets.live.trouble import Trouble
from tickets.live.window import Window
from tickets.models import TicketEvent

AT_LEAST_EVERY = 0.5  # seconds
TROUBLE_EVERY = 0.4  # seconds; rows without a number to read on from cost a look at all of them
AT_MOST_EVERY = 0.02  # seconds; what is nudged meanwhile is read together
RECENT = 500  # numbers looked at when the feed begins, for events about to be committed below the highest
PORTION = 300  # events read at once
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Audience:
    """Who is connected to this process: nobody (`is_empty`), which people, whose open pages show which tickets."""

    is_empty: bool = True
    people: Collection[int] = ()
    open_tickets: Collection[int] = ()


@dataclass(frozen=True)
class Reading:
    """What was read: frames to tell, or how many events there were when nobody was there to be told; is there more?"""

    frames: list[Frame] = field(default_factory=list)
    passed_over: int = 0
    has_more: bool = False


class Feed:
    """A thread with a database connection of its own; `hear` is called on it with each reading that holds something."""

    def __init__(self, hear: Callable[[Reading], None], audience: Callable[[], Audience]) -> None:
        self._hear = hear
        self._audience = audience
        self._nudged = threading.Event()
        self._stopping = threading.Event()
        self._looked = 0.0
        self._told: set[tuple[int, int]] = set()
        self._told_lock = threading.Lock()
        self._begun: tuple[Window, Trouble] | None = None
        self._thread = threading.Thread(target=self._run, name="live-feed", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._nudged.set()
        self._thread.join(timeout=1)

    def nudge(self) -> None:
        self._nudged.set()

    def tell_person(self, agent: int, ticket: int) -> None:
        with self._told_lock:
            self._told.add((agent, ticket))
        self._nudged.set()

    def begin(self) -> tuple[Window, Trouble]:
        """Begin after the newest event of now, and with the trouble of now."""
        recent = TicketEvent.objects.order_by("-pk").values_list("pk", flat=True)[:RECENT]
        self._begun = Window(recent, time.monotonic()), Trouble()
        return self._begun

    def _run(self) -> None:
        is_away = False
        while not self._stopping.is_set():
            try:
                close_old_connections()
                self._read_all()
                is_away = False
            except Exception as error:
                # Whatever it was, the events are still there: a feed that died would leave every screen stale.
                if not is_away:
                    log.exception("feed_failed", error=type(error).__name__)
                is_away = True
                connection.close()
            self._stopping.wait(AT_MOST_EVERY)
            self._nudged.wait(AT_LEAST_EVERY)
            self._nudged.clear()
        connection.close()

    def _read_all(self) -> None:
        has_more = True
        while has_more:
            reading = self.read()
            has_more = reading.has_more
            if reading.frames or reading.passed_over:
                self._hear(reading)

    def read(self) -> Reading:
        """The next portion of what is new."""
        window, trouble = self._begun or self.begin()
        events = list(TicketEvent.objects.filter(_after(window)).order_by("pk")[:PORTION])
        is_heard = not self._audience().is_empty
        found = self._frames(events, trouble) if is_heard else []
        # Only now: had a query failed, the events would be read again.
        window.take([event.pk for event in events], time.monotonic())
        return Reading(found, passed_over=0 if is_heard else len(events), has_more=len(events) == PORTION)

    def _frames(self, events: Sequence[TicketEvent], trouble: Trouble) -> list[Frame]:
        audience, now = self._audience(), timezone.now()
        with self._told_lock:
            told, self._told = self._told, set()
        found = frames.of_events(events, now) if events else []
        found += personal.of_tickets({event.ticket_id for event in events}, audience.people, told)
        if time.monotonic() - self._looked > TROUBLE_EVERY:
            found += trouble.changes(audience.open_tickets, now)
            self._looked = time.monotonic()
        return found


def _after(window: Window) -> Q:
    return Q(pk__gt=window.last) | Q(pk__in=window.gaps) if window.gaps else Q(pk__gt=window.last)
