"""The state machine: what holds for every state and every run of moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.errors import IllegalMove
from tickets.states import (
    LABELS,
    MOVES,
    SET_ASIDE,
    SETTLED,
    UNSETTLED,
    WAITING_FOR_US,
    State,
    after_customer_wrote,
    allowed_moves,
    may_move,
)

STATES = st.sampled_from(State)
# One thing that happens to a ticket: the customer writes, or one of us chooses a state.
HAPPENINGS = st.lists(st.one_of(st.just("customer"), STATES), max_size=30)


def after(state: State, happening: str | State) -> State:
    """Where a ticket is after this; a move that is not allowed leaves it where it was."""
    if happening == "customer":
        return after_customer_wrote(state)
    return State(happening) if may_move(state, happening) else state


def test_every_state_is_unsettled_settled_or_set_aside_and_has_its_words_and_moves() -> None:
    assert UNSETTLED | SETTLED | SET_ASIDE == set(State) == set(MOVES) == set(LABELS)
    assert not (UNSETTLED & SETTLED or UNSETTLED & SET_ASIDE or SETTLED & SET_ASIDE)
    assert WAITING_FOR_US < UNSETTLED


@given(STATES, STATES)
def test_what_is_listed_is_what_is_allowed(state: State, to: State) -> None:
    assert (to in allowed_moves(state)) is may_move(state, to)


@given(STATES)
def test_no_move_leads_nowhere_or_to_where_one_is(state: State) -> None:
    assert state not in allowed_moves(state)
    assert State.NEW not in allowed_moves(state)
    assert not SET_ASIDE & set(allowed_moves(state))


@given(STATES)
def test_only_what_is_resolved_is_closed_by_one_of_us(state: State) -> None:
    assert may_move(state, State.CLOSED) is (state is State.RESOLVED)


@given(STATES)
def test_whoever_writes_is_waited_for_by_nobody_but_us(state: State) -> None:
    assert (after_customer_wrote(state) in WAITING_FOR_US) is (state not in SET_ASIDE)
    assert after_customer_wrote(after_customer_wrote(state)) is after_customer_wrote(state)


@given(HAPPENINGS)
def test_once_somebody_of_us_has_acted_it_is_never_new_again_and_never_set_aside_by_a_move(lives: list[str]) -> None:
    state, acted = State.NEW, False
    for happening in lives:
        state = after(state, happening)
        acted = acted or state is not State.NEW
        assert (state is State.NEW) is not acted
        assert state not in SET_ASIDE


@given(HAPPENINGS)
def test_from_wherever_it_is_it_can_still_be_mended(lives: list[str]) -> None:
    """No run of moves ends in a corner: it can be opened or is open, then resolved, then closed."""
    state = State.NEW
    for happening in lives:
        state = after(state, happening)
    for to in (State.OPEN, State.RESOLVED, State.CLOSED):
        state = after(state, to)
    assert state is State.CLOSED


@given(HAPPENINGS)
def test_a_customers_words_are_never_left_in_a_drawer(lives: list[str]) -> None:
    state = State.NEW
    for happening in lives:
        state = after(state, happening)
    assert after(state, "customer") in WAITING_FOR_US


@given(STATES, st.sampled_from(["", "nowhere", "NEW", "re-opened"]))
def test_a_word_that_is_no_state_is_an_error_and_no_move(state: State, word: str) -> None:
    with pytest.raises(ValueError, match="is not a valid State"):
        may_move(state, word)


@given(STATES, STATES)
def test_a_refusal_names_both_states_and_every_way_that_there_is(state: State, to: State) -> None:
    refusal = IllegalMove(state, to, allowed_moves(state))
    for named in (state, to, *allowed_moves(state)):
        assert named.replace("_", " ") in str(refusal)
    assert str(refusal).endswith(".")
