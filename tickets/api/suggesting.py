"""Which guided replies fit a ticket, and why: by the stage it is in, how the customer sounds and what they write of.

Pure: facts in, an order with reasons out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SUGGESTED = 3
SHORT = 4  # letters; shorter words say little of a situation
WORD = re.compile(r"[^\W\d_]+")
SAYS_LITTLE = frozenset(
    "still need from after item sent thing nothing time times days with that your have hard back more another".split()
)


@dataclass(frozen=True)
class Guide:
    """What is looked at of a template."""

    key: str
    title: str
    situation: str
    stage: str
    level: int


@dataclass(frozen=True)
class Case:
    """What is known of the ticket. `hours_waiting` is how long the customer has waited for words of ours."""

    words: str
    answered: bool
    settled: bool
    unhappy: bool
    level: int
    hours_waiting: float


def suggest(guides: Iterable[Guide], case: Case) -> dict[str, str]:
    """Up to three keys, the best first, each with its reason as a sentence."""
    scored = [(_score(guide, case), guide) for guide in guides]
    best = sorted((one for one in scored if one[0][0] > 0), key=lambda one: (-one[0][0], one[1].key))
    return {guide.key: why for (_, why), guide in best[:SUGGESTED]}


def _score(guide: Guide, case: Case) -> tuple[float, str]:
    """How well it fits (0: not at all), and the strongest reason."""
    if guide.level > case.level and not case.unhappy:
        return 0, ""
    reasons = [_by_words(guide, case), _by_wait(guide, case), _by_stage(guide, case)]
    points = sum(score for score, _ in reasons)
    return points, max(reasons)[1]


def _by_words(guide: Guide, case: Case) -> tuple[float, str]:
    said = {_stem(word): word for word in WORD.findall(case.words.lower()) if len(word) >= SHORT}
    asked = [_stem(word) for word in WORD.findall(f"{guide.situation} {guide.title}".lower().replace("_", " "))]
    shared = [said[stem] for stem in dict.fromkeys(asked) if stem in said and said[stem] not in SAYS_LITTLE]
    named = " and ".join(f"“{word}”" for word in shared[:2])
    return (3.0 * len(shared), f"The customer writes of {named}.") if shared else (0, "")


def _by_wait(guide: Guide, case: Case) -> tuple[float, str]:
    if guide.situation == "long_wait" and case.hours_waiting >= 48:
        return 4, f"The customer has waited {span(case.hours_waiting)} for an answer."
    if guide.situation == "missed_promise" and case.level > 0:
        return 2, "It was raised, since something was not kept."
    return 0, ""


def _by_stage(guide: Guide, case: Case) -> tuple[float, str]:
    if case.settled:
        return (5, "It is resolved: ask how it went.") if guide.stage == "follow_up" else (0, "")
    if guide.stage == "acknowledge" and not case.answered:
        return (
            2,
            "Nobody has answered yet, and the customer is unhappy." if case.unhappy else "Nobody has answered yet.",
        )
    if guide.stage == "update" and case.answered:
        return 1, "We have answered before, and it is still open."
    return 0, ""


def _stem(word: str) -> str:
    """Enough of a word to meet its other forms: delivery and delivered, refund and refunded."""
    return word[:6]


def span(hours: float) -> str:
    """A length of time as people say it: three hours, five days."""
    count, unit = (round(hours), "hour") if hours < 36 else (round(hours / 24), "day")
    return f"{_count(max(1, count))} {unit}{'' if count <= 1 else 's'}"


def _count(number: int) -> str:
    words: Sequence[str] = "no one two three four five six seven eight nine ten eleven twelve".split()
    return words[number] if number < len(words) else str(number)
