"""How did we handle this? The customer's word on a closed ticket: who may give it, when, and what it leaves behind."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from tests.cast import NOW, Cast, answer, complaint, participant
from tests.tickets.actions.facts import by, fresh, kinds, told
from tickets.actions import moves, settling
from tickets.actions.customers import customer_at, take_part
from tickets.actions.rating import MOST, rate
from tickets.actions.triage import mark_spam, unmark_spam
from tickets.errors import Invalid, NotAllowed, TooLate
from tickets.models import Participant, Rating, Ticket

HOUR = timedelta(hours=1)


@pytest.fixture
def closed(cast: Cast) -> Ticket:
    """Resolved, and Nora says that it is settled."""
    ticket = complaint(cast)
    moves.resolve(ticket, by=by(cast.ana), now=NOW, reason="Rang her.")
    settling.say_settled(participant(ticket), now=NOW)
    return fresh(ticket)


def test_it_keeps_the_score_and_the_words_and_records_both(closed: Ticket, cast: Cast) -> None:
    rate(participant(closed), 4, "  Ring before you come.\n", now=NOW + HOUR)
    rating = Rating.objects.get()
    assert (rating.ticket, rating.participant, rating.settled_at) == (closed, participant(closed), closed.settled_at)
    assert (rating.score, rating.comment, rating.rated_at) == (4, "Ring before you come.", NOW + HOUR)
    assert (told(closed).kind, told(closed).by) == ("rated", "Nora Whitcombe")
    facts = {"rating": rating.pk, "score": 4, "was": None, "comment": "Ring before you come."}
    assert told(closed).data == facts
    assert fresh(closed).state == "closed"


@pytest.mark.parametrize(("score", "kind"), [(1, "rated_low"), (2, "rated_low"), (3, "rated"), (5, "rated")])
def test_a_low_score_is_a_fact_of_its_own_so_that_it_is_seen(closed: Ticket, score: int, kind: str) -> None:
    rate(participant(closed), score, "", now=NOW)
    assert told(closed).kind == kind


def test_the_same_person_changes_it_and_it_stays_one(closed: Ticket) -> None:
    rate(participant(closed), 2, "Slow.", now=NOW)
    rate(participant(closed), 5, "", now=NOW + HOUR)
    assert (Rating.objects.get().score, Rating.objects.get().comment) == (5, "")
    assert (told(closed).kind, told(closed).data["was"]) == ("rated", 2)


def test_the_same_words_again_are_no_news(closed: Ticket) -> None:
    rate(participant(closed), 5, "Thanks.", now=NOW)
    assert rate(participant(closed), 5, "Thanks. ", now=NOW + HOUR) is None
    assert kinds(closed).count("rated") == 1


def test_each_settlement_is_rated_anew(closed: Ticket, cast: Cast) -> None:
    rate(participant(closed), 1, "", now=NOW)
    answer(closed, "It broke again.", now=NOW + HOUR)
    moves.resolve(closed, by=by(cast.ana), now=NOW + 2 * HOUR, reason="Sent another.")
    moves.close(closed, by=by(cast.ana), now=NOW + 3 * HOUR)
    rate(participant(closed), 5, "", now=NOW + 4 * HOUR)
    assert list(Rating.objects.values_list("score", flat=True)) == [1, 5]


def test_what_was_taken_for_spam_meanwhile_is_the_same_settlement(closed: Ticket, cast: Cast) -> None:
    rate(participant(closed), 3, "", now=NOW)
    mark_spam(closed, by=by(cast.ana), now=NOW)
    unmark_spam(closed, by=by(cast.ana), now=NOW)
    rate(participant(closed), 4, "", now=NOW)
    assert Rating.objects.get().score == 4


def test_nothing_is_rated_before_it_is_closed(cast: Cast) -> None:
    ticket = complaint(cast)
    with pytest.raises(TooLate, match="not closed now"):
        rate(participant(ticket), 5, "", now=NOW)
    moves.resolve(ticket, by=by(cast.ana), now=NOW, reason="Rang her.")
    with pytest.raises(TooLate):
        rate(participant(ticket), 5, "", now=NOW)
    assert not Rating.objects.exists()


def test_it_cannot_be_changed_once_it_is_open_again(closed: Ticket) -> None:
    rate(participant(closed), 2, "", now=NOW)
    settling.say_not_settled(participant(closed), now=NOW)
    with pytest.raises(TooLate):
        rate(participant(closed), 1, "", now=NOW)


def joining(ticket: Ticket, role: str) -> Participant:
    return take_part(ticket, customer_at("jo@example.com", "Jo", NOW), "Jo", role)


def test_somebody_in_copy_rates_nothing(closed: Ticket) -> None:
    with pytest.raises(NotAllowed):
        rate(joining(closed, Participant.Role.CC), 1, "", now=NOW)


def test_nobody_changes_what_somebody_else_said(closed: Ticket) -> None:
    rate(participant(closed), 5, "", now=NOW)
    with pytest.raises(NotAllowed, match="Somebody else"):
        rate(joining(closed, Participant.Role.CUSTOMER), 1, "", now=NOW)
    assert Rating.objects.get().score == 5


@pytest.mark.parametrize("score", [0, 6, -1])
def test_it_refuses_what_is_no_score(closed: Ticket, score: int) -> None:
    with pytest.raises(Invalid, match="one of the five faces"):
        rate(participant(closed), score, "", now=NOW)
    assert kinds(closed)[-1] == "said_settled"


def test_it_refuses_a_comment_without_end_and_says_how_much_fits(closed: Ticket) -> None:
    with pytest.raises(Invalid, match="2,001 characters long; 2,000 fit"):
        rate(participant(closed), 3, "x" * (MOST + 1), now=NOW)


@pytest.mark.parametrize(("typed", "kept"), [("a\0b", "ab"), ("\0", ""), (" \n ", "")])
def test_it_leaves_out_what_no_database_holds(closed: Ticket, typed: str, kept: str) -> None:
    rate(participant(closed), 3, typed, now=NOW)
    assert Rating.objects.get().comment == kept


@pytest.mark.parametrize("score", [0, 6])
def test_the_database_holds_no_other_score(closed: Ticket, score: int) -> None:
    with pytest.raises(IntegrityError):
        Rating.objects.create(ticket=closed, settled_at=NOW, participant=participant(closed), score=score, rated_at=NOW)


def test_the_database_holds_one_a_settlement(closed: Ticket) -> None:
    rate(participant(closed), 3, "", now=NOW)
    with pytest.raises(IntegrityError):
        Rating.objects.create(
            ticket=closed, settled_at=closed.settled_at, participant=participant(closed), score=3, rated_at=NOW
        )
