"""What is due is known by its kind, in one query, before anybody is woken for it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast, complaint
from tickets import due_work
from tickets.models import OutgoingMail
from tickets.models.due import LEASE


@pytest.mark.django_db
def test_it_names_each_kind_of_which_a_row_is_due(cast: Cast) -> None:
    assert due_work.due_kinds(NOW) == []
    complaint(cast)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert due_work.due_kinds(NOW) == ["outgoing_mails"]
    assert len(asked) == 1


@pytest.mark.django_db
def test_what_a_worker_holds_is_due_again_once_its_lease_has_run_out(cast: Cast) -> None:
    complaint(cast)
    OutgoingMail.objects.claim(NOW)
    assert due_work.due_kinds(NOW) == []
    assert due_work.due_kinds(NOW + LEASE) == ["outgoing_mails"]
    assert due_work.due_kinds(NOW - timedelta(days=1)) == []
