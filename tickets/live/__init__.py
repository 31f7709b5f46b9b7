"""Announcing: rows are the truth, this only tells open screens to look."""

from tickets.live.nudging import nudge

__all__ = ["nudge"]
