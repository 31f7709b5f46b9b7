"""Is it settled? What asking and the customer's word leave behind."""

from datetime import timedelta

import pytest

from tests.cast import NOW, Cast, complaint, participant
from tests.tickets.actions.facts import by, fresh, kinds, told
from tickets.actions import moves, settling
from tickets.actions.customers import customer_at, take_part
from tickets.actions.triage import mark_spam
from tickets.errors import IllegalMove
from tickets.lists import STEPS
from tickets.models import OutgoingMail, Participant, Ticket

DAY = timedelta(days=1)


@pytest.fixture
def resolved(cast: Cast) -> Ticket:
    ticket = complaint(cast)
    moves.resolve(ticket, by=by(cast.ana), now=NOW, reason="Rang her.")
    return fresh(ticket)


def questions() -> list[str]:
    return list(OutgoingMail.objects.filter(kind="settled").order_by("pk").values_list("recipient", flat=True))


def test_it_asks_who_complained_and_nobody_in_copy(resolved: Ticket, cast: Cast) -> None:
    take_part(resolved, customer_at("jo@example.com", "Jo", NOW), "Jo", Participant.Role.CC)
    settling.ask_if_settled(resolved, now=NOW)
    assert questions() == [cast.nora]
    assert (told(resolved).kind, told(resolved).data) == ("asked_if_settled", {"again": False})


def test_it_asks_nothing_of_what_is_not_resolved(cast: Cast) -> None:
    ticket = complaint(cast)
    assert settling.ask_if_settled(ticket, now=NOW) is None
    assert (questions(), kinds(ticket)) == ([], ["received"])


def test_yes_closes_and_the_mend_is_whole(resolved: Ticket, cast: Cast) -> None:
    settling.say_settled(participant(resolved), now=NOW + DAY)
    ticket = fresh(resolved)
    assert (ticket.state, set(ticket.mended or {})) == ("closed", set(STEPS))
    assert (told(ticket).kind, told(ticket).by) == ("said_settled", "Nora Whitcombe")
    assert told(ticket).data == {"from": "resolved", "to": "closed"}
    assert settling.say_settled(participant(resolved), now=NOW + DAY) is None


@pytest.mark.parametrize("closed", [False, True])
def test_no_opens_it_again_whatever_state_it_was_in(resolved: Ticket, cast: Cast, closed: bool) -> None:
    if closed:
        moves.close(resolved, by=by(cast.ana), now=NOW)
    settling.say_not_settled(participant(resolved), now=NOW + DAY)
    ticket = fresh(resolved)
    assert (ticket.state, ticket.waiting_since, ticket.settled_at) == ("open", NOW + DAY, None)
    assert told(ticket).kind == "said_not_settled"


def test_what_is_spam_listens_to_no_button(cast: Cast) -> None:
    ticket = complaint(cast)
    mark_spam(ticket, by=by(cast.ana), now=NOW)
    for say in (settling.say_settled, settling.say_not_settled):
        with pytest.raises(IllegalMove):
            say(participant(ticket), now=NOW)
    assert fresh(ticket).state == "spam"
