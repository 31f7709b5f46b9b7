"""What the floor shows of ratings: their mean with its count, who may be won back, and the words as they come."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from time_machine import Traveller

from escalation.models import Escalation
from tests.cast import NOW, Cast, complaint, desk, participant
from tickets.actions.rating import rate
from tickets.actions.settling import say_settled
from tickets.models import Ticket

DAY = timedelta(days=1)


def rated(cast: Cast, score: int, comment: str = "", *, now: datetime = NOW, **fields: Any) -> Ticket:
    ticket = complaint(cast, now=now, **fields)
    say_settled(participant(ticket), now=now)
    rate(participant(ticket), score, comment, now=now)
    return ticket


def shown(cast: Cast, **query: Any) -> dict[str, Any]:
    return {tile["key"]: tile for tile in desk(cast.lee).get_json("floor/", **query)["tiles"]}


@pytest.mark.usefixtures("frozen")
def test_it_shows_the_mean_of_the_last_thirty_days_and_of_how_many_it_is(cast: Cast) -> None:
    rated(cast, 1, now=NOW - 31 * DAY)
    for score in (5, 4, 4):
        rated(cast, score)
    tile = shown(cast)["rated"]
    assert (tile["value"], tile["of"], tile["detail"]) == (4.3, 5, "3 ratings in 30 days")


@pytest.mark.usefixtures("frozen")
def test_it_shows_no_mean_where_nobody_rated_us(cast: Cast) -> None:
    tile = shown(cast)["rated"]
    assert (tile["value"], tile["of"], tile["detail"]) == (None, None, "nobody did yet")


@pytest.mark.usefixtures("frozen")
def test_a_team_has_its_own_mean(cast: Cast) -> None:
    rated(cast, 5)
    rated(cast, 1, team=cast.returns)
    tile = shown(cast, team=cast.returns.pk)["rated"]
    assert (tile["value"], tile["detail"]) == (1.0, "1 rating in 30 days")


def test_it_counts_who_is_unhappy_after_closing_by_the_rule_of_their_view(cast: Cast, frozen: Traveller) -> None:
    assert (shown(cast)["unhappy_after_closing"]["value"], shown(cast)["unhappy_after_closing"]["level"]) == (0, "calm")
    ticket = rated(cast, 2)
    frozen.move_to(NOW + DAY)
    tile = shown(cast)["unhappy_after_closing"]
    assert (tile["value"], tile["level"], tile["detail"], tile["at"]) == (
        1,
        "broken",
        "longest for",
        "2026-05-11T10:00:00Z",
    )
    view = desk(cast.lee).get_json("tickets/", view="unhappy_after_closing")["results"]
    assert [row["number"] for row in view] == [ticket.pk]
    frozen.move_to(NOW + 31 * DAY)
    assert shown(cast)["unhappy_after_closing"]["value"] == 0


@pytest.mark.usefixtures("frozen")
def test_the_stream_tells_it_with_the_beginning_of_their_words(cast: Cast) -> None:
    rated(cast, 1, f"Nobody rang. {'And nobody wrote. ' * 20}")
    told = desk(cast.lee).get_json("floor/")["stream"][0]
    assert (told["kind"], told["words"]) == ("rated_low", "Nora Whitcombe rated this 1 of 5")
    assert told["quote"].startswith("Nobody rang. And nobody") and len(told["quote"]) <= 91


@pytest.mark.usefixtures("frozen")
def test_a_low_rating_opens_nothing_against_the_customers_own_word(cast: Cast) -> None:
    ticket = rated(cast, 1, "Nobody rang.")
    ticket.refresh_from_db()
    assert (ticket.state, ticket.level, Escalation.objects.count()) == ("closed", 0, 0)
