"""`manage.py work`: does what is due, until told to stop; as many of them as you like on PostgreSQL."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from config import warming
from config.engine import Engine
from tickets import due_work
from tickets.live import wire
from tickets.mail.imap.watching import Watchers


class Command(BaseCommand):
    help = "Do what is due (mail, clocks, replies to release), until Ctrl-C."

    def handle(self, **_: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        engine, watchers = Engine(due_work.kinds), Watchers()
        engine.start()
        warming.begin()
        watchers.start()
        self.stdout.write(f"At work on {', '.join(sorted(due_work.kinds))} (Ctrl-C stops it).")
        self.stdout.flush()
        stop.wait()
        watchers.stop()
        engine.stop()
        wire.drain(0.5)
