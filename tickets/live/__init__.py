"""Announcing: rows are the truth, this only tells open screens to look."""

from tickets.live.nudging import nudge, tell_person

__all__ = ["nudge", "tell_person"]
