"""How did we handle this? Asked on the page of a closed complaint, answered by a post alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import NOW, Cast, complaint, participant, reply
from tickets import tokens
from tickets.actions.customers import customer_at, take_part
from tickets.actions.rating import rate
from tickets.actions.settling import say_not_settled, say_settled
from tickets.models import Participant, Rating, Ticket
from tickets.tokens import Purpose

pytestmark = pytest.mark.usefixtures("frozen")
ASKED = "How did we handle this?"


def path_of(participant: Participant) -> str:
    return f"/t/{tokens.make(participant, Purpose.PAGE)}/"


@pytest.fixture
def settled(cast: Cast) -> Ticket:
    ticket = complaint(cast)
    reply(ticket, "It is with you tomorrow.", cast.ana, then="resolved")
    say_settled(participant(ticket), now=NOW)
    return ticket


@pytest.fixture
def path(settled: Ticket) -> str:
    return path_of(participant(settled))


def send(client: Client, path: str, **typed: object) -> str:
    return client.post(f"{path}rating/", typed, follow=True).content.decode()


def chosen(page: str) -> list[str]:
    return re.findall(r'name="score" value="(\d)"[^>]* checked', page)


def test_it_asks_only_once_it_is_closed(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    path = path_of(participant(ticket))
    assert ASKED not in client.get(path).content.decode()
    reply(ticket, "It is with you tomorrow.", cast.ana, then="resolved")
    assert ASKED not in client.get(path).content.decode()
    client.post(f"{path}section/settled/", {"answer": "yes"})
    asked = client.get(path).content.decode()
    assert ASKED in asked and "What should we change?" in asked
    assert chosen(asked) == []


@pytest.mark.parametrize(("score", "thanks"), [(5, "We are glad"), (3, "It helps us"), (1, "Those who lead our team")])
def test_it_thanks_in_words_that_fit_and_shows_what_was_said(
    settled: Ticket, path: str, client: Client, score: int, thanks: str
) -> None:
    page = send(client, path, score=score, comment="Ring before you come.")
    assert thanks in page and "Ring before you come." in page
    assert chosen(page) == [str(score)]
    assert Rating.objects.get(ticket=settled).score == score


def test_it_can_be_changed_while_it_is_closed(settled: Ticket, path: str, client: Client) -> None:
    send(client, path, score=2)
    assert chosen(send(client, path, score=4, comment="You rang after all.")) == ["4"]
    assert Rating.objects.get().comment == "You rang after all."


def test_a_look_never_rates_not_even_at_the_address_of_the_form(path: str, client: Client) -> None:
    for looked in (client.get(f"{path}rating/?score=1"), client.head(f"{path}rating/?score=1")):
        assert (looked.status_code, looked.headers["Location"]) == (302, path)
    assert not Rating.objects.exists()


def test_words_without_a_face_are_kept_and_asked_about(path: str, client: Client) -> None:
    answered = client.post(f"{path}rating/", {"comment": "Slow <b>and</b> dear."})
    page = answered.content.decode()
    assert answered.status_code == 422
    assert page.count("Please choose one of the five faces.") == 2  # at the top, and beside the faces
    assert "Slow &lt;b&gt;and&lt;/b&gt; dear." in page and "<b>and</b>" not in page
    assert not Rating.objects.exists()


@pytest.mark.parametrize("score", ["0", "6", "5.5", "five", "١", "\0", "9" * 400])
def test_it_takes_nothing_for_a_score_that_is_none(path: str, client: Client, score: str) -> None:
    answered = client.post(f"{path}rating/", {"score": score})
    assert answered.status_code == 422
    assert "Please choose one of the five faces." in answered.content.decode()


def test_a_comment_too_long_is_kept_and_said_to_be(path: str, client: Client) -> None:
    answered = client.post(f"{path}rating/", {"score": 3, "comment": "x" * 2001})
    page = answered.content.decode()
    assert answered.status_code == 422
    assert "2,001 characters long; 2,000 fit" in page and "x" * 2001 in page
    assert chosen(page) == ["3"]


def test_it_is_too_late_once_it_opened_again(settled: Ticket, path: str, client: Client) -> None:
    say_not_settled(participant(settled), now=NOW + timedelta(hours=1))
    answered = client.post(f"{path}rating/", {"score": 1})
    assert answered.status_code == 409
    assert "Your complaint is not closed now" in answered.content.decode()
    assert ASKED not in answered.content.decode()


def test_a_stranger_rates_nothing(settled: Ticket, client: Client) -> None:
    for token in ("none", tokens.make(participant(settled), Purpose.REPLY)):
        assert client.post(f"/t/{token}/rating/", {"score": 1}).status_code == 404
    assert not Rating.objects.exists()


def test_somebody_in_copy_is_not_asked_and_cannot_answer(settled: Ticket, client: Client) -> None:
    jo = take_part(settled, customer_at("jo@example.com", "Jo", NOW), "Jo", Participant.Role.CC)
    assert ASKED not in client.get(path_of(jo)).content.decode()
    assert client.post(f"{path_of(jo)}rating/", {"score": 1}).status_code == 409
    assert not Rating.objects.exists()


def test_a_second_customer_is_not_asked_what_the_first_has_answered(settled: Ticket, client: Client) -> None:
    jo = take_part(settled, customer_at("jo@example.com", "Jo", NOW), "Jo", Participant.Role.CUSTOMER)
    assert ASKED in client.get(path_of(jo)).content.decode()
    rate(participant(settled), 2, "Nora's own words.", now=NOW)
    page = client.get(path_of(jo)).content.decode()
    assert ASKED not in page and "own words" not in page


def test_many_ratings_in_a_row_are_slowed_down(path: str, client: Client) -> None:
    answers = [client.post(f"{path}rating/", {"score": 1 + n % 5}).status_code for n in range(31)]
    assert (answers[0], answers[-1]) == (302, 429)
