"""Single rows by statements that are compiled once.

Django compiles every statement anew, which costs as much as the database takes for it, and a mail writes a dozen rows.
So here the statement of a model and its fields is kept; values pass through the fields as in Django. It sends no
signals, calls no `save`, and knows no field that sets itself (auto_now): no model written here has any.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, JSONField, Model

PLAIN = {str, int, float, bool}


def insert(*rows: Model) -> None:
    """Insert new rows of one model and give them the numbers that the database made. Raises IntegrityError as `save` does."""
    _insert(rows, "")


def insert_new(row: Model) -> bool:
    """Insert a row unless there is one that it must not repeat (a unique constraint); answers whether it was inserted.

    Nothing fails by that, so that what else is written in the transaction needs no savepoint to stand.
    """
    return _insert([row], " ON CONFLICT DO NOTHING")


def update(row: Model, names: Sequence[str], **still: Any) -> bool:
    """Write these fields of a row, if it is there and other fields `still` have these values; answers whether it was."""
    fields, sql = _updating(type(row), tuple(names), tuple(still))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*_values(row, fields), row.pk, *still.values()])
        return bool(cursor.rowcount)


def exists(model: type[Model], **having: Any) -> bool:
    """Whether there is a row whose fields have these values (None: that hold nothing).

    Asked first where mostly there is none, so that what is asked of the row is compiled and read only where there is one.
    """
    given = [value for value in having.values() if value is not None]
    with connection.cursor() as cursor:
        cursor.execute(_asking(model, tuple((name, value is None) for name, value in having.items())), given)
        return cursor.fetchone() is not None


def _insert(rows: Sequence[Model], on_conflict: str) -> bool:
    """Whether the rows were inserted."""
    model = type(rows[0])
    fields = _inserted(model)
    with connection.cursor() as cursor:
        values = [value for row in rows for value in _values(row, fields)]
        cursor.execute(_insertion(model, len(rows), on_conflict), values)
        numbers = cursor.fetchall()
    for row, (number,) in zip(rows, numbers, strict=False):
        row.pk, row._state.adding, row._state.db = number, False, connection.alias
    return bool(numbers)


def _values(row: Model, fields: Sequence[Field]) -> list[Any]:
    database = connections[DEFAULT_DB_ALIAS]  # found once: each field asks it for its operations
    return [_value(getattr(row, field.attname), field, database) for field in fields]


def _value(value: Any, field: Field, database: Any) -> Any:
    """What the database is given; plain texts, numbers and nothing are given as they are, but for JSON."""
    if value is None or (type(value) in PLAIN and not isinstance(field, JSONField)):
        return value
    return field.get_db_prep_save(value, connection=database)


@cache
def _inserted(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


@cache
def _insertion(model: type[Model], count: int, on_conflict: str) -> str:
    """With the new numbers as its answer, in the order of the rows."""
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in _inserted(model))
    row = f"({', '.join(['%s'] * len(_inserted(model)))})"
    values = ", ".join([row] * count)
    table, number = quoted(model._meta.db_table), quoted(str(model._meta.pk.column))
    return f"INSERT INTO {table} ({columns}) VALUES {values}{on_conflict} RETURNING {number}"  # noqa: S608 (likewise)


@cache
def _updating(model: type[Model], names: tuple[str, ...], still: tuple[str, ...]) -> tuple[list[Field], str]:
    fields = _named(model, names)
    assigned = ", ".join(_is_value(field) for field in fields)
    found = " AND ".join(_is_value(field) for field in [model._meta.pk, *_named(model, still)])
    table = connection.ops.quote_name(model._meta.db_table)
    return fields, f"UPDATE {table} SET {assigned} WHERE {found}"  # noqa: S608 (names of our own models)


@cache
def _asking(model: type[Model], having: tuple[tuple[str, bool], ...]) -> str:
    fields = _named(model, [name for name, _ in having])
    held = [
        f"{connection.ops.quote_name(str(field.column))} IS NULL" if is_nothing else _is_value(field)
        for field, (_, is_nothing) in zip(fields, having, strict=True)
    ]
    table = connection.ops.quote_name(model._meta.db_table)
    return f"SELECT 1 FROM {table} WHERE {' AND '.join(held)} LIMIT 1"  # noqa: S608 (names of our own models)


def _named(model: type[Model], names: Sequence[str]) -> list[Field]:
    return [field for field in map(model._meta.get_field, names) if isinstance(field, Field)]


def _is_value(field: Field) -> str:
    return f"{connection.ops.quote_name(str(field.column))} = %s"
