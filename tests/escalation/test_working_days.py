"""What the check of a reply knows of the team's calendar."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from escalation.defaults import ensure_calendar
from escalation.models import SlaPolicy
from escalation.working_days import reply_context
from tests.cast import change_all, desk
from tickets.models import Agent, Ticket

pytestmark = pytest.mark.usefixtures("frozen")
SATURDAY = date(2026, 5, 16)


@pytest.fixture(autouse=True)
def _office_hours(policy: SlaPolicy) -> None:
    policy.calendar = ensure_calendar()
    policy.save()


def test_it_knows_the_wall_clock_and_the_days_on_which_nobody_works(
    complain: Callable[..., Ticket], monday: datetime
) -> None:
    known = reply_context(complain(), monday)
    assert known["zone"] == ensure_calendar().hours.zone
    assert SATURDAY in known["closed"]
    assert date(2026, 5, 15) not in known["closed"]


def test_a_team_without_targets_says_nothing(complain: Callable[..., Ticket], monday: datetime) -> None:
    ticket = complain()
    change_all(SlaPolicy, priority="urgent")
    assert reply_context(ticket, monday) == {}


@pytest.mark.parametrize(
    ("draft", "flagged"),
    [
        ("I will call you on Saturday 16 May.", True),
        ("I will call you on Friday 15 May.", False),
        ("The courier will bring it on Saturday 16 May.", False),
    ],
)
def test_we_promise_to_act_only_on_days_on_which_we_work(
    ana: Agent, complain: Callable[..., Ticket], draft: str, flagged: bool
) -> None:
    ticket = complain()
    answered = desk(ana).ask("POST", "reply-check/", {"ticket": ticket.pk, "draft": draft}).json()
    assert ("promise.bad-date" in {one["rule"] for one in answered["findings"]}) is flagged
