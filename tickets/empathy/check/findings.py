"""What a check answers: findings with place, reason and rewrite, and the seven steps."""

from collections.abc import Mapping
from dataclasses import dataclass

LEVELS = ("error", "warning", "suggestion")
STEPS = ("acknowledge", "own", "act", "options", "promise", "follow_up", "answer")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: `start` and `end` in characters of the draft, None where something is missing.

    `suggestion` shows how it could be said; each of `offers` may stand as it is at `place`, "" leaves out what stands there.
    A place that begins and ends at one character lies between two. Offers may hold slots of templates.
    """

    rule: str
    level: str
    start: int | None
    end: int | None
    message: str
    suggestion: str
    offers: tuple[str, ...] = ()
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings in order of place, those without a place last, and which of the seven steps are lit.

    `taken_up` says of each of the customer's words that were asked about whether the draft answers or repeats them.
    """

    findings: tuple[Finding, ...]
    steps: Mapping[str, bool]
    taken_up: tuple[bool, ...] = ()
