"""The clocks of a ticket: what starts, pauses and stops them, as the design's section on time says."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from escalation.defaults import ensure_calendar
from escalation.details import explained
from escalation.models import Clock, SlaPolicy, WorkCalendar
from tests.cast import change_all
from tickets import due_work
from tickets.actions import assigning, escalating, moves, triage
from tickets.events import Actor
from tickets.models import Participant, Team, Ticket

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FIRST, NEXT, RESOLUTION = "first_response", "next_response", "resolution"


def running(ticket):
    return {clock.kind: clock for clock in Clock.objects.filter(ticket=ticket, stopped_at=None)}


def test_a_complaint_starts_the_first_reply_and_the_resolution(policy, complain, monday):
    clocks = running(complain(monday))
    assert set(clocks) == {FIRST, RESOLUTION}
    assert clocks[FIRST].started_at == monday
    assert (clocks[FIRST].warn_at, clocks[FIRST].deadline) == (monday + 3 * HOUR, monday + 4 * HOUR)
    assert clocks[RESOLUTION].deadline == monday + 10 * HOUR


def test_the_ticket_shows_the_clock_that_is_due_next(policy, complain, monday):
    ticket = complain(monday)
    ticket.refresh_from_db()
    assert (ticket.next_label, ticket.next_due_at) == ("First reply", monday + 4 * HOUR)


def test_a_team_without_policy_has_no_clocks(complain, monday):
    ticket = complain(monday)
    ticket.refresh_from_db()
    assert not Clock.objects.exists()
    assert ticket.next_due_at is None


def test_the_first_answer_of_a_person_stops_the_first_reply_as_of_its_writing(policy, complain, reply, monday):
    ticket = complain(monday)
    reply(ticket, monday + HOUR)
    stopped = Clock.objects.get(ticket=ticket, kind=FIRST)
    assert (stopped.stopped_at, stopped.ended, stopped.due_at) == (monday + HOUR, "answered", None)
    assert set(running(ticket)) == {RESOLUTION}


def test_a_second_message_before_any_answer_leaves_the_first_reply_as_it_is(policy, complain, write, monday):
    ticket = complain(monday)
    write(ticket, monday + HOUR)
    assert running(ticket)[FIRST].started_at == monday
    assert NEXT not in running(ticket)


def test_the_next_reply_counts_from_the_oldest_unanswered_words(policy, complain, reply, write, monday):
    ticket = complain(monday)
    reply(ticket, monday + HOUR)
    write(ticket, monday + 2 * HOUR)
    write(ticket, monday + 3 * HOUR)
    clock = running(ticket)[NEXT]
    assert (clock.started_at, clock.deadline) == (monday + 2 * HOUR, monday + 4 * HOUR)


def test_resolution_does_not_count_while_we_wait_for_the_customer(policy, complain, reply, write, monday):
    ticket = complain(monday)
    reply(ticket, monday + 2 * HOUR)
    assert running(ticket)[RESOLUTION].paused_at == monday + 2 * HOUR
    ticket.refresh_from_db()
    assert ticket.next_due_at is None
    write(ticket, monday + 5 * HOUR)
    clock = running(ticket)[RESOLUTION]
    assert (clock.paused_at, clock.paused_seconds) == (None, 3 * 3600)
    assert clock.deadline == monday + 13 * HOUR
    assert "3 hours of waiting for the customer do not count" in explained(clock, monday + 6 * HOUR)


def test_a_pause_lasts_no_longer_than_its_cap(policy, complain, reply, write, monday):
    ticket = complain(monday)
    reply(ticket, monday + 2 * HOUR)
    paused = running(ticket)[RESOLUTION]
    assert paused.due_at == monday + 22 * HOUR
    due_work.do("clocks", monday + 22 * HOUR)
    clock = running(ticket)[RESOLUTION]
    assert (clock.paused_at, clock.paused_seconds, clock.deadline) == (None, 20 * 3600, monday + 30 * HOUR)
    moves.reopen(ticket, by=Actor.system(), now=monday + 23 * HOUR)
    moves.wait_for_customer(ticket, by=Actor.system(), now=monday + 24 * HOUR)
    assert running(ticket)[RESOLUTION].paused_at is None


def test_a_pause_that_was_noticed_late_still_counts_no_more_than_its_cap(policy, complain, reply, write, monday):
    ticket = complain(monday)
    reply(ticket, monday + 2 * HOUR)
    write(ticket, monday + 50 * HOUR)
    assert running(ticket)[RESOLUTION].deadline == monday + 30 * HOUR


@pytest.mark.parametrize("settle", ["resolve", "close", "spam"])
def test_all_clocks_stop_when_it_is_settled_or_set_aside(policy, complain, monday, settle):
    ticket, now, by = complain(monday), monday + HOUR, Actor.system()
    if settle == "spam":
        triage.mark_spam(ticket, by=by, now=now)
    else:
        moves.resolve(ticket, by=by, now=now, reason="Told us by phone that it is fine")
    if settle == "close":
        moves.close(ticket, by=by, now=now)
    assert not running(ticket)
    assert {clock.ended for clock in Clock.objects.all()} == {"set_aside" if settle == "spam" else "settled"}


def test_opening_again_starts_a_new_resolution_and_keeps_the_old_one(policy, complain, reply, write, monday):
    ticket = complain(monday)
    reply(ticket, monday + HOUR, then="resolved")
    write(ticket, monday + 30 * HOUR)
    assert running(ticket)[RESOLUTION].started_at == monday + 30 * HOUR
    assert running(ticket)[NEXT].started_at == monday + 30 * HOUR
    assert Clock.objects.filter(ticket=ticket, kind=RESOLUTION).count() == 2


def test_a_ticket_taken_back_from_spam_still_counts_from_the_customers_words(policy, complain, monday):
    ticket = complain(monday)
    triage.mark_spam(ticket, by=Actor.system(), now=monday + HOUR)
    triage.unmark_spam(ticket, by=Actor.system(), now=monday + 2 * HOUR)
    assert running(ticket)[FIRST].deadline == monday + 4 * HOUR


def test_another_priority_puts_another_target_in_the_clocks_place(policy, complain, monday):
    SlaPolicy.objects.create(
        team=policy.team, priority="urgent", calendar=policy.calendar, ladder=policy.ladder, first_response=3600
    )
    ticket = complain(monday)
    triage.set_priority(ticket, "urgent", by=Actor.system(), now=monday + HOUR / 2)
    clock = running(ticket)[FIRST]
    assert (clock.started_at, clock.deadline) == (monday, monday + HOUR)
    old = Clock.objects.get(ticket=ticket, kind=FIRST, ended="retargeted")
    assert (old.deadline, old.stopped_at) == (monday + 4 * HOUR, monday + HOUR / 2)


def test_a_priority_with_the_same_targets_changes_no_clock(policy, complain, monday):
    ticket = complain(monday)
    before = {clock.pk for clock in running(ticket).values()}
    triage.set_priority(ticket, "high", by=Actor.system(), now=monday + HOUR)
    assert {clock.pk for clock in running(ticket).values()} == before


def test_a_team_without_policy_stops_the_clocks_and_another_begins_them_again(policy, complain, monday):
    ticket = complain(monday)
    bare = Team.objects.create(name="Boots", slug="boots")
    assigning.move_to_team(ticket, bare, by=Actor.system(), now=monday + HOUR)
    assert not running(ticket)
    assigning.move_to_team(ticket, policy.team, by=Actor.system(), now=monday + 2 * HOUR)
    assert running(ticket)[FIRST].deadline == monday + 4 * HOUR


def test_an_extension_moves_the_deadline_and_is_told(policy, complain, monday):
    ticket = complain(monday)
    clock = running(ticket)[FIRST]
    until = monday + 8 * HOUR
    escalating.extend(
        ticket, clock.pk, clock.label, until, "Waiting for the maker", by=Actor.system(), now=monday + HOUR
    )
    clock.refresh_from_db()
    assert (clock.deadline, clock.warn_at) == (until, until - HOUR)
    assert "Waiting for the maker" in explained(clock, monday + 2 * HOUR)
    ticket.refresh_from_db()
    assert ticket.next_due_at == until


def test_an_extension_after_the_deadline_keeps_the_breach_on_record(policy, complain, monday):
    ticket = complain(monday)
    due_work.do("clocks", monday + 5 * HOUR)
    missed = running(ticket)[FIRST]
    until = monday + 8 * HOUR
    escalating.extend(
        ticket, missed.pk, missed.label, until, "The maker is closed", by=Actor.system(), now=monday + 6 * HOUR
    )
    missed.refresh_from_db()
    assert (missed.breached_at, missed.ended) == (monday + 4 * HOUR, "retargeted")
    assert running(ticket)[FIRST].deadline == until


def test_a_deadline_that_nobody_noticed_is_stamped_when_the_answer_stops_the_clock(policy, complain, reply, monday):
    ticket = complain(monday)
    reply(ticket, monday + 6 * HOUR)
    assert Clock.objects.get(ticket=ticket, kind=FIRST).breached_at == monday + 4 * HOUR


def test_targets_are_counted_in_the_teams_working_hours(policy, complain, monday):
    change_all(SlaPolicy, calendar=ensure_calendar())
    clock = running(complain(monday + 6 * HOUR))[FIRST]  # 16:00 in London, which closes at 17:30
    assert clock.deadline == monday + 25.5 * HOUR  # Tuesday 11:30 in London, 10:30 UTC


def test_a_policy_changed_later_leaves_running_clocks_alone(policy, complain, monday):
    ticket = complain(monday)
    change_all(SlaPolicy, first_response=60)
    moves.put_on_hold(ticket, monday + 9 * HOUR, by=Actor.system(), now=monday + HOUR)
    assert running(ticket)[FIRST].deadline == monday + 4 * HOUR


def test_a_change_that_is_rolled_back_leaves_no_clock(policy, complain, monday):
    with pytest.raises(RuntimeError), transaction.atomic():
        complain(monday)
        assert Clock.objects.count() == 2
        raise RuntimeError
    assert not Clock.objects.exists()
    assert not Ticket.objects.exists()


def test_a_calendar_that_never_gets_there_costs_no_complaint(policy, complain, monday):
    change_all(
        WorkCalendar,
        **dict.fromkeys(["tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], ""),
        monday="00:00-00:01",
    )
    change_all(SlaPolicy, first_response=366 * 24 * 3600)
    assert complain(monday).pk
    assert not Clock.objects.exists()


def test_the_database_holds_one_running_clock_of_a_kind(policy, complain, monday):
    clock = running(complain(monday))[FIRST]
    clock.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        clock.save(force_insert=True)


def test_the_mail_says_by_when_they_hear(policy, complain, monday):
    ticket = complain(monday)
    mail = ticket.outgoing_mails.get(kind="acknowledgement")
    assert "by Monday 11 May, 14:00" in mail.text  # 13:00 UTC on the wall in London
    assert Participant.objects.get(ticket=ticket)


def test_intake_costs_few_queries(policy, complain, monday, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as seen:
        complain(monday)
    ours = [query["sql"] for query in seen.captured_queries if "escalation_" in query["sql"]]
    assert len(ours) <= 5, ours
