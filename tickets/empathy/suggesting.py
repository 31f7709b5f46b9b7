"""Which guided replies fit a ticket, and why: by what the customer writes, where the ticket stands, and what was said.

Pure: facts in, an order with reasons out. What calls for care (a death, an injury) goes before everything else.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from tickets.empathy import signals, situations

SUGGESTED = 3
LONG_WAIT = 48  # hours
READ_FOR_SIGNALS = 4_000  # characters that are looked at for signals


class Moment(Enum):
    """Where a ticket stands in its life, in words that end the reason of a suggestion."""

    FIRST_ANSWER = "this is the first answer"
    UPDATE = "we have answered before, and it is still open"
    BROKEN_PROMISE = "a promise of ours is overdue"
    REMEDY = "a remedy was offered"
    RESOLVING = "the remedy was accepted"
    FOLLOW_UP = "it is resolved"
    RATED_LOW = "they rated us badly once it was closed"


@dataclass(frozen=True, slots=True)
class Guide:
    """What is looked at of a template; `level` (0 to 3) is the escalation from which it fits."""

    key: str
    situation: str
    stage: str
    level: int
    variants: int


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a ticket. `text` is the customer's last message with the subject, `hours_waiting` how long they
    have waited for words of ours, `used` the variants of each template that this customer has read."""

    text: str
    moment: Moment
    mood: str = ""
    level: int = 0
    hours_waiting: float = 0.0
    used: Mapping[str, Collection[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`why` is a whole sentence."""

    key: str
    why: str


@dataclass(frozen=True, slots=True)
class Care:
    """What a signal calls for: the situation that answers it, how much goes before other words, what to say of it."""

    situation: str
    points: float
    named: str


CAREFUL: Mapping[str, Care] = {
    "safety": Care("safety", 8, "somebody was or could be hurt"),
    "self_harm": Care("vulnerable", 8, "the writer may be in danger"),
    "bereavement": Care("bereavement", 8, "somebody has died"),
    "discrimination": Care("discrimination", 6, "they were treated worse for who they are"),
    "privacy": Care("privacy", 4, "their data may be in wrong hands"),
    "legal": Care("legal_threat", 4, "they think of legal steps"),
    "regulator": Care("legal_threat", 4, "they turn to a regulator"),
    "vulnerable": Care("vulnerable", 2, "they are going through a hard time"),
}
GRAVE = frozenset(care.situation for care in CAREFUL.values())  # one word alone never makes a case of these
ALSO: Mapping[str, str] = {"press": "public_post", "manager": "asks_for_manager", "leaving": "cancellation"}
SPOKEN_OF = 2.0
# What a moment asks for even where no words say so: situation, points.
ASKED_FOR: Mapping[Moment, Mapping[str, float]] = {
    Moment.FIRST_ANSWER: {"complaint_received": 0.9, "need_information": 0.3},
    Moment.UPDATE: {"holding_update": 1.4, "need_information": 0.6},
    Moment.BROKEN_PROMISE: {"missed_promise": 6.0, "holding_update": 1.0},
    Moment.REMEDY: {"holding_update": 0.8},
    Moment.RESOLVING: {"follow_up": 1.2},
    Moment.FOLLOW_UP: {"follow_up": 1.9, "you_said_we_did": 0.6},
    Moment.RATED_LOW: {"detractor": 6.0, "you_said_we_did": 0.6},
}
OUT_OF_TIME = 0.5  # what is left of the points where a stage does not fit the moment
TOO_HIGH = 0.2  # points a level that nobody has escalated to
SAY_LITTLE = frozenset({"complaint_received", "need_information"})  # their words go with any trouble
OF_ANYTHING = 0.4
SAID_BEFORE = 0.8


def suggest(guides: Iterable[Guide], case: Case) -> tuple[Suggestion, ...]:
    """Return up to three, the best first, none of which they have read every text.

    Two of one situation do not stand side by side while another fits.
    """
    reader = _Reader(case)
    fresh = (guide for guide in guides if len(set(case.used.get(guide.key, ()))) < guide.variants)
    scored = sorted(((*reader.score(guide), guide) for guide in fresh), key=lambda one: (-one[0], one[2].key))
    fitting = [(guide, why) for points, why, guide in scored if points > 0]
    first = {guide.situation: guide.key for guide, _ in reversed(fitting)}
    order = sorted(fitting, key=lambda one: first[one[0].situation] != one[0].key)
    return tuple(Suggestion(guide.key, why) for guide, why in order[:SUGGESTED])


def fresh_variant(variants: int, used: Collection[int]) -> int:
    """Return the first variant that this customer has not read, the first of all where they have read every one."""
    return next((place for place in range(variants) if place not in used), 0)


class _Reader:
    """Reads the message once and weighs each guide against it."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.written = {one.situation: one for one in situations.read(case.text)}
        read = case.text[:READ_FOR_SIGNALS]
        self.signals: dict[str, str] = {}
        for found in signals.read(read):
            self.signals.setdefault(found.signal, " ".join(read[found.start : found.end].split()))

    def score(self, guide: Guide) -> tuple[float, str]:
        """Return how well it fits (0 or less: not at all), and the reason."""
        care, of_care = self._care(guide)
        waited, of_wait = self._wait(guide)
        said, of_words = self._words(guide, care)
        asked = ASKED_FOR[self.case.moment].get(guide.situation, 0.0)
        points = care + waited + said + asked
        if points <= 0 or (guide.situation == "praise" and self.case.mood == "unhappy"):
            return 0.0, ""
        held, of_use = self._use(guide)
        held += 0 if care else TOO_HIGH * max(0, guide.level - self.case.level)
        reason = max((care, of_care), (waited, of_wait), (said, of_words))[1]
        return max(points - held, 0.1), self._sentence(reason, of_use)

    def _sentence(self, reason: str, of_use: str) -> str:
        moment = self.case.moment.value
        whole = f"{reason}; {moment}." if reason else f"{moment[0].upper()}{moment[1:]}."
        return f"{whole} {of_use}".strip()

    def _care(self, guide: Guide) -> tuple[float, str]:
        for signal, care in CAREFUL.items():
            if guide.situation == care.situation and signal in self.signals:
                return care.points, f"They write “{self.signals[signal]}”: {care.named}"
        for signal, situation in ALSO.items():
            if guide.situation == situation and signal in self.signals:
                return SPOKEN_OF, f"They write “{self.signals[signal]}”"
        return 0.0, ""

    def _words(self, guide: Guide, care: float) -> tuple[float, str]:
        found = self.written.get(guide.situation)
        if found is None or (guide.situation in GRAVE and not care and found.points < SPOKEN_OF):
            return 0.0, ""
        later = guide.stage == "follow_up"
        fits = later == (self.case.moment in {Moment.FOLLOW_UP, Moment.RESOLVING, Moment.RATED_LOW})
        weight = (1 if fits else OUT_OF_TIME) * (OF_ANYTHING if guide.situation in SAY_LITTLE else 1)
        return found.points * weight, f"They write “{found.words}”"

    def _wait(self, guide: Guide) -> tuple[float, str]:
        if guide.situation != "long_wait" or self.case.hours_waiting < LONG_WAIT:
            return 0.0, ""
        return 2.0, f"They have waited {span(self.case.hours_waiting)} for an answer"

    def _use(self, guide: Guide) -> tuple[float, str]:
        if not self.case.used.get(guide.key):
            return 0.0, ""
        return SAID_BEFORE, "They have read another text of it."


NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


def span(hours: float) -> str:
    """A length of time as people say it: "three hours", "five days"."""
    count, unit = (round(hours / 24), "day") if hours >= 36 else (max(1, round(hours)), "hour")
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} {unit}{'' if count == 1 else 's'}"
