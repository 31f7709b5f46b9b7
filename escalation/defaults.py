"""A first policy for a team that has none, to be changed on its screen."""

from typing import Any

from escalation.models import DAYS, Ladder, LadderLevel, SlaPolicy, WorkCalendar
from tickets.models import Team

OFFICE = "09:00-17:30"
LEVELS = [
    (1, LadderLevel.To.SUPERVISORS, 15 * 60),
    (2, LadderLevel.To.ADMINISTRATORS, 30 * 60),
    (3, LadderLevel.To.ADMINISTRATORS, 60 * 60),
]


def ensure_policy(team: Team, **changes: Any) -> SlaPolicy:
    """The team's policy for every priority; where there is none, one is made of the usual targets and `changes`."""
    if known := SlaPolicy.objects.filter(team=team, priority="").first():
        return known
    chosen: dict[str, Any] = {"calendar": None, "ladder": None, **changes}
    calendar = chosen.pop("calendar") or ensure_calendar()
    ladder = chosen.pop("ladder") or ensure_ladder()
    return SlaPolicy.objects.create(team=team, calendar=calendar, ladder=ladder, **chosen)


def ensure_calendar() -> WorkCalendar:
    """Monday to Friday, nine to half past five."""
    week = dict.fromkeys(DAYS[:5], OFFICE)
    return WorkCalendar.objects.get_or_create(name="Office hours", defaults=week)[0]


def ensure_round_the_clock() -> WorkCalendar:
    """Always open, for a team whose targets are plain time."""
    return WorkCalendar.objects.get_or_create(name="Round the clock", defaults=dict.fromkeys(DAYS, "00:00-24:00"))[0]


def ensure_ladder() -> Ladder:
    """Supervisors first, then the administrators, twice."""
    ladder, made = Ladder.objects.get_or_create(name="Supervisor, then administrators")
    if made:
        LadderLevel.objects.bulk_create(
            LadderLevel(ladder=ladder, level=level, to=to, acknowledge_within=seconds) for level, to, seconds in LEVELS
        )
    return ladder
