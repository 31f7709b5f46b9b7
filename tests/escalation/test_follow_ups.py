"""Is it settled? Asked, asked once more, then closed; a no opens and escalates; and hold ends by itself."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from escalation import page
from escalation.models import Escalation, FollowUp, Wake
from tickets import due_work, tokens
from tickets.actions import moves, settling
from tickets.errors import Invalid
from tickets.events import Actor
from tickets.models import OutgoingMail, Participant, TicketEvent

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def follow_up(now):
    return due_work.do("follow_ups", now)


def questions():
    return OutgoingMail.objects.filter(kind="settled").count()


def test_resolving_asks_whether_it_is_settled(policy, complain, reply, monday):
    ticket = complain(monday)
    reply(ticket, monday + HOUR, then="resolved")
    assert questions() == 0
    follow_up(monday + HOUR)
    follow_up(monday + HOUR)
    assert questions() == 1
    assert FollowUp.objects.get(ticket=ticket).due_at == monday + HOUR + 3 * DAY


def test_silence_is_asked_once_more_and_then_closes_with_the_reason(policy, complain, reply, monday):
    ticket = complain(monday)
    reply(ticket, monday, then="resolved")
    for day in (0, 2, 3, 5):
        follow_up(monday + day * DAY)
    ticket.refresh_from_db()
    assert (questions(), ticket.state) == (2, "resolved")
    follow_up(monday + 6 * DAY)
    ticket.refresh_from_db()
    assert ticket.state == "closed"
    event = TicketEvent.objects.get(ticket=ticket, kind="closed")
    assert event.data["reason"] == "We asked twice whether it is settled and heard nothing"
    assert follow_up(monday + 30 * DAY) == 0


def test_yes_closes_and_asks_no_more(policy, complain, reply, monday):
    ticket = complain(monday)
    reply(ticket, monday, then="resolved")
    follow_up(monday)
    settling.say_settled(Participant.objects.get(ticket=ticket), now=monday + DAY)
    row = FollowUp.objects.get(ticket=ticket)
    assert (row.answer, row.ended_at) == ("settled", monday + DAY)
    follow_up(monday + 10 * DAY)
    assert questions() == 1


def test_no_opens_it_again_escalated_to_level_1(policy, complain, reply, monday):
    ticket = complain(monday)
    reply(ticket, monday, then="resolved")
    follow_up(monday)
    settling.say_not_settled(Participant.objects.get(ticket=ticket), now=monday + DAY)
    follow_up(monday + DAY)
    follow_up(monday + DAY)
    ticket.refresh_from_db()
    row = Escalation.objects.get(ticket=ticket)
    assert (ticket.state, ticket.level) == ("open", 1)
    assert (row.level, row.reason) == (1, "The customer says that it is not settled")
    assert FollowUp.objects.get(ticket=ticket).answer == "not_settled"


def test_no_clicked_twice_is_one_no(policy, complain, reply, monday):
    ticket = complain(monday)
    reply(ticket, monday, then="resolved")
    first, second = Participant.objects.get(ticket=ticket), Participant.objects.get(ticket=ticket)
    settling.say_not_settled(first, now=monday + DAY)
    follow_up(monday + DAY)
    assert settling.say_not_settled(second, now=monday + DAY) is None
    follow_up(monday + DAY)
    assert Escalation.objects.get(ticket=ticket).level == 1


def test_a_second_no_is_level_2_and_silence_closes_nothing_after_a_no(policy, complain, reply, monday):
    ticket = complain(monday)
    nora = Participant.objects.get(ticket=ticket)
    reply(ticket, monday, then="resolved")
    settling.say_not_settled(nora, now=monday + DAY)
    follow_up(monday + DAY)
    reply(ticket, monday + 2 * DAY, then="resolved")
    for day in range(2, 20):
        follow_up(monday + day * DAY)
    ticket.refresh_from_db()
    assert (ticket.state, questions()) == ("resolved", 1)
    nora.refresh_from_db()
    settling.say_not_settled(nora, now=monday + 20 * DAY)
    follow_up(monday + 20 * DAY)
    assert Escalation.objects.get(ticket=ticket, ended_at=None).level == 2


def test_writing_again_ends_the_question(policy, complain, reply, write, monday):
    ticket = complain(monday)
    reply(ticket, monday, then="resolved")
    follow_up(monday)
    write(ticket, monday + HOUR, "It tore again.")
    follow_up(monday + 10 * DAY)
    ticket.refresh_from_db()
    assert (ticket.state, questions()) == ("open", 1)
    assert FollowUp.objects.get(ticket=ticket).ended_at == monday + HOUR


def test_it_asks_and_closes_without_a_policy_too(complain, reply, monday):
    ticket = complain(monday)
    reply(ticket, monday, then="resolved")
    for day in (0, 3, 6):
        follow_up(monday + day * DAY)
    ticket.refresh_from_db()
    assert ticket.state == "closed"


def test_a_ticket_on_hold_comes_back_by_itself(policy, complain, monday):
    ticket = complain(monday)
    moves.put_on_hold(ticket, monday + DAY, by=Actor.system(), now=monday)
    assert due_work.do("wakes", monday + HOUR) == 0
    due_work.do("wakes", monday + DAY)
    ticket.refresh_from_db()
    assert ticket.state == "open"
    assert not Wake.objects.exists()


def test_a_hold_that_was_ended_or_moved_wakes_at_no_old_time(policy, complain, monday):
    ticket = complain(monday)
    by = Actor.system()
    moves.put_on_hold(ticket, monday + DAY, by=by, now=monday)
    moves.reopen(ticket, by=by, now=monday + HOUR)
    moves.put_on_hold(ticket, monday + 3 * DAY, by=by, now=monday + 2 * HOUR)
    due_work.do("wakes", monday + DAY)
    ticket.refresh_from_db()
    assert ticket.state == "on_hold"
    due_work.do("wakes", monday + 3 * DAY)
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_the_customers_page_asks_only_while_it_is_resolved(policy, complain, reply, monday):
    ticket = complain(monday)
    assert page.values(ticket, monday) is None
    reply(ticket, monday, then="resolved")
    ticket.refresh_from_db()
    assert page.values(ticket, monday) == {"number": ticket.pk}


@pytest.mark.parametrize(("answer", "state"), [("yes", "closed"), ("no", "open")])
def test_a_button_on_the_page_answers_and_a_second_click_changes_nothing(
    policy, complain, reply, monday, answer, state
):
    ticket = complain(monday)
    reply(ticket, monday, then="resolved")
    for _ in range(2):
        ticket.refresh_from_db()
        assert page.act(ticket, QueryDict(f"answer={answer}"), monday + HOUR).startswith("Thank you")
    ticket.refresh_from_db()
    assert ticket.state == state
    assert TicketEvent.objects.filter(ticket=ticket, kind__startswith="said_").count() == 1


def test_an_answer_that_is_neither_yes_nor_no_is_asked_again(policy, complain, monday):
    with pytest.raises(Invalid, match="two buttons"):
        page.act(complain(monday), QueryDict("answer=perhaps"), monday)


def test_the_button_works_through_the_customers_own_page(policy, complain, reply, client):
    now = timezone.now()
    ticket = complain(now)
    reply(ticket, now, then="resolved")
    token = tokens.make(Participant.objects.get(ticket=ticket), tokens.Purpose.PAGE)
    here = reverse("portal:section", args=[token, "settled"])
    shown = client.get(f"/t/{token}/").content.decode()
    assert f'action="{here}"' in shown
    client.get(f"{here}?answer=yes")
    ticket.refresh_from_db()
    assert ticket.state == "resolved"
    client.post(here, {"answer": "yes"})
    ticket.refresh_from_db()
    assert ticket.state == "closed"
    assert "Is it settled?" not in client.get(f"/t/{token}/").content.decode()
