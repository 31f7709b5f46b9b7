"""What must be done later, by kind: rows with a due time, claimed by a lease, done one by one.

An engine (threads, `manage.py work`, Celery) only calls `do`; each job may run twice without harm.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any

import structlog
from django.db import connection, transaction

Work = Callable[[datetime], int]
kinds: dict[str, Work] = {}
models: dict[str, Any] = {}  # not imported here: an engine knows this module before Django is ready
log = structlog.get_logger(__name__)


def does(kind: str, model: Any) -> Callable[[Work], Work]:
    """Register the function that does the due rows of a kind, rows of `model`, and answers how many it did."""

    def register(work: Work) -> Work:
        kinds[kind], models[kind] = work, model
        return work

    return register


def do(kind: str, now: datetime) -> int:
    """Do what is due of a kind; raises KeyError for a kind that there is not."""
    return kinds[kind](now)


def due_kinds(now: datetime) -> list[str]:
    """The kinds of which a row is due, in one query: asked before a worker is woken, since waking costs far more."""
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_looking_for_all(), [value for kind in models for value in (kind, moment, moment)])
        return [kind for (kind,) in cursor.fetchall()]


@cache
def _looking_for_all() -> str:
    return " UNION ALL ".join(f"SELECT %s WHERE EXISTS ({model.objects.looking()})" for model in models.values())


def each(kind: str, rows: Iterable[Any], act: Callable[[Any], object]) -> int:
    """Act on each row in a transaction of its own; one that fails is logged by its number and tried again later.

    The failed row keeps its lease, so that it comes back when that runs out. Answers how many succeeded.
    """
    done = 0
    for row in rows:
        try:
            with transaction.atomic():
                act(row)
            done += 1
        except Exception:
            log.exception("due_row_failed", kind=kind, row=row.pk)
    return done
