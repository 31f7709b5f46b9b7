"""Waits at each account for mail (IDLE, RFC 2177) and only says that the account is due; without it polling finds the same.

Every process that serves or works may wait, and one of them does at each account, by a lease. Where that process dies,
another takes its place once the lease has run out; until then, and wherever nobody waits, the account is due every minute.
"""

import os
import random
import socket
import threading
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import structlog
from django.db import DatabaseError, connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from imap_tools.mailbox import BaseMailBox

from tickets.live import nudge
from tickets.mail.imap.connecting import folder_of
from tickets.mail.imap.problems import ImapProblem
from tickets.models import ImapAccount

RENEWED = 25 * 60.0  # seconds; a server may hang up after half an hour (RFC 2177)
LOOK = 2.0  # seconds between two looks at whether it is time to stop
ACCOUNTS = 5.0  # seconds between two looks at which accounts there are
LEASE = timedelta(seconds=20)  # prolonged at each look at the accounts
PAUSE = (5.0, 300.0)  # seconds before another try, doubled from the first to the last
SETTINGS = ("pk", "host", "port", "security", "user", "sign_in", "folder")
log = structlog.get_logger(__name__)


class Watcher:
    """One account's thread, over one connection after the other."""

    def __init__(self, account: int) -> None:
        self.account = account
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, name=f"imap-idle-{account}", daemon=True)

    def _run(self) -> None:
        pause = PAUSE[0]
        while not self.stopping.is_set():
            try:
                self._watch()
                pause = PAUSE[0]
            except (ImapProblem, DatabaseError, ImapAccount.DoesNotExist) as problem:
                log.info("imap_not_watched", account=self.account, because=type(problem).__name__)
                self.stopping.wait(pause * random.uniform(0.8, 1.2))  # noqa: S311 (jitter)
                pause = min(2 * pause, PAUSE[1])
            except Exception:
                log.exception("imap_watcher_failed", account=self.account)
                self.stopping.wait(PAUSE[1])
            finally:
                connection.close()

    def _watch(self) -> None:
        """Until the connection is to be renewed, breaks, or it is time to stop."""
        account = ImapAccount.objects.get(pk=self.account)
        with folder_of(account, readonly=True) as server:
            self._is_due()  # what came while nobody watched
            if "IDLE" not in server.client.capabilities:
                self.stopping.wait(RENEWED)
                return
            until = time.monotonic() + RENEWED
            while not self.stopping.is_set() and time.monotonic() < until:
                if self._hears_of_mail(server, until):
                    self._is_due()

    def _hears_of_mail(self, server: BaseMailBox, until: float) -> bool:
        with server.idle as idle:
            while not self.stopping.is_set() and time.monotonic() < until:
                began = time.monotonic()
                lines = idle.poll(timeout=LOOK)
                if any(b"EXISTS" in line for line in lines):
                    return True
                if not lines and time.monotonic() - began < LOOK / 2:
                    raise ConnectionError("the server hung up")  # the library keeps that to itself
        return False

    def _is_due(self) -> None:
        ImapAccount.objects.filter(pk=self.account, due_at__isnull=False).update(due_at=timezone.now())
        connection.close()
        nudge()


class Watchers:
    """A watcher for each account that is in use and that no other process watches, as the settings change."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:80]}:{os.getpid()}:{uuid4().hex[:6]}"
        self._watchers: dict[tuple[Any, ...], Watcher] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="imap-watchers", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Tell all; a thread that waits for a server is left behind, since nothing hangs on it."""
        self._stopping.set()
        self._thread.join(timeout=1)
        for settings in list(self._watchers):
            self._end(settings)
        try:
            self._held().update(watched_by="", watched_until=None)
        except DatabaseError as error:  # then the leases run out
            log.warning("imap_leases_kept", error=type(error).__name__)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._keep(timezone.now())
            except DatabaseError as error:
                log.warning("imap_accounts_unread", error=type(error).__name__)
            connection.close()
            self._stopping.wait(ACCOUNTS)

    def _keep(self, now: datetime) -> None:
        """Watch what is ours to watch. Who was thought dead and is not finds its lease gone, and lets go too."""
        ours = {row[0]: row for row in self._leased(now)}
        for settings in self._watchers.keys() - set(ours.values()):
            self._end(settings)
        for account, settings in ours.items():
            if settings not in self._watchers:
                watcher = self._watchers[settings] = Watcher(account)
                watcher.thread.start()

    def _leased(self, now: datetime) -> Iterable[tuple[Any, ...]]:
        """The accounts in use whose lease is ours from now on, by their settings."""
        used = ImapAccount.objects.filter(due_at__isnull=False)
        if not used.exists():
            return ()
        is_free = Q(watched_until=None) | Q(watched_until__lte=now)
        used.filter(is_free | Q(watched_by=self.name)).update(watched_by=self.name, watched_until=now + LEASE)
        return used.filter(watched_by=self.name).values_list(*SETTINGS)

    def _held(self) -> QuerySet[ImapAccount]:
        return ImapAccount.objects.filter(watched_by=self.name)

    def _end(self, settings: tuple[Any, ...]) -> None:
        self._watchers.pop(settings).stopping.set()
