"""Escalations: opened at the deadline, told once to who is away, climbing until somebody acknowledges."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from escalation.models import Clock, Escalation, LadderLevel, SlaPolicy
from tests.cast import change_all
from tickets import due_work
from tickets.actions import escalating, moves
from tickets.events import Actor
from tickets.models import Agent, OutgoingMail, TicketEvent

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def work(now):
    due_work.do("clocks", now)
    due_work.do("escalations", now)


def open_one(ticket):
    return Escalation.objects.get(ticket=ticket, ended_at=None)


def kinds(ticket):
    return list(TicketEvent.objects.filter(ticket=ticket).order_by("version").values_list("kind", flat=True))


def notices():
    return list(OutgoingMail.objects.filter(kind="notice").order_by("pk").values_list("recipient", flat=True))


def test_it_warns_when_a_quarter_of_the_time_is_left(policy, complain, monday):
    ticket = complain(monday)
    work(monday + 3 * HOUR - MINUTE)
    assert kinds(ticket) == ["received"]
    work(monday + 3 * HOUR)
    work(monday + 3 * HOUR)
    assert kinds(ticket) == ["received", "clock_warned"]
    assert Clock.objects.get(ticket=ticket, kind="first_response").due_at == monday + 4 * HOUR


def test_at_the_deadline_it_is_raised_to_level_1_with_the_reason_in_words(policy, complain, monday):
    ticket = complain(monday)
    work(monday + 4 * HOUR + MINUTE)
    event = TicketEvent.objects.get(ticket=ticket, kind="escalated")
    assert event.by_kind == "clock"
    assert event.data == {"level": 1, "reason": "The first reply was due Monday 11 May, 14:00"}
    ticket.refresh_from_db()
    assert ticket.level == 1
    assert "the first reply is late" in ticket.reasons
    assert Clock.objects.get(ticket=ticket, kind="first_response").breached_at == monday + 4 * HOUR


def test_work_done_twice_raises_and_tells_once(policy, complain, lee, monday):
    ticket = complain(monday)
    for _ in range(3):
        work(monday + 4 * HOUR)
    Escalation.objects.update(claimed_until=None)
    work(monday + 4 * HOUR)
    assert kinds(ticket).count("escalated") == 1
    assert notices() == ["lee@example.org"]


def test_a_row_whose_change_fails_waits_for_the_end_of_its_lease_and_stops_no_other(
    policy, complain, monday, monkeypatch
):
    ticket, other = complain(monday), complain(monday)
    with monkeypatch.context() as broken:
        right = escalating.escalate_all

        def fails_for_one(raises, **more):
            if ticket.pk in {one.ticket for one in raises}:
                raise RuntimeError
            return right(raises, **more)

        broken.setattr(escalating, "escalate_all", fails_for_one)
        assert due_work.do("clocks", monday + 4 * HOUR) == 1
    assert kinds(other)[-1] == "escalated"
    assert kinds(ticket) == ["received"]
    due_work.do("clocks", monday + 4 * HOUR + 2 * MINUTE)
    assert kinds(ticket)[-1] == "escalated"
    assert Clock.objects.get(ticket=ticket, kind="first_response").breached_at == monday + 4 * HOUR


def test_many_at_once_cost_hardly_more_queries_than_one(policy, complain, monday, django_assert_max_num_queries):
    tickets = [complain(monday) for _ in range(40)]
    with django_assert_max_num_queries(40):
        work(monday + 4 * HOUR)
    for ticket in tickets:
        ticket.refresh_from_db()
        assert (ticket.level, ticket.version) == (1, 2)


def test_two_clocks_of_one_ticket_that_run_out_together_raise_it_once(policy, complain, monday):
    ticket = complain(monday)
    work(monday + 11 * HOUR)
    event = TicketEvent.objects.get(ticket=ticket, kind="escalated")
    assert event.data["reason"] == (
        "The first reply was due Monday 11 May, 14:00. It was to be resolved by Monday 11 May, 20:00"
    )
    assert Clock.objects.filter(ticket=ticket, breached_at__isnull=False).count() == 2


def test_a_supervisor_who_is_here_gets_no_mail(policy, complain, lee, monday):
    now = monday + 4 * HOUR
    Agent.objects.filter(pk=lee.pk).update(last_seen_at=now)
    complain(monday)
    work(now)
    assert Escalation.objects.get().told == 1
    assert notices() == []


def test_unacknowledged_it_climbs_to_the_top_and_is_repeated_a_few_times_only(policy, complain, sam, monday):
    ticket, now = complain(monday), monday + 4 * HOUR
    change_all(SlaPolicy, resolution=366 * 24 * 3600)
    Clock.objects.filter(kind="resolution").delete()
    work(now)
    assert open_one(ticket).due_at == now + 15 * MINUTE
    work(now + 14 * MINUTE)
    assert open_one(ticket).level == 1
    work(now + 15 * MINUTE)
    assert open_one(ticket).level == 2
    assert open_one(ticket).reason.startswith("Nobody took up level 1 within 15 minutes. The first reply was due")
    assert notices() == ["lee@example.org", "sam@example.org"]
    for hours in range(1, 12):
        work(now + hours * HOUR)
    assert open_one(ticket).level == 3
    assert notices() == ["lee@example.org"] + 5 * ["sam@example.org"]  # level 2, level 3 and three repetitions
    assert open_one(ticket).due_at is None
    assert Escalation.objects.filter(ticket=ticket, episode=1).count() == 3


def test_acknowledged_it_climbs_no_more_and_says_who(policy, complain, lee, monday):
    ticket, now = complain(monday), monday + 4 * HOUR
    work(now)
    escalating.acknowledge(ticket, by=Actor.agent(lee), now=now + MINUTE)
    work(now + HOUR)
    row = open_one(ticket)
    assert (row.level, row.acknowledged_by, row.acknowledged_at) == (1, "Lee Park", now + MINUTE)
    ticket.refresh_from_db()
    assert ticket.level == 1


def test_a_second_failure_is_at_least_level_2_though_the_first_was_acknowledged(policy, complain, lee, monday):
    ticket, now = complain(monday), monday + 4 * HOUR
    work(now)
    escalating.acknowledge(ticket, by=Actor.agent(lee), now=now + MINUTE)
    work(monday + 10 * HOUR)
    row = open_one(ticket)
    assert (row.level, row.acknowledged_at) == (2, None)
    assert row.reason == "It was to be resolved by Monday 11 May, 20:00"


def test_raised_by_hand_it_is_told_too(policy, complain, ana, monday):
    ticket = complain(monday)
    escalating.escalate(ticket, 1, "She is in tears on the phone", by=Actor.agent(ana), now=monday + HOUR)
    work(monday + HOUR)
    assert (open_one(ticket).raised_by, open_one(ticket).told) == ("Ana Lima", 1)
    mail = OutgoingMail.objects.get(kind="notice")
    assert mail.recipient == "lee@example.org"
    assert "She is in tears on the phone" in mail.text
    assert f"/desk/tickets/{ticket.pk}" in mail.text


def test_raised_again_to_the_same_level_it_must_be_acknowledged_anew(policy, complain, lee, monday):
    ticket, now = complain(monday), monday + HOUR
    escalating.escalate(ticket, 2, "First", by=Actor.agent(lee), now=now)
    escalating.acknowledge(ticket, by=Actor.agent(lee), now=now)
    escalating.escalate(ticket, 2, "Second", by=Actor.agent(lee), now=now + MINUTE)
    assert (open_one(ticket).reason, open_one(ticket).acknowledged_at) == ("Second", None)


def test_settling_the_ticket_ends_the_escalation_and_a_new_one_begins_a_new_episode(policy, complain, reply, monday):
    ticket = complain(monday)
    work(monday + 4 * HOUR)
    reply(ticket, monday + 5 * HOUR, then="resolved")
    ticket.refresh_from_db()
    assert ticket.level == 0
    assert not Escalation.objects.filter(ended_at=None).exists()
    moves.reopen(ticket, by=Actor.system(), now=monday + 6 * HOUR)
    escalating.escalate(ticket, 1, "Again", by=Actor.system(), now=monday + 6 * HOUR)
    assert (open_one(ticket).episode, open_one(ticket).level) == (2, 1)


def test_several_at_once_are_told_in_one_mail(policy, complain, monday):
    tickets = [complain(monday) for _ in range(3)]
    work(monday + 4 * HOUR)
    mail = OutgoingMail.objects.get(kind="notice")
    assert mail.subject == "3 complaints were raised"
    assert all(f"number {ticket.pk}," in mail.text for ticket in tickets)


def test_a_level_may_call_one_person(policy, complain, ana, monday):
    LadderLevel.objects.filter(level=1).update(to="agent", agent=ana)
    complain(monday)
    work(monday + 4 * HOUR)
    assert notices() == ["ana@example.org"]


def test_where_a_level_names_nobody_who_works_here_somebody_still_hears(policy, complain, lee, monday):
    LadderLevel.objects.filter(level=1).update(to="agent", agent=lee)
    Agent.objects.filter(pk=lee.pk).update(is_active=False)
    complain(monday)
    work(monday + 4 * HOUR)
    assert notices() == ["sam@example.org"]


def test_an_urgent_ticket_climbs_the_ladder_of_its_priority(policy, complain, ana, monday):
    from escalation.models import Ladder

    quick = Ladder.objects.create(name="Quick")
    LadderLevel.objects.create(ladder=quick, level=1, to="agent", agent=ana)
    SlaPolicy.objects.create(
        team=policy.team, priority="normal", calendar=policy.calendar, ladder=quick, first_response=60
    )
    complain(monday)
    work(monday + HOUR)
    assert notices() == ["ana@example.org"]


def test_the_database_holds_each_level_of_an_episode_once(policy, complain, monday):
    ticket = complain(monday)
    work(monday + 4 * HOUR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.create(
            ticket=ticket, episode=1, level=1, reason="x", raised_by="x", raised_at=monday, ended_at=monday
        )


def test_a_change_that_is_rolled_back_leaves_no_escalation(policy, complain, monday):
    ticket = complain(monday)
    with pytest.raises(RuntimeError), transaction.atomic():
        escalating.escalate(ticket, 1, "Why", by=Actor.system(), now=monday)
        raise RuntimeError
    assert not Escalation.objects.exists()


@pytest.mark.parametrize("kind", ["clocks", "escalations", "follow_ups", "promises", "wakes"])
def test_nothing_due_costs_one_query(policy, complain, monday, kind, django_assert_num_queries):
    complain(monday)
    with django_assert_num_queries(1):
        assert due_work.do(kind, monday) == 0
