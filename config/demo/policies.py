"""The demo's targets: three teams in shop hours, one round the clock in minutes, so that time can be watched at work."""

from collections.abc import Mapping

from escalation.defaults import ensure_ladder, ensure_policy, ensure_round_the_clock
from escalation.models import Ladder, LadderLevel, WorkCalendar
from tickets.models import Agent, Team

WEEKDAY = "09:00-12:30, 13:15-17:30"
MINUTE = 60


def set_targets(teams: Mapping[str, Team], agents: Mapping[str, Agent]) -> None:
    days = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), WEEKDAY)
    closed = "12-25 closed # Christmas\n{year}-12-26 closed # Boxing Day"
    exceptions = "\n".join(f"{year}-{closed.format(year=year)}" for year in (2026, 2027))
    shop = WorkCalendar.objects.create(name="Shop hours", saturday="09:00-16:00", exceptions=exceptions, **days)
    ladder = ensure_ladder()
    for slug in ("returns", "gear", "shops"):
        ensure_policy(teams[slug], calendar=shop, ladder=ladder)
    ensure_policy(
        teams["deliveries"],
        calendar=ensure_round_the_clock(),
        ladder=quick_ladder(agents),
        first_response=5 * MINUTE,
        next_response=10 * MINUTE,
        resolution=24 * 60 * MINUTE,
        warn_before_percent=40,
    )


def quick_ladder(agents: Mapping[str, Agent]) -> Ladder:
    """Climbs within minutes: the supervisors, then Lee by name, then the administrators."""
    ladder = Ladder.objects.create(name="Within minutes", repeat_at_most=1)
    ladder.levels.create(level=1, to=LadderLevel.To.SUPERVISORS, acknowledge_within=2 * MINUTE)
    ladder.levels.create(level=2, to=LadderLevel.To.AGENT, agent=agents["lee"], acknowledge_within=5 * MINUTE)
    ladder.levels.create(level=3, to=LadderLevel.To.ADMINISTRATORS, acknowledge_within=30 * MINUTE)
    return ladder
