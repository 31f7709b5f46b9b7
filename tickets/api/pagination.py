"""Keyset pagination: a cursor says after which row a page begins, so that a page costs the same wherever it lies.

A cursor is base64 of what a list is sorted by and the row's id; it is opaque, unsigned, and grants nothing.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from tickets.errors import Invalid

Place = tuple[int, datetime | None]  # a row and what it is sorted by
PAGE = 50
UNKNOWN = "This place in the list is unknown. Please begin again at its first page."


@dataclass(frozen=True)
class Order:
    """A stable order by one time column and then the id; where `oldest_first`, rows without a time come last."""

    name: str
    column: str
    oldest_first: bool = False

    def first(self, rows: QuerySet[Any], place: Place | None, limit: int) -> list[Place]:
        """The first places behind `place` (None: from the beginning).

        Those with a time and those without are two queries, since no index of ours can serve both in one order.
        """
        if not self.oldest_first:
            return self._places(self._behind(rows, place, "lte", "gte"), [f"-{self.column}", "-pk"], limit)
        timed = rows.filter(**{f"{self.column}__isnull": False})
        found: list[Place] = []
        if place is None or place[1] is not None:
            found = self._places(self._behind(timed, place, "gte", "lte"), [self.column, "pk"], limit)
        if len(found) == limit:
            return found
        timeless = rows.filter(**{f"{self.column}__isnull": True})
        if place is not None and place[1] is None:
            timeless = timeless.filter(pk__gt=place[0])
        return found + self._places(timeless, ["pk"], limit - len(found))

    def _behind(self, rows: QuerySet[Any], place: Place | None, side: str, skipped: str) -> QuerySet[Any]:
        """The first condition is what an index can seek, the second leaves out what had the same time."""
        if place is None:
            return rows
        pk, time = place
        return rows.filter(~Q(**{self.column: time, f"pk__{skipped}": pk}), **{f"{self.column}__{side}": time})

    def _places(self, rows: QuerySet[Any], order: list[str], limit: int) -> list[Place]:
        return list(rows.order_by(*order).values_list("pk", self.column)[:limit])


def page(rows: QuerySet[Any], order: Order, cursor: str | None) -> tuple[list[int], str | None]:
    """The ids of one page, and the cursor of the next: at most two queries of two columns. Raises Invalid."""
    found = order.first(rows, _read(cursor, order) if cursor else None, PAGE + 1)
    ids = [pk for pk, _ in found[:PAGE]]
    return ids, _write(order, *found[PAGE - 1]) if len(found) > PAGE else None


def _write(order: Order, pk: int, time: datetime | None) -> str:
    place = [order.name, time.isoformat() if time else None, pk]
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _read(cursor: str, order: Order) -> Place:
    try:
        name, said, pk = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        time = parse_datetime(said) if said is not None else None
        # As the database will: a time of the last day in a zone to the west lies past all years.
        time = time.astimezone(UTC) if time is not None and time.tzinfo else None
    except (NotBase64, ValueError, TypeError, OverflowError, RecursionError):
        raise Invalid({"cursor": UNKNOWN}) from None
    fits = name == order.name and type(pk) is int and 0 <= pk < 2**63
    if not fits or (time is None and (said is not None or not order.oldest_first)):
        raise Invalid({"cursor": UNKNOWN})
    return pk, time
