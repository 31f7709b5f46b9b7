"""Whose ticket it is."""

import pytest

from tests.cast import NOW, Cast, complaint
from tests.tickets.actions.facts import by, fresh, kinds, told
from tickets.actions.assigning import assign, move_to_team, take
from tickets.actions.moves import resolve
from tickets.errors import Invalid
from tickets.events import Actor


def test_it_is_taken_and_no_longer_new(cast: Cast) -> None:
    ticket = complaint(cast)
    take(ticket, by=cast.ana, now=NOW)
    assert (fresh(ticket).assignee, fresh(ticket).state) == (cast.ana, "open")
    assert told(ticket).data == {"agent": cast.ana.pk, "name": "Ana Lima", "took": True}


def test_it_is_given_to_somebody_and_put_back(cast: Cast) -> None:
    ticket = complaint(cast)
    assign(ticket, cast.ana, by=by(cast.lee), now=NOW)
    assert (told(ticket).by, told(ticket).data["took"]) == ("Lee Osei", False)
    assign(ticket, None, by=by(cast.lee), now=NOW)
    assert fresh(ticket).assignee is None
    assert told(ticket).data == {"agent": None, "name": "", "took": False}


def test_it_records_nothing_where_nothing_changes(cast: Cast) -> None:
    ticket = complaint(cast)
    take(ticket, by=cast.ana, now=NOW)
    assert take(ticket, by=cast.ana, now=NOW) is None
    assert move_to_team(ticket, cast.deliveries, by=by(cast.ana), now=NOW) is None
    assert kinds(ticket) == ["received", "assigned"]


def test_it_is_given_to_nobody_who_could_not_see_it(cast: Cast) -> None:
    ticket = complaint(cast)
    with pytest.raises(Invalid, match="Moira Penn does not work in Deliveries"):
        assign(ticket, cast.moira, by=by(cast.lee), now=NOW)
    assert fresh(ticket).assignee is None


def test_a_rule_that_assigns_is_no_person_who_acts(cast: Cast) -> None:
    ticket = complaint(cast)
    assign(ticket, cast.ana, by=Actor("rule", 1, "Round robin"), now=NOW)
    assert (fresh(ticket).assignee, fresh(ticket).state) == (cast.ana, "new")


def test_it_moves_to_another_team_and_who_cannot_follow_lets_go(cast: Cast) -> None:
    ticket = complaint(cast)
    take(ticket, by=cast.ana, now=NOW)
    move_to_team(ticket, cast.returns, by=by(cast.ana), now=NOW)
    assert (fresh(ticket).team, fresh(ticket).assignee) == (cast.returns, None)
    assert told(ticket).data["from"] == "Deliveries" and told(ticket).data["to_team"] == cast.returns.pk


def test_a_supervisor_keeps_it_wherever_it_moves(cast: Cast) -> None:
    ticket = complaint(cast)
    take(ticket, by=cast.lee, now=NOW)
    move_to_team(ticket, cast.returns, by=by(cast.lee), now=NOW)
    assert fresh(ticket).assignee == cast.lee


def test_a_settled_ticket_can_be_given_and_stays_settled(cast: Cast) -> None:
    ticket = complaint(cast)
    resolve(ticket, by=by(cast.ana), now=NOW, reason="Rang her.")
    assign(ticket, cast.ana, by=by(cast.lee), now=NOW)
    assert fresh(ticket).state == "resolved"
