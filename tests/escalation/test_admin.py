"""Calendars, policies and ladders in the settings: whoever is an administrator changes them, nobody else."""

import pytest

from escalation.models import SlaPolicy
from tests.cast import Cast, desk

PAGES = ["workcalendar/", "workcalendar/add/", "slapolicy/", "slapolicy/add/", "ladder/", "ladder/add/"]


@pytest.mark.parametrize("page", PAGES)
def test_they_open_to_administrators_alone(cast: Cast, page: str) -> None:
    assert desk(cast.sam).get(f"/admin/escalation/{page}").status_code == 200
    for other in (cast.ana, cast.lee):
        assert desk(other).get(f"/admin/escalation/{page}").status_code == 302


def test_an_administrator_changes_the_steps_of_a_ladder(cast: Cast, policy: SlaPolicy) -> None:
    page = desk(cast.sam).get(f"/admin/escalation/ladder/{policy.ladder_id}/change/")
    assert "acknowledge_within" in page.content.decode()
