"""What came of each guided reply, counted so that few uses promise little. Never a figure of a person."""

from math import sqrt
from typing import Any

from django.db.models import Avg, BooleanField, Case, Count, Q, Value, When

from tickets.models import TemplateUse
from tickets.models.rating import GOOD, LOW

SURE = 1.96  # standard deviations: 95 of 100
WELL, BADLY = Value(True), Value(False)
# The first that is true says how a use ended: what customers say themselves goes before what their words sound like.
ENDED_WELL = Case(
    When(rating__score__lte=LOW, then=BADLY),
    When(settled=False, then=BADLY),
    When(settled=None, reopened=True, then=BADLY),
    When(rating__score__gte=GOOD, then=WELL),
    When(settled=True, then=WELL),
    When(answer__mood="unhappy", then=BADLY),
    When(answer__isnull=False, then=WELL),
    output_field=BooleanField(),
)


def figures() -> dict[int, dict[str, Any]]:
    """Per template: uses, how many ended well and badly, how far it was changed, how it was rated. One query.

    It ended well where the customer rated us 4 or 5, or says that it is settled, or was not unhappy in their next
    message; badly where they rated us 1 or 2, whatever else they said. A 3 says neither, so the rest decides. The mean
    of the ratings (`rating`, of so many `rated`) decides only between equals: a rating counts as one ending, good or
    bad, and the rank is what so many endings let one expect at least (`at_least`). So a single 5 lifts no template above
    one that was rated 4 twenty times.
    """
    uses = TemplateUse.objects.annotate(ended_well=ENDED_WELL)
    counted = uses.values_list("template").annotate(
        used=Count("pk"),
        well=Count("pk", filter=Q(ended_well=True)),
        badly=Count("pk", filter=Q(ended_well=False)),
        changed=Avg("changed"),
        rated=Count("rating"),
        mean=Avg("rating__score"),
    )
    return {template: _figures(*counts) for template, *counts in counted}


def none_yet() -> dict[str, Any]:
    """The figures of a template that nobody has used."""
    return _figures(0, 0, 0, None, 0, None)


def _figures(
    used: int, well: int, badly: int, changed: float | None, rated: int, rating: float | None
) -> dict[str, Any]:
    tried = well + badly
    at_least = lower_bound(well, tried) if tried else None
    counted = {"used": used, "well": well, "badly": badly, "rated": rated}
    return {**counted, "changed": changed, "rating": rating, "at_least": at_least}


def lower_bound(well: int, tried: int) -> float:
    """The share (0 to 1) that is at least to be expected, 95 times in 100 (E. B. Wilson 1927); `tried` is 1 or more."""
    share, square = well / tried, SURE**2
    spread = SURE * sqrt(share * (1 - share) / tried + square / (4 * tried**2))
    return max(0.0, (share + square / (2 * tried) - spread) / (1 + square / tried))
