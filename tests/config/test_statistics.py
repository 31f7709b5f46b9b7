"""What the planner of the database knows of its tables; PostgreSQL would gather it by itself."""

import pytest
from django.db import connection

from config.statistics import gather
from tests.cast import Cast, complaint

KNOWN = {
    "sqlite": "SELECT stat FROM sqlite_stat1 WHERE idx = 'ticket_team_state'",
    "postgresql": "SELECT reltuples FROM pg_class WHERE relname = 'tickets_ticket'",
}


@pytest.mark.django_db
def test_the_planner_learns_how_many_tickets_there_are(cast: Cast) -> None:
    for count in range(7):
        complaint(cast, email=f"c{count}@example.com")
    gather()
    with connection.cursor() as cursor:
        cursor.execute(KNOWN[connection.vendor])
        [(known,)] = cursor.fetchall()
    assert float(str(known).split()[0]) == 7
