"""Full text over subject, customer and all that was said: one entry a ticket, written by the verbs.

SQLite keeps it in an FTS5 table, PostgreSQL as a `tsvector`. A query is always quoted word by word, never raw.
"""

import re
import unicodedata

from django.db import connection
from django.db.models import F, Q
from django.db.models.expressions import Combinable, RawSQL

from tickets.models.ticket import TicketQuerySet

TABLE = "tickets_search"
WORDS = 12  # of a query; more narrow nothing
FEW = 1_000  # entries
MOST = 100_000  # characters of one message that are indexed
ROOM = 500_000  # bytes of a tsvector, which PostgreSQL caps at 1 MiB; one message may add some 400,000


def begin(number: int, text: str) -> None:
    """Make the entry of a new ticket."""
    body = "%s" if connection.vendor == "sqlite" else "to_tsvector('simple', %s)"
    key = "rowid" if connection.vendor == "sqlite" else "ticket_id"
    _run(f"INSERT INTO {TABLE} ({key}, body) VALUES (%s, {body})", [number, _indexed(text)])


def add(number: int, text: str) -> None:
    """Add what was said on a ticket to its entry."""
    if connection.vendor == "sqlite":
        _run(f"UPDATE {TABLE} SET body = body || char(10) || %s WHERE rowid = %s", [_indexed(text), number])
    else:
        grown = "CASE WHEN pg_column_size(body) < %s THEN body || to_tsvector('simple', %s) ELSE body END"
        _run(f"UPDATE {TABLE} SET body = {grown} WHERE ticket_id = %s", [ROOM, _indexed(text), number])


def matching(tickets: TicketQuerySet, query: str) -> TicketQuerySet:
    """Those of `tickets` that hold every word of `query`, the last one as the beginning of a word.

    A query of digits alone also finds the ticket of that number. A query without a word finds nothing.
    """
    words = re.findall(r"\w+", _storable(query))[:WORDS]
    if not words:
        return tickets.none()
    is_number = len(words) == 1 and words[0].isdecimal() and len(words[0]) < 16
    return tickets.alias(entry=_entry()).filter(_holds(words) | Q(pk=int(words[0])) if is_number else _holds(words))


def _holds(words: list[str]) -> Q:
    """Few entries are named, so that their tickets are looked up one by one; of many, any page of a list meets enough.

    Without this, PostgreSQL looks through all tickets for a rare word, and SQLite sorts all that hold a common one.
    """
    sql, values = _query(words)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {FEW + 1}", values)
        found = [number for (number,) in cursor.fetchall()]
    return Q(pk__in=found) if len(found) <= FEW else Q(entry__in=RawSQL(sql, values))  # noqa: S611 (quoted parameters)


def _entry() -> Combinable:
    """The number of a ticket's entry. A sum keeps SQLite from looking up and sorting, where it should walk a list."""
    return F("pk") + 0 if connection.vendor == "sqlite" else F("pk")


def entries() -> int:
    """How many tickets have an entry; `doctor` compares it with how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        return int(cursor.fetchone()[0])


def _query(words: list[str]) -> tuple[str, list[str]]:
    if connection.vendor == "sqlite":
        phrase = " ".join(f'"{word}"' for word in words) + "*"
        return f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [phrase]
    phrase = " & ".join(f"'{_plain(word)}'" for word in words) + ":*"
    return f"SELECT ticket_id FROM {TABLE} WHERE body @@ to_tsquery('simple', %s)", [phrase]


def _indexed(text: str) -> str:
    """What PostgreSQL is given: word by word, as queries are, since it would take an address or a link for one word."""
    stored = _storable(text)
    return stored if connection.vendor == "sqlite" else " ".join(re.findall(r"\w+", _plain(stored)))


def _plain(text: str) -> str:
    """Without accents, as SQLite's tokenizer has it."""
    parts = unicodedata.normalize("NFKD", text)
    return text if text.isascii() else "".join(one for one in parts if not unicodedata.combining(one))


def _storable(text: str) -> str:
    return text[:MOST].replace("\0", " ")


def _run(sql: str, values: list[str | int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
