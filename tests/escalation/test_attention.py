"""Risk in points that add up with reasons in words, and what of it the list shows."""

from datetime import timedelta

import pytest

from escalation.risk import Situation, assess
from tickets.actions import assigning, hearing
from tickets.events import Actor
from tickets.models import Agent, Ticket

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("situation", "points", "reasons"),
    [
        (Situation(), 0, []),
        (Situation(unhappy=0.1), 0, []),
        (Situation(unhappy=0.45), 1, ["sounds a little unhappy"]),
        (Situation(unhappy=0.6), 2, ["sounds unhappy"]),
        (Situation(unhappy=0.85), 3, ["sounds very unhappy"]),
        (Situation(signals=["deadline", "leaving"]), 3, ["says they are leaving", "has a day to meet"]),
        (Situation(signals=["manager"]), 0, ["asks for somebody in charge"]),
        (Situation(signals=["legal"], unhappy=0.7), 12, ["speaks of legal action", "sounds unhappy"]),
        (Situation(repeats=3), 2, ["had to write again before we answered"]),
        (Situation(reopenings=1), 2, ["was opened again"]),
        (Situation(reopenings=2), 2, ["was opened again 2 times"]),
        (Situation(owners=2), 0, []),
        (Situation(owners=3), 2, ["went through 3 hands"]),
        (Situation(late=0.9, late_words="our reply is"), 0, []),
        (Situation(late=1, late_words="our reply is"), 1, ["our reply is late"]),
        (Situation(late=2, late_words="our reply is"), 2, ["our reply is twice as late as promised"]),
    ],
)
def test_each_thing_that_puts_a_recovery_at_risk_has_its_points_and_its_words(situation, points, reasons):
    risk = assess(situation)
    assert (risk.points, risk.reasons) == (points, reasons)


@pytest.fixture
def shown(policy, complain, monday):
    """A ticket as the list shows it."""

    def shown(ticket: Ticket) -> Ticket:
        ticket.refresh_from_db()
        return ticket

    return shown


def test_what_a_customer_threatens_stays_with_the_ticket(shown, complain, write, reply, monday):
    ticket = complain(monday, "My solicitor will hear of this, I will take legal action.")
    reply(ticket, monday + HOUR)
    write(ticket, monday + 2 * HOUR, "Thank you, that is kind.")
    assert "speaks of legal action" in shown(ticket).reasons
    assert ticket.risk >= 10


def test_writing_again_before_an_answer_counts_until_we_answer(shown, complain, write, reply, monday):
    ticket = complain(monday)
    assert "had to write again before we answered" not in shown(ticket).reasons
    write(ticket, monday + HOUR)
    assert "had to write again before we answered" in shown(ticket).reasons
    reply(ticket, monday + 2 * HOUR)
    assert "had to write again before we answered" not in shown(ticket).reasons


def test_opening_again_counts(shown, complain, write, reply, monday):
    ticket = complain(monday)
    reply(ticket, monday + HOUR, then="resolved")
    assert (shown(ticket).risk, ticket.reasons) == (0, [])
    write(ticket, monday + 2 * HOUR)
    assert "was opened again" in shown(ticket).reasons


def test_many_hands_count_each_person_once(shown, complain, team, monday):
    ticket = complain(monday)
    people = [Agent.objects.create_user(f"a{n}@example.org", f"Agent {n}") for n in range(3)]
    team.members.add(*people)
    for agent in (people[0], people[1], people[0]):
        assigning.assign(ticket, agent, by=Actor.system(), now=monday)
    assert not any("hands" in reason for reason in shown(ticket).reasons)
    assigning.assign(ticket, people[2], by=Actor.system(), now=monday)
    assert "went through 3 hands" in shown(ticket).reasons


@pytest.mark.parametrize("label", ["happy", "neutral"])
def test_a_persons_reading_of_the_mood_stands_over_the_machines(shown, complain, monday, label):
    ticket = complain(monday, "This is the worst and most awful service, I am furious and disgusted!")
    assert any("unhappy" in reason for reason in shown(ticket).reasons)
    hearing.correct_mood(ticket, label, by=Actor.system(), now=monday)
    assert not any("unhappy" in reason for reason in shown(ticket).reasons)


def test_what_was_misheard_is_no_reason_any_more_until_it_is_put_back(shown, complain, monday):
    ticket = complain(monday, "I want to speak to a manager. I will take legal action.")
    assert "speaks of legal action" in shown(ticket).reasons
    said = ticket.messages.get().pk
    hearing.leave_unheard(ticket, said, "legal", "", by=Actor.system(), now=monday)
    assert ("speaks of legal action" in shown(ticket).reasons, "asks for somebody in charge" in ticket.reasons) == (
        False,
        True,
    )
    hearing.hear_again(ticket, said, by=Actor.system(), now=monday)
    assert "speaks of legal action" in shown(ticket).reasons


def test_a_signal_that_a_person_added_puts_the_recovery_at_risk_until_it_is_taken_out(shown, complain, monday):
    ticket = complain(monday, "The battery went up while the boys slept.")
    said, before = ticket.messages.get().pk, shown(ticket).risk
    hearing.add_signal(ticket, said, "safety", by=Actor.system(), now=monday)
    assert ("speaks of danger or injury" in shown(ticket).reasons, ticket.risk) == (True, before + 10)
    hearing.leave_unheard(ticket, said, "safety", "", by=Actor.system(), now=monday)
    assert ("speaks of danger or injury" in shown(ticket).reasons, ticket.risk) == (False, before)


def test_what_a_newer_version_hears_is_a_reason_and_what_it_no_longer_hears_is_none(shown, complain, monday):
    ticket = complain(monday, "I will take legal action. Nothing works.")
    said = ticket.messages.get()
    for text, is_told in (("Hello.", False), ("I will take legal action.", True)):
        ticket.messages.update(text=text)
        hearing.hear_anew(said, by=Actor.system(), now=monday)
        assert ("speaks of legal action" in shown(ticket).reasons) is is_told


def test_the_clock_that_is_due_first_is_shown(shown, complain, reply, write, monday):
    ticket = complain(monday)
    assert (shown(ticket).next_label, ticket.next_warn_at) == ("First reply", monday + 3 * HOUR)
    reply(ticket, monday + HOUR, then="open")
    assert shown(ticket).next_label == "Resolve"
    write(ticket, monday + 2 * HOUR)
    assert (shown(ticket).next_label, ticket.next_due_at) == ("Reply", monday + 4 * HOUR)
