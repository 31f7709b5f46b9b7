"""Waits at each account for mail (IDLE, RFC 2177) and only says that the account is due; without it polling finds the same."""

import random
import threading
import time
from collections.abc import Iterable

import structlog
from django.db import DatabaseError, connection
from django.utils import timezone
from imap_tools.mailbox import BaseMailBox

from tickets.live import nudge
from tickets.mail.imap.connecting import folder_of
from tickets.mail.imap.problems import ImapProblem
from tickets.models import ImapAccount

RENEWED = 25 * 60.0  # seconds; a server may hang up after half an hour (RFC 2177)
LOOK = 2.0  # seconds between two looks at whether it is time to stop
ACCOUNTS = 5.0  # seconds between two looks at which accounts there are
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
    """A watcher for each account that is in use, begun and ended as the settings change."""

    def __init__(self) -> None:
        self._watchers: dict[tuple[object, ...], Watcher] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="imap-watchers", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Tell all; a thread that waits for a server is left behind, since nothing hangs on it."""
        self._stopping.set()
        self._thread.join(timeout=1)
        for watcher in self._watchers.values():
            watcher.stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._keep(ImapAccount.objects.filter(due_at__isnull=False).values_list(*SETTINGS))
            except DatabaseError as error:
                log.warning("imap_accounts_unread", error=type(error).__name__)
            connection.close()
            self._stopping.wait(ACCOUNTS)

    def _keep(self, wanted: Iterable[tuple[object, ...]]) -> None:
        now = set(wanted)
        for settings in self._watchers.keys() - now:
            self._watchers.pop(settings).stopping.set()
        for settings in now - self._watchers.keys():
            watcher = self._watchers[settings] = Watcher(int(str(settings[0])))
            watcher.thread.start()
