"""What came of each guided reply, counted so that few uses promise little. Never a figure of a person."""

from math import sqrt
from typing import Any

from django.db.models import Avg, Count, Q

from tickets.models import TemplateUse

SURE = 1.96  # standard deviations: 95 of 100
NOBODY_SAID = Q(settled=None, reopened=False)
BADLY = Q(settled=False) | Q(reopened=True, settled=None) | (NOBODY_SAID & Q(answer__mood="unhappy"))
WELL = Q(settled=True) | (NOBODY_SAID & Q(answer__isnull=False) & ~Q(answer__mood="unhappy"))


def figures() -> dict[int, dict[str, Any]]:
    """Per template: uses, how many ended well and badly, how far it was changed. One query.

    It ended well where the customer says that it is settled, or was not unhappy in their next message.
    """
    counted = TemplateUse.objects.values("template").annotate(
        used=Count("pk"), well=Count("pk", filter=WELL), badly=Count("pk", filter=BADLY), changed=Avg("changed")
    )
    return {one["template"]: _rated(one["used"], one["well"], one["badly"], one["changed"]) for one in counted}


def none_yet() -> dict[str, Any]:
    """The figures of a template that nobody has used."""
    return {"used": 0, "well": 0, "badly": 0, "changed": None, "at_least": None}


def _rated(used: int, well: int, badly: int, changed: float) -> dict[str, Any]:
    tried = well + badly
    at_least = lower_bound(well, tried) if tried else None
    return {"used": used, "well": well, "badly": badly, "changed": changed, "at_least": at_least}


def lower_bound(well: int, tried: int) -> float:
    """The share (0 to 1) that is at least to be expected, 95 times in 100 (E. B. Wilson 1927); `tried` is 1 or more."""
    share, square = well / tried, SURE**2
    spread = SURE * sqrt(share * (1 - share) / tried + square / (4 * tried**2))
    return max(0.0, (share + square / (2 * tried) - spread) / (1 + square / tried))
