"""Many due rows in one transaction: a commit and its reads cost more than a change."""

from collections.abc import Callable, Sequence
from typing import Any

import structlog
from django.db import transaction

from tickets.due_work import each

AT_ONCE = 50  # rows; while they are done, their tickets are locked

log = structlog.get_logger(__name__)


def together(kind: str, rows: Sequence[Any], act: Callable[[Sequence[Any]], None]) -> int:
    """Act on the rows, many in one transaction; where that fails on each alone, so that one bad row stops no other.

    Answers how many succeeded.
    """
    return sum(_part(kind, rows[first : first + AT_ONCE], act) for first in range(0, len(rows), AT_ONCE))


def _part(kind: str, rows: Sequence[Any], act: Callable[[Sequence[Any]], None]) -> int:
    try:
        with transaction.atomic():
            act(rows)
    except Exception:
        log.exception("due_rows_failed_together", kind=kind, rows=len(rows))
        return each(kind, rows, lambda row: act([row]))
    return len(rows)
