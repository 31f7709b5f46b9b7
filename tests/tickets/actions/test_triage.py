"""Priority, subject, spam and back, and a mood that a person corrects."""

from datetime import timedelta

import pytest

from tests.cast import NOW, Cast, answer, complaint
from tests.tickets.actions.facts import by, fresh, kinds, told
from tickets.actions import moves, triage
from tickets.errors import IllegalMove, Invalid
from tickets.models import Ticket


def test_it_sets_a_priority_and_says_from_which(cast: Cast) -> None:
    ticket = complaint(cast)
    triage.set_priority(ticket, "urgent", by=by(cast.ana), now=NOW)
    assert fresh(ticket).priority == "urgent"
    assert (told(ticket).kind, told(ticket).data) == ("prioritised", {"from": "normal", "to": "urgent"})
    assert triage.set_priority(ticket, "urgent", by=by(cast.ana), now=NOW) is None


@pytest.mark.parametrize("priority", ["", "URGENT", "highest"])
def test_it_knows_four_priorities(cast: Cast, priority: str) -> None:
    with pytest.raises(Invalid, match="low, normal, high, urgent"):
        triage.set_priority(complaint(cast), priority, by=by(cast.ana), now=NOW)


def test_it_changes_the_subject_on_one_line(cast: Cast) -> None:
    ticket = complaint(cast)
    triage.rename(ticket, "  Tent\r\n\0 lost ", by=by(cast.ana), now=NOW)
    assert fresh(ticket).subject == "Tent lost"
    assert told(ticket).data == {"from": "Where is my tent?", "to": "Tent lost"}
    assert triage.rename(ticket, "Tent lost", by=by(cast.ana), now=NOW) is None


@pytest.mark.parametrize("subject", ["", " \0\n", "x" * 301])
def test_a_subject_has_some_words_and_not_too_many(cast: Cast, subject: str) -> None:
    ticket = complaint(cast)
    with pytest.raises(Invalid):
        triage.rename(ticket, subject, by=by(cast.ana), now=NOW)
    assert fresh(ticket).subject == "Where is my tent?"


def hold(ticket: Ticket, cast: Cast) -> None:
    moves.put_on_hold(ticket, NOW + timedelta(days=1), by=by(cast.ana), now=NOW)


def close(ticket: Ticket, cast: Cast) -> None:
    moves.resolve(ticket, by=by(cast.ana), now=NOW, reason="Rang her.")
    moves.close(ticket, by=by(cast.ana), now=NOW)


@pytest.mark.parametrize(
    ("before", "back"), [(None, "new"), (hold, "open"), (close, "closed")], ids=["new", "on hold", "closed"]
)
def test_spam_is_taken_back_to_where_it_was(cast: Cast, before: object, back: str) -> None:
    """From hold it comes back open, since its time may have passed meanwhile."""
    ticket = complaint(cast)
    if callable(before):
        before(ticket, cast)
    triage.mark_spam(ticket, by=by(cast.ana), now=NOW)
    assert (fresh(ticket).state, fresh(ticket).wake_at) == ("spam", None)
    assert triage.mark_spam(ticket, by=by(cast.ana), now=NOW) is None
    triage.unmark_spam(ticket, by=by(cast.ana), now=NOW)
    assert (fresh(ticket).state, fresh(ticket).state_before) == (back, "")
    assert kinds(ticket)[-2:] == ["marked_spam", "unmarked_spam"]


@pytest.mark.parametrize(("before", "back"), [(None, "new"), (close, "open")], ids=["new", "closed"])
def test_words_that_came_while_it_was_spam_are_heard_when_it_is_taken_back(
    cast: Cast, before: object, back: str
) -> None:
    ticket, later = complaint(cast), NOW + timedelta(days=1)
    if callable(before):
        before(ticket, cast)
    waited = fresh(ticket).waiting_since
    triage.mark_spam(ticket, by=by(cast.ana), now=NOW)
    answer(ticket, "I am no machine. Where is it?")
    triage.unmark_spam(ticket, by=by(cast.ana), now=later)
    after = fresh(ticket)
    assert (after.state, after.waiting_since, after.settled_at) == (back, waited or later, None)


def test_only_spam_is_taken_back_from_spam(cast: Cast) -> None:
    ticket = complaint(cast)
    with pytest.raises(IllegalMove):
        triage.unmark_spam(ticket, by=by(cast.ana), now=NOW)
    Ticket.objects.filter(pk=ticket.pk).update(state="merged")
    with pytest.raises(IllegalMove):
        triage.mark_spam(ticket, by=by(cast.ana), now=NOW)
    assert kinds(ticket) == ["received"]
