"""The rows of time and recovery."""

from escalation.models.calendar import DAYS, WorkCalendar
from escalation.models.clock import Clock
from escalation.models.escalation import Escalation
from escalation.models.follow_up import FollowUp, Wake
from escalation.models.policy import LONGEST, Ladder, LadderLevel, SlaPolicy
from escalation.models.promise import Promise
from escalation.models.standing import Standing

__all__ = [
    "DAYS",
    "LONGEST",
    "Clock",
    "Escalation",
    "FollowUp",
    "Ladder",
    "LadderLevel",
    "Promise",
    "SlaPolicy",
    "Standing",
    "Wake",
    "WorkCalendar",
]
