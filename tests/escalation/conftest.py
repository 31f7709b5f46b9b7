"""The cast: Nora complains of a torn tent; Ana answers, Lee supervises her team, Sam administers."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from escalation.defaults import ensure_ladder, ensure_round_the_clock
from escalation.models import SlaPolicy
from tickets.actions.receiving import Answer, Complaint, receive_answer, receive_complaint
from tickets.actions.replying import Reply, release_reply, send_reply
from tickets.models import Agent, Channel, Message, Participant, Role, Team, Ticket

MONDAY = datetime(2026, 5, 11, 9, tzinfo=UTC)


@pytest.fixture
def monday() -> datetime:
    """Nine o'clock in the morning, UTC."""
    return MONDAY


@pytest.fixture
def sam(db: None) -> Agent:
    return Agent.objects.create_user("sam@example.org", "Sam Okoro", role=Role.ADMINISTRATOR)


@pytest.fixture
def team(db: None) -> Team:
    return Team.objects.create(name="Tents", slug="tents")


@pytest.fixture
def ana(team: Team) -> Agent:
    agent = Agent.objects.create_user("ana@example.org", "Ana Lima")
    team.members.add(agent)
    return agent


@pytest.fixture
def lee(team: Team) -> Agent:
    agent = Agent.objects.create_user("lee@example.org", "Lee Park", role=Role.SUPERVISOR)
    team.members.add(agent)
    return agent


@pytest.fixture
def policy(team: Team, lee: Agent, sam: Agent) -> SlaPolicy:
    """Round the clock, in plain time: first reply in 4 hours, next in 2, resolved in 10, pausing for 20 at most."""
    return SlaPolicy.objects.create(
        team=team,
        calendar=ensure_round_the_clock(),
        ladder=ensure_ladder(),
        first_response=4 * 3600,
        next_response=2 * 3600,
        resolution=10 * 3600,
        pause_at_most=20 * 3600,
    )


@pytest.fixture
def complain(team: Team) -> Callable[..., Ticket]:
    """Nora complains at a time."""

    def complain(now: datetime = MONDAY, text: str = "The tent tore at the seam.", to: Team = team) -> Ticket:
        complaint = Complaint("nora@example.net", "Nora Whitcombe", "Torn tent", text, Channel.FORM, to)
        return receive_complaint(complaint, now=now)

    return complain


@pytest.fixture
def write(db: None) -> Callable[..., Message]:
    """Nora writes again on a ticket."""

    def write(ticket: Ticket, now: datetime, text: str = "Is anybody there?") -> Message:
        participant = Participant.objects.get(ticket=ticket)
        return receive_answer(ticket, Answer(participant, "", text, Channel.EMAIL), now=now)

    return write


@pytest.fixture
def reply(ana: Agent) -> Callable[..., Message | None]:
    """Ana answers, and her reply leaves."""

    def reply(ticket: Ticket, now: datetime, then: str = "waiting_on_customer") -> Message | None:
        ticket.refresh_from_db()
        draft = Reply("We send a new one today.", ticket.version, f"reply at {now}", then=then)
        pending = send_reply(ticket, draft, by=ana, now=now)
        return release_reply(pending.pk, now=now)

    return reply
