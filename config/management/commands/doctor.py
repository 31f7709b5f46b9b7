"""Says whether all is well: database, search, broker, mailboxes, mail, late work, assistant. Exit 1 names what is not."""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from config.health import late_rows
from tickets import assistant, search
from tickets.assistant import Passage
from tickets.errors import Unavailable
from tickets.mail import figures
from tickets.mail.sending.connecting import Away, connect
from tickets.models import Mailbox, OutgoingMail, RawMail, Team, Ticket

Trouble = Iterator[str]
# A mail is given up after two days of tries. What failed long ago says nothing of how we are now.
LATELY = timedelta(days=3)


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        checks: dict[str, Callable[[], Trouble]] = {
            "Database": database,
            "Search": searching,
            "Broker": broker,
            "Mailboxes": mailboxes,
            "Mail that came in": incoming,
            "Mail that leaves": outgoing,
            "Work that is due": work,
        }
        if assistant.is_on():
            checks["Assistant"] = assistant_answers
        # Every check is made, also after one has failed.
        if sum(self.examine(name, check) for name, check in checks.items()):
            sys.exit(1)

    def examine(self, name: str, check: Callable[[], Trouble]) -> bool:
        """Print one line a trouble, or that there is none; answers whether there was any."""
        try:
            troubles = list(check())
        except DatabaseError as error:
            troubles = [f"the database does not answer ({type(error).__name__})"]
        for trouble in troubles:
            self.stdout.write(f"✗ {name}: {trouble}.")
        if not troubles:
            self.stdout.write(f"✓ {name}")
        return bool(troubles)


def database() -> Trouble:
    executor = MigrationExecutor(connection)
    if missing := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"{len(missing)} migrations are missing; run manage.py migrate"


def searching() -> Trouble:
    entries, tickets = search.entries(), Ticket.objects.count()
    if entries != tickets:
        yield f"there are {tickets} tickets and {entries} search entries"


def broker() -> Trouble:
    if settings.REDIS_URL:
        try:
            redis.Redis.from_url(settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=3).ping()
        except redis.RedisError as error:
            yield f"Redis does not answer ({type(error).__name__}); screens hear of changes later, nothing is lost"


def mailboxes() -> Trouble:
    if not Mailbox.objects.exists():
        yield "there is none, so no mail can come in; make one in the settings"
    yield from figures.does_not_add_up(timezone.now())
    if not Team.objects.filter(takes_complaints=True).exists():
        yield "no team takes complaints from the form; choose one in the settings"


def incoming() -> Trouble:
    unread = RawMail.objects.filter(outcome="").exclude(due_at__gt=timezone.now() - timedelta(minutes=5)).count()
    if unread:
        yield f"{unread} mails were stored more than five minutes ago and not read; is a worker running?"
    lost = RawMail.objects.filter(outcome__in=["ticket", "reply"], ticket=None).count()
    if lost:
        yield f"{lost} mails are said to have become tickets that are not there"


def outgoing() -> Trouble:
    recent = OutgoingMail.objects.filter(created_at__gt=timezone.now() - LATELY)
    troubled = recent.filter(state__in=["failed", "bounced", "uncertain"]).count()
    if troubled:
        yield f"{troubled} mails of the last {LATELY.days} days did not arrive; the desk lists those of tickets as Undelivered"
    yield from smtp_server() if settings.EMAIL_URL else outbox()


def smtp_server() -> Trouble:
    """Get in as the next mail would, with its TLS and its password."""
    try:
        connect().quit()
    except Away as away:
        yield str(away)
    except OSError:
        return  # it let us in, and parts badly


def outbox() -> Trouble:
    folder = Path(settings.OUTBOX_DIR)
    above = folder if folder.is_dir() else folder.parent
    if not os.access(above, os.W_OK):
        yield "the folder for outgoing mail cannot be written to"


def work() -> Trouble:
    for kind, (count, oldest) in late_rows(timezone.now()).items():
        if count:
            yield f"{count} of {kind} are late, the oldest since {oldest:%d %b %H:%M:%S} UTC; is a worker running?"


def assistant_answers() -> Trouble:
    """Asked in earnest, with words of no customer: only that tells whether address, key and model are right."""
    try:
        assistant.plugged_in().rewrite(Passage("Kindly wait.", "Say it in plain words.", "Please wait."))
    except Unavailable as error:
        yield str(error).partition(". ")[0].rstrip(".")
