"""How the desk shows what customers say of us: on the ticket, in their history, and among those who may be won back."""

from datetime import timedelta

import pytest

from tests.cast import NOW, Cast, answer, complaint, desk, participant, reply
from tickets.actions.rating import rate
from tickets.actions.settling import say_settled
from tickets.models import Agent, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
HOUR = timedelta(hours=1)
VIEW = "unhappy_after_closing"


def rated(cast: Cast, score: int, comment: str = "") -> Ticket:
    ticket = complaint(cast)
    reply(ticket, "It is with you tomorrow.", cast.ana, then="resolved")
    say_settled(participant(ticket), now=NOW)
    rate(participant(ticket), score, comment, now=NOW)
    return ticket


def held(agent: Agent) -> list[int]:
    return [row["number"] for row in desk(agent).get_json("tickets/", view=VIEW)["results"]]


def test_the_ticket_shows_the_rating_whole(cast: Cast) -> None:
    ticket = rated(cast, 2, "Ring <b>before</b> you come.")
    assert desk(cast.ana).get_json(f"tickets/{ticket.pk}/")["rating"] == {
        "score": 2,
        "comment": "Ring <b>before</b> you come.",
        "by": "Nora Whitcombe",
        "at": "2026-05-11T10:00:00Z",
    }


def test_a_ticket_that_nobody_rated_has_none(cast: Cast) -> None:
    assert desk(cast.ana).get_json(f"tickets/{complaint(cast).pk}/")["rating"] is None


def test_the_timeline_says_who_rated_it_and_quotes_them(cast: Cast) -> None:
    ticket = rated(cast, 4, "Ring before you come.")
    rate(participant(ticket), 2, "Nobody rang.", now=NOW)
    entries = desk(cast.ana).get_json(f"tickets/{ticket.pk}/timeline/")["results"]
    assert [(entry["event"], entry["words"], entry["quote"]) for entry in entries[-2:]] == [
        ("rated", "Nora Whitcombe rated this 4 of 5", "Ring before you come."),
        ("rated_low", "Nora Whitcombe now rates this 2 of 5, no longer 4", "Nobody rang."),
    ]
    assert entries[-3]["quote"] == ""


def test_the_customers_other_tickets_show_how_each_was_rated(cast: Cast) -> None:
    before, now = rated(cast, 5), complaint(cast)
    shown = desk(cast.ana).get_json(f"tickets/{now.pk}/")["customer"]["tickets"]
    assert {one["number"]: one["rating"] for one in shown} == {before.pk: 5, now.pk: None}


def test_who_rates_us_badly_is_there_to_be_won_back_until_we_write_to_them(cast: Cast) -> None:
    content, unhappy = rated(cast, 4), rated(cast, 1)
    assert held(cast.ana) == [unhappy.pk] and content.pk != unhappy.pk
    assert held(cast.moira) == []
    assert desk(cast.lee).get_json("counts/")["views"][VIEW] == 1
    reply(unhappy, "May I ring you about it?", cast.ana, now=NOW + HOUR, then="")
    unhappy.refresh_from_db()
    assert (unhappy.state, held(cast.ana)) == ("closed", [])


def test_they_leave_the_list_when_they_write_and_when_they_think_better_of_it(cast: Cast) -> None:
    wrote, changed = rated(cast, 1), rated(cast, 1)
    answer(wrote, "It broke again.", now=NOW + HOUR)
    rate(participant(changed), 4, "", now=NOW + HOUR)
    assert held(cast.ana) == []


def test_a_low_rating_of_a_closing_that_is_past_counts_no_more(cast: Cast) -> None:
    ticket = rated(cast, 1)
    answer(ticket, "It broke again.", now=NOW + HOUR)
    say_settled(participant(ticket), now=NOW + 2 * HOUR)
    assert held(cast.ana) == []
