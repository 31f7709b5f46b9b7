"""The counts of the left pane."""

from datetime import timedelta

import pytest

from tests.cast import NOW, Cast, complaint, desk
from tickets.actions.assigning import take
from tickets.actions.moves import put_on_hold, resolve, wait_for_customer
from tickets.actions.triage import mark_spam
from tickets.events import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def a_day_of_work(cast: Cast) -> None:
    """Tickets of both teams in every state, some taken."""
    by, until = Actor.agent(cast.ana), NOW + timedelta(days=1)
    made = [complaint(cast, email=f"c{count}@example.com", now=NOW + timedelta(seconds=count)) for count in range(8)]
    theirs = [complaint(cast, email=f"m{count}@example.com", team=cast.returns) for count in range(3)]
    take(made[0], by=cast.ana, now=NOW)
    put_on_hold(made[1], until, by=by, now=NOW)
    for ticket in (made[2], theirs[0]):
        wait_for_customer(ticket, by=by, now=NOW)
    resolve(made[3], by=by, now=NOW, reason="Answered on the telephone")
    mark_spam(made[4], by=by, now=NOW)


@pytest.mark.usefixtures("a_day_of_work")
@pytest.mark.parametrize("name", ["ana", "moira", "lee"])
def test_each_view_holds_as_many_as_it_counts(cast: Cast, name: str) -> None:
    client = desk(getattr(cast, name))
    counted = client.get_json("counts/")["views"]
    held = {view: len(client.get_json("tickets/", view=view)["results"]) for view in counted}
    assert counted == held
    assert counted["all_open"] == {"ana": 6, "moira": 3, "lee": 9}[name]


@pytest.mark.usefixtures("a_day_of_work")
def test_a_team_counts_what_waits_for_us_and_since_when(cast: Cast) -> None:
    [deliveries, returns] = desk(cast.lee).get_json("counts/")["teams"]
    assert (deliveries["name"], deliveries["open"]) == ("Deliveries", 4)
    assert (returns["name"], returns["open"], returns["oldest_waiting_since"]) == ("Returns", 2, "2026-05-11T10:00:00Z")
    [own] = desk(cast.ana).get_json("counts/")["teams"]
    assert own == deliveries


def test_an_empty_queue_is_counted_too(cast: Cast) -> None:
    counted = desk(cast.moira).get_json("counts/")
    assert counted["teams"] == [{"id": cast.returns.pk, "name": "Returns", "open": 0, "oldest_waiting_since": None}]
    assert set(counted["views"].values()) == {0}
