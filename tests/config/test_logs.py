"""Logs name rows and kinds of errors, and say nothing of what people wrote or where they are reached."""

import pytest

from config.logs import without_secrets

REFUSED = """Traceback (most recent call last):
psycopg.errors.CheckViolation: new row for relation "tickets_ticket" violates check constraint
DETAIL:  Failing row contains (17, Where is my tent?, my neighbour
says that it was stolen).

The above exception was the direct cause of the following exception:

django.db.utils.IntegrityError: new row violates check constraint
DETAIL:  Failing row contains (17, Where is my tent?).
"""


def logged(words: str) -> str:
    return str(without_secrets(None, "error", {"exception": words})["exception"])


def test_a_row_that_the_database_refused_is_not_quoted() -> None:
    said = logged(REFUSED)
    assert "tent" not in said and "neighbour" not in said
    assert "violates check constraint" in said and "IntegrityError" in said


@pytest.mark.parametrize(
    "secret",
    [
        "nora.whitcombe@example.com",
        "17-0-abcdefghijklmnopqrstuvwxyz",
        "/account/password/MQ/c-1f/",
        "/thanks/NDE:1x:dw/",
    ],
)
def test_addresses_and_links_are_masked_wherever_they_stand(secret: str) -> None:
    assert secret not in logged(f"Not Found: {secret} of 17")


def test_fields_that_hold_what_people_wrote_are_dropped() -> None:
    assert without_secrets(None, "info", {"event": "kept", "subject": "my tent"}) == {"event": "kept"}
