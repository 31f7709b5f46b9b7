"""The engine of many machines: one task that does the due rows of a kind, woken at commit and every second by beat.

Start it with `celery -A config.celery worker --beat`, as often as you like: the rows are the truth, so that two beats,
a lost message or a broker that was away cost nothing but time.
"""

import os
import threading
import time

import structlog
from celery import Celery
from celery.signals import worker_process_init
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from config import warming
from tickets import due_work
from tickets.live import nudging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
EVERY = 1.0  # seconds
TOGETHER = 0.2  # seconds; commits that follow each other this closely wake the workers once, who do their rows together
log = structlog.get_logger(__name__)

app = Celery("kintsugi", broker=settings.REDIS_URL)
app.conf.update(
    task_ignore_result=True,
    task_default_queue="due",
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_connection_timeout=2,
    broker_transport_options={"socket_connect_timeout": 2, "socket_timeout": 15, "max_retries": 1},
    beat_scheduler="celery.beat:Scheduler",  # keeps nothing in a file, so that every worker may carry one
    beat_max_loop_interval=EVERY,
)


@app.task(name="due")  # type: ignore[untyped-decorator]  # Celery carries no types
def do_due(kind: str) -> int:
    return due_work.do(kind, timezone.now())


@app.task(name="wake")  # type: ignore[untyped-decorator]
def wake() -> None:
    """Send the task for every kind of which a row is due."""
    for kind in due_work.due_kinds(timezone.now()):
        do_due.apply_async((kind,), expires=5 * EVERY, retry=False)


@worker_process_init.connect  # type: ignore[untyped-decorator]
def warm(**_: object) -> None:
    warming.begin()


@app.on_after_finalize.connect  # type: ignore[untyped-decorator]
def schedule(sender: Celery, **_: object) -> None:
    # One that waited longer than that has been followed by another.
    sender.add_periodic_task(EVERY, wake.s(), name="wake", expires=2 * EVERY)


class Waker:
    """Wakes the workers after a nudge, from a thread of its own: a request never waits for the broker."""

    def __init__(self) -> None:
        self._nudged = threading.Event()
        self._thread: threading.Thread | None = None

    def hear(self, telling: nudging.Telling) -> None:
        if telling.kind != "changed":
            return
        if self._thread is None or not self._thread.is_alive():  # a forked worker has none of its parent's threads
            self._thread = threading.Thread(target=self._run, name="celery-waker", daemon=True)
            self._thread.start()
        self._nudged.set()

    def _run(self) -> None:
        while self._nudged.wait():
            self._nudged.clear()
            close_old_connections()
            self._wake()
            time.sleep(TOGETHER)

    def _wake(self) -> None:
        try:
            wake()
        except (OperationalError, OSError) as error:
            log.warning("broker_away", error=type(error).__name__)
        except DatabaseError as error:  # the schedule wakes them all the same, once it is back
            log.warning("database_away", error=type(error).__name__)
            connection.close()


waker = Waker()
