"""The moves of a ticket's state."""

from datetime import timedelta

import pytest

from tests.cast import NOW, Cast, answer, complaint, reply
from tests.tickets.actions.facts import by, fresh, kinds, told
from tickets.actions import moves
from tickets.actions.triage import mark_spam
from tickets.errors import IllegalMove, Invalid
from tickets.events import Actor

LATER = NOW + timedelta(days=2)


def test_it_waits_for_the_customer(cast: Cast) -> None:
    ticket = complaint(cast)
    moves.wait_for_customer(ticket, by=by(cast.ana), now=NOW)
    assert fresh(ticket).state == "waiting_on_customer"
    assert (told(ticket).kind, told(ticket).by) == ("state_changed", "Ana Lima")
    assert told(ticket).data == {"from": "new", "to": "waiting_on_customer", "reason": ""}


def test_it_is_put_on_hold_until_a_time_and_wakes_then(cast: Cast) -> None:
    ticket = complaint(cast)
    moves.put_on_hold(ticket, LATER, by=by(cast.ana), now=NOW, reason="The carrier looks for it")
    assert (fresh(ticket).state, fresh(ticket).wake_at) == ("on_hold", LATER)
    assert told(ticket).data["wake_at"] == LATER.isoformat()
    assert moves.wake(ticket, now=LATER - timedelta(seconds=1)) is None
    moves.wake(ticket, now=LATER)
    assert (fresh(ticket).state, fresh(ticket).wake_at, told(ticket).kind) == ("open", None, "woken")
    assert moves.wake(ticket, now=LATER) is None


@pytest.mark.parametrize("until", [None, NOW, NOW - timedelta(days=1)])
def test_a_hold_needs_a_time_that_is_to_come(cast: Cast, until: object) -> None:
    ticket = complaint(cast)
    with pytest.raises(Invalid, match="a time that is still to come"):
        moves.put_on_hold(ticket, until, by=by(cast.ana), now=NOW)  # type: ignore[arg-type]
    assert kinds(ticket) == ["received"]


def test_it_is_resolved_after_an_answer_or_with_a_reason(cast: Cast) -> None:
    answered, silent = complaint(cast), complaint(cast)
    reply(answered, "It is on its way.", cast.ana)
    moves.resolve(answered, by=by(cast.ana), now=NOW)
    assert (fresh(answered).state, fresh(answered).settled_at) == ("resolved", NOW)
    with pytest.raises(Invalid, match="Nobody has answered this customer yet"):
        moves.resolve(silent, by=by(cast.ana), now=NOW, reason="  ")
    assert fresh(silent).state == "new"
    moves.resolve(silent, by=by(cast.ana), now=NOW, reason="I rang her.")
    assert told(silent).kind == "resolved" and told(silent).data["reason"] == "I rang her."


def test_it_is_closed_and_opened_again_with_the_times_that_go_with_it(cast: Cast) -> None:
    ticket = complaint(cast)
    moves.resolve(ticket, by=by(cast.ana), now=NOW, reason="Rang her.")
    moves.close(ticket, by=Actor.system(), now=LATER, reason="Silence")
    assert (fresh(ticket).state, fresh(ticket).settled_at) == ("closed", NOW)  # settled since it was resolved
    assert (told(ticket).kind, told(ticket).by) == ("closed", "Kintsugi")
    moves.reopen(ticket, by=by(cast.ana), now=LATER, reason="A mistake")
    assert (fresh(ticket).state, fresh(ticket).settled_at, told(ticket).kind) == ("open", None, "reopened")


def test_it_comes_back_from_waiting_without_being_called_reopened(cast: Cast) -> None:
    ticket = complaint(cast)
    moves.wait_for_customer(ticket, by=by(cast.ana), now=NOW)
    moves.reopen(ticket, by=by(cast.ana), now=NOW)
    assert told(ticket).kind == "state_changed"


def test_settling_ends_the_wait_and_writing_again_begins_it(cast: Cast) -> None:
    ticket = complaint(cast)
    assert ticket.waiting_since == NOW
    moves.resolve(ticket, by=by(cast.ana), now=NOW, reason="Rang her.")
    assert fresh(ticket).waiting_since is None
    answer(ticket, "It is not here.", now=LATER)
    assert (fresh(ticket).state, fresh(ticket).waiting_since) == ("open", LATER)


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("closed", "A ticket that is new cannot become closed"),
        ("new", "A ticket that is new cannot become new"),
        ("merged", "it can become open or waiting on customer or on hold or resolved."),
    ],
)
def test_an_illegal_move_names_both_states_and_the_ways(cast: Cast, to: str, sentence: str) -> None:
    ticket = complaint(cast)
    with pytest.raises(IllegalMove, match=sentence) as refused:
        moves.move(ticket, to, by=by(cast.ana), now=NOW)
    assert refused.value.allowed == ["open", "waiting_on_customer", "on_hold", "resolved"]
    assert kinds(ticket) == ["received"]


@pytest.mark.parametrize("to", ["open", "waiting_on_customer", "on_hold", "resolved", "closed"])
def test_what_is_spam_moves_nowhere(cast: Cast, to: str) -> None:
    ticket = complaint(cast)
    mark_spam(ticket, by=by(cast.ana), now=NOW)
    with pytest.raises(IllegalMove, match="nothing until it is taken back"):
        moves.move(ticket, to, by=by(cast.ana), now=NOW, reason="x", wake_at=LATER)
    assert fresh(ticket).state == "spam"


def test_the_dispatcher_takes_every_allowed_way(cast: Cast) -> None:
    for to in ["open", "waiting_on_customer", "on_hold", "resolved"]:
        ticket = complaint(cast)
        moves.move(ticket, to, by=by(cast.ana), now=NOW, reason="x", wake_at=LATER)
        assert fresh(ticket).state == to
