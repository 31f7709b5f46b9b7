"""How much a customer's recovery is at risk, pure: points that add up, each with its reason in words.

Points rather than a model: no open data says which complaints went wrong in the end, and a sum can be argued with.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tickets.empathy.signals import WORDS

Point = tuple[int, str]

HARD = 10  # what needs a manager whatever else is true
STRONGLY_UNHAPPY = 0.85  # of 0 to 1
UNHAPPY = 0.6
MILDLY_UNHAPPY = 0.4
MANY_OWNERS = 3

SIGNALS: Mapping[str, int] = {
    "safety": HARD,
    "self_harm": HARD,
    "legal": HARD,
    "regulator": HARD,
    "privacy": HARD,
    "leaving": 3,
}
"""The points of those that put a recovery at risk by themselves; the others are told without any."""


@dataclass(frozen=True)
class Situation:
    """What is known of one ticket. `broken` are promises in words. `late` is how many targets' lengths the worst clock
    is past its start: 1 is due."""

    unhappy: float | None = None
    signals: Iterable[str] = ()
    repeats: int = 0
    reopenings: int = 0
    owners: int = 0
    broken: Sequence[str] = ()
    late: float = 0.0
    late_words: str = ""


@dataclass(frozen=True)
class Risk:
    """The sum of the points and what earned them, the gravest first."""

    points: int = 0
    reasons: list[str] = field(default_factory=list)


def assess(situation: Situation) -> Risk:
    """Add up what speaks for this customer's being lost."""
    found = [*_heard(situation), *_mood(situation), *_history(situation), *_broken(situation), *_late(situation)]
    found.sort(key=lambda point: -point[0])
    return Risk(sum(points for points, _ in found), [reason for _, reason in found])


def _heard(situation: Situation) -> list[Point]:
    return [(SIGNALS.get(signal, 0), WORDS[signal]) for signal in situation.signals if signal in WORDS]


def _mood(situation: Situation) -> list[Point]:
    unhappy = situation.unhappy or 0.0
    if unhappy >= STRONGLY_UNHAPPY:
        return [(3, "sounds very unhappy")]
    if unhappy >= UNHAPPY:
        return [(2, "sounds unhappy")]
    return [(1, "sounds a little unhappy")] if unhappy >= MILDLY_UNHAPPY else []


def _history(situation: Situation) -> list[Point]:
    points: list[Point] = []
    if situation.repeats:
        points.append((2, "had to write again before we answered"))
    if situation.reopenings:
        times = f" {situation.reopenings} times" if situation.reopenings > 1 else ""
        points.append((2, f"was opened again{times}"))
    if situation.owners >= MANY_OWNERS:
        points.append((2, f"went through {situation.owners} hands"))
    return points


def _broken(situation: Situation) -> list[Point]:
    """A promise that is broken lets somebody down a second time, after the complaint itself."""
    if len(situation.broken) > 1:
        return [(3, f"broke {len(situation.broken)} promises, the first: {situation.broken[0]}")]
    return [(3, f"promised {situation.broken[0]}, and broke it")] if situation.broken else []


def _late(situation: Situation) -> list[Point]:
    if situation.late >= 2:
        return [(2, f"{situation.late_words} twice as late as promised")]
    return [(1, f"{situation.late_words} late")] if situation.late >= 1 else []
