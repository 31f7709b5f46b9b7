"""The search table: FTS5 on SQLite, tsvector on PostgreSQL (see tickets/search.py)."""

from django.db import migrations

SQLITE = "CREATE VIRTUAL TABLE tickets_search USING fts5(body, tokenize = 'unicode61 remove_diacritics 2')"
POSTGRESQL = [
    "CREATE TABLE tickets_search (ticket_id bigint PRIMARY KEY, body tsvector NOT NULL)",
    "CREATE INDEX tickets_search_body ON tickets_search USING gin (body)",
]


def create(apps, schema_editor):
    for sql in [SQLITE] if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(sql)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE tickets_search")


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
