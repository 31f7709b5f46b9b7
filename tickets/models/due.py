"""Rows that must be acted upon later: claimed by a lease, never locked while somebody talks to the world."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, Self

from django.db import connection, models, transaction
from django.db.models import Q

LEASE = timedelta(seconds=60)


class DueQuerySet(models.QuerySet[Any]):
    def due(self, now: datetime) -> Self:
        """Rows whose time has come and that no worker holds."""
        is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
        return self.filter(is_free, due_at__lte=now)

    def has_due(self, now: datetime) -> bool:
        """Whether any row of the model is due: asked many times a second, so in a statement that is ready."""
        moment = connection.ops.adapt_datetimefield_value(now)
        with connection.cursor() as cursor:
            cursor.execute(self.looking(), [moment, moment])
            return cursor.fetchone() is not None

    def looking(self) -> str:
        """The query for any due row; it is given the moment twice."""
        return _looking(self.model)  # type: ignore[arg-type]  # a class is hashable

    def claim(self, now: datetime, limit: int = 50, lease: timedelta = LEASE) -> list[Any]:
        """Take up to `limit` due rows for this worker until `now + lease`; nobody else gets them meanwhile.

        A worker that dies lets go by time alone, so what it did must bear being done twice.
        """
        if not self.has_due(now):
            return []
        due = self.due(now).order_by("due_at", "pk")
        with transaction.atomic():
            if connection.features.has_select_for_update_skip_locked:
                due = due.select_for_update(skip_locked=True, of=("self",))
            rows = list(due[:limit])
            self.model._default_manager.filter(pk__in=[row.pk for row in rows]).update(claimed_until=now + lease)
        for row in rows:
            row.claimed_until = now + lease
        return rows


@cache
def _looking(model: type[models.Model]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    is_free = "(claimed_until IS NULL OR claimed_until <= %s)"
    return f"SELECT 1 FROM {table} WHERE due_at <= %s AND {is_free} LIMIT 1"  # noqa: S608 (a name of our own models)


class Due(models.Model):
    """`due_at` is when to act (null: nothing to do); `claimed_until` ends the lease of the worker that acts."""

    due_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveIntegerField(default=0, editable=False)

    objects = DueQuerySet.as_manager()

    class Meta:
        abstract = True
