"""What the check of a reply knows of the team's calendar: its wall clock, and the days on which nobody works."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from escalation.policies import policy_for
from tickets.models import Ticket

AHEAD = 90  # days; further ahead nobody promises a day


def reply_context(ticket: Ticket, now: datetime) -> Mapping[str, Any]:
    """`zone` and `closed`, the days of the next three months without working time; nothing for a team without policy."""
    policy = policy_for(ticket)
    if policy is None:
        return {}
    hours = policy.calendar.hours
    today = now.astimezone(hours.zone).date()
    days = (today + timedelta(days=number) for number in range(AHEAD))
    return {"zone": hours.zone, "closed": frozenset(day for day in days if not hours.on(day))}
