"""What a mail costs the database: few statements, however often it is asked again what seldom changes."""

from email.message import EmailMessage

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.story import letter
from tests.tickets.mail.arriving import arrives
from tickets.models import OutgoingMail, kept

pytestmark = pytest.mark.django_db
NEW, ANSWER = 16, 16  # statements, the savepoint of a test taking the place of the transaction
LOCK = 1  # on PostgreSQL, where copies of a mail are read one after the other


@pytest.fixture(autouse=True)
def kept_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "SECONDS", 600)


def statements_for(cast: Cast, mail: EmailMessage) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        arrives(cast, mail)
    return [query["sql"] for query in asked]


def test_a_mail_of_somebody_new_and_the_answer_to_its_acknowledgement(cast: Cast) -> None:
    arrives(cast, letter("Jo <jo@example.com>", "Boots", "They leak.", Message_ID="<1@example.com>"))
    new = letter("Al <al@example.com>", "Laces", "They tore.", Message_ID="<2@example.com>")
    lock = LOCK if connection.vendor == "postgresql" else 0
    begun = statements_for(cast, new)
    assert len(begun) == NEW + lock, "\n".join(begun)
    ours = OutgoingMail.objects.get(recipient="al@example.com")
    answer = letter("Al <al@example.com>", "Re: Laces", "Still torn.", Message_ID="<3@example.com>")
    answer["In-Reply-To"] = f"<{ours.mail_id}>"
    answered = statements_for(cast, answer)
    assert len(answered) == ANSWER + lock, "\n".join(answered)
