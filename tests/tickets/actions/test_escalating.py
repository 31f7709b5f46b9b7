"""Raising a ticket, taking that up, warning and extending: what the verbs record."""

from datetime import timedelta

import pytest

from tests.cast import NOW, Cast, complaint
from tests.tickets.actions.facts import by, fresh, kinds, told
from tickets.actions import escalating
from tickets.actions.escalating import Raise
from tickets.errors import Invalid
from tickets.events import Actor

CLOCK = Actor.clock("First reply")


def test_it_raises_a_ticket_with_the_reason_in_words(cast: Cast) -> None:
    ticket = complaint(cast)
    escalating.escalate(ticket, 2, " She is in tears. ", by=by(cast.ana), now=NOW)
    assert fresh(ticket).level == 2
    assert told(ticket).kind == "escalated"
    assert told(ticket).data == {"level": 2, "reason": "She is in tears."}


@pytest.mark.parametrize(("level", "reason"), [(0, "Why"), (4, "Why"), (1, ""), (1, " \n")])
def test_it_knows_three_levels_and_wants_a_reason(cast: Cast, level: int, reason: str) -> None:
    ticket = complaint(cast)
    with pytest.raises(Invalid):
        escalating.escalate(ticket, level, reason, by=by(cast.ana), now=NOW)
    assert kinds(ticket) == ["received"]


def test_many_are_raised_together_or_none(cast: Cast) -> None:
    one, two = complaint(cast), complaint(cast, email="jo@example.com")
    with pytest.raises(Invalid):
        escalating.escalate_all([Raise(one.pk, 1, "Late", CLOCK), Raise(two.pk, 9, "Late", CLOCK)], now=NOW)
    assert (kinds(one), kinds(two)) == (["received"], ["received"])
    escalating.escalate_all([Raise(one.pk, 1, "Late", CLOCK), Raise(two.pk, 2, "Very late", CLOCK)], now=NOW)
    assert (told(one).data, told(two).data["level"]) == ({"level": 1, "reason": "Late"}, 2)


def test_somebody_takes_it_up(cast: Cast) -> None:
    ticket = complaint(cast)
    escalating.escalate(ticket, 1, "Late", by=CLOCK, now=NOW)
    escalating.acknowledge(ticket, by=by(cast.lee), now=NOW)
    assert (told(ticket).kind, told(ticket).by) == ("acknowledged", "Lee Osei")


def test_a_clock_warns(cast: Cast) -> None:
    ticket, due_at = complaint(cast), NOW + timedelta(hours=1)
    escalating.warn(ticket, "First reply", due_at, by=CLOCK, now=NOW)
    assert told(ticket).kind == "clock_warned"
    assert told(ticket).data == {"label": "First reply", "due_at": due_at.isoformat()}


def test_a_clock_is_extended_with_a_reason_to_a_time_that_is_to_come(cast: Cast) -> None:
    ticket, until = complaint(cast), NOW + timedelta(days=1)
    for bad_until, bad_reason in [(NOW, "Parts"), (until, " ")]:
        with pytest.raises(Invalid):
            escalating.extend(ticket, 1, "Resolution", bad_until, bad_reason, by=by(cast.lee), now=NOW)
    escalating.extend(ticket, 1, "Resolution", until, "Parts come tomorrow", by=by(cast.lee), now=NOW)
    assert told(ticket).kind == "clock_extended"
    assert told(ticket).data["reason"] == "Parts come tomorrow"
