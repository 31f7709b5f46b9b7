"""The doctor names what is wrong, each by its own line, and is quiet where all is well."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from tests.cast import Cast, complaint
from tests.stand_in import KEY, MODEL, stand_in
from tickets import search
from tickets.models import Mailbox, OutgoingMail, RawMail


def examined() -> tuple[int, list[str]]:
    """Its exit status and the lines that name a trouble."""
    out, status = StringIO(), 0
    try:
        call_command("doctor", stdout=out)
    except SystemExit as left:
        status = int(str(left.code))
    return status, [line for line in out.getvalue().splitlines() if line.startswith("✗")]


def delivered(state: str, days: int) -> None:
    since = timezone.now() - timedelta(days=days)
    OutgoingMail.objects.update(state=state, due_at=None, created_at=since)


def test_it_is_quiet_where_all_is_well(cast: Cast) -> None:
    complaint(cast, now=timezone.now())
    delivered("sent", 0)
    assert examined() == (0, [])


@pytest.mark.parametrize("state", ["failed", "bounced", "uncertain"])
def test_it_names_mail_that_did_not_arrive_lately_and_forgets_it_in_time(cast: Cast, state: str) -> None:
    complaint(cast, now=timezone.now())
    delivered(state, 1)
    status, [said] = examined()
    assert status == 1 and "1 mails of the last 3 days did not arrive" in said
    delivered(state, 4)
    assert examined() == (0, [])


def test_it_names_work_that_is_late(cast: Cast) -> None:
    complaint(cast, now=timezone.now() - timedelta(minutes=5))
    status, [said] = examined()
    assert status == 1 and "1 of outgoingmail are late" in said


def test_it_names_mail_that_nobody_reads(cast: Cast) -> None:
    since = timezone.now() - timedelta(minutes=10)
    RawMail.objects.create(mailbox=cast.mailbox, sha256="0", packed=b"", size=0, received_at=since)
    status, [said] = examined()
    assert status == 1 and "1 mails were stored more than five minutes ago" in said


def test_it_names_what_is_missing_all_at_once(cast: Cast) -> None:
    Mailbox.objects.all().delete()
    cast.deliveries.takes_complaints = False
    cast.deliveries.save()
    search.begin(17, "an entry without its ticket")
    status, said = examined()
    assert status == 1 and len(said) == 3


def test_it_asks_the_assistant_where_one_is_plugged_in(cast: Cast, settings: Settings) -> None:
    """With words of no customer; it says nothing of one where there is none."""
    complaint(cast, now=timezone.now())
    delivered("sent", 0)
    with stand_in() as server:
        settings.ASSISTANT_URL, settings.ASSISTANT_KEY, settings.ASSISTANT_MODEL = server.url, KEY, MODEL
        assert examined() == (0, [])
        assert "Kindly wait." in server.heard
        server.status = 401
        assert examined() == (1, ["✗ Assistant: The assistant does not take our key."])
    assert examined() == (1, ["✗ Assistant: The assistant cannot be reached."])
