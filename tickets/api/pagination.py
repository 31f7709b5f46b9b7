"""Keyset pagination: a cursor says after which row a page begins, so that a page costs the same wherever it lies.

A cursor is base64 of what a list is sorted by and the row's id; it is opaque, unsigned, and grants nothing.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.dateparse import parse_datetime

from tickets.errors import Invalid

PAGE = 50
UNKNOWN = "This place in the list is unknown. Please begin again at its first page."


@dataclass(frozen=True)
class Order:
    """A stable order by one time column and then the id; where `oldest_first`, rows without a time come last."""

    name: str
    column: str
    oldest_first: bool = False

    def sort(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.oldest_first:
            return rows.order_by(F(self.column).asc(nulls_last=True), "pk")
        return rows.order_by(f"-{self.column}", "-pk")

    def after(self, rows: QuerySet[Any], time: datetime | None, pk: int) -> QuerySet[Any]:
        """The rows behind this place. The first half of each condition is what an index can seek."""
        column = self.column
        if not self.oldest_first:
            return rows.filter(~Q(**{column: time, "pk__gte": pk}), **{f"{column}__lte": time})
        if time is None:
            return rows.filter(**{f"{column}__isnull": True, "pk__gt": pk})
        later = Q(**{f"{column}__gte": time}) & ~Q(**{column: time, "pk__lte": pk})
        return rows.filter(later | Q(**{f"{column}__isnull": True}))


def page(rows: QuerySet[Any], order: Order, cursor: str | None) -> tuple[list[int], str | None]:
    """The ids of one page, and the cursor of the next. One query over the narrowest columns; raises Invalid."""
    if cursor:
        rows = order.after(rows, *_read(cursor, order))
    found = list(order.sort(rows).values_list("pk", order.column)[: PAGE + 1])
    ids = [pk for pk, _ in found[:PAGE]]
    return ids, _write(order, *found[PAGE - 1]) if len(found) > PAGE else None


def _write(order: Order, pk: int, time: datetime | None) -> str:
    place = [order.name, time.isoformat() if time else None, pk]
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _read(cursor: str, order: Order) -> tuple[datetime | None, int]:
    try:
        name, said, pk = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        time = parse_datetime(said) if said is not None else None
    except (NotBase64, ValueError, TypeError, RecursionError):
        raise Invalid({"cursor": UNKNOWN}) from None
    fits = name == order.name and type(pk) is int and 0 <= pk < 2**63
    if (
        not fits
        or (said is not None and (time is None or time.tzinfo is None))
        or (time is None and not order.oldest_first)
    ):
        raise Invalid({"cursor": UNKNOWN})
    return time, pk
