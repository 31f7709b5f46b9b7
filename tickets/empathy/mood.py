"""Says how unhappy a message sounds, and which of its words say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nsmallest
from math import exp

from tickets.empathy.language import stop_words
from tickets.empathy.model import Model, model
from tickets.empathy.reading import CUE_SHARE, Reading, reading_of
from tickets.empathy.team_model import TeamModel
from tickets.empathy.words import STOP, Word

VERSION = "3"
REASONS_AT_MOST = 5
HALF = 0.5
FURTHEST = 30.0
DIGITS = 4
WHOLE_AT_MOST = 80
LEXICON_TO_LOGIT = 0.3


@dataclass(frozen=True, slots=True)
class Reason:
    """Words that moved the reading: place in characters, `weight` above 0 is unhappier, `cue` "" for a plain word."""

    text: str
    start: int
    end: int
    weight: float
    cue: str


@dataclass(frozen=True, slots=True)
class Mood:
    """A guess about a text, never a property of a person.

    `unhappy` runs from 0 to 1, rounded to four places; `label` is unhappy (from 0.5), neutral or happy.
    """

    unhappy: float
    label: str
    reasons: tuple[Reason, ...]


NOTHING_SAID = Mood(0.0, "neutral", ())


def read(text: str, team: TeamModel | None = None) -> Mood:
    """Return the mood of the customer's own words, by the shipped model or by what a `team` taught on top of it.

    Quoted lines and signatures do not count. Only the first 20,000 characters are read, so that the time is bounded
    whatever comes in. Any text is answered.
    """
    reading = reading_of(text)
    if not reading.features and not reading.unhappy:
        return NOTHING_SAID
    learnt = model(reading.locale)
    values = learnt.values(reading.features)
    above, happy = _scores_of_team(team, reading) if team else _scores(learnt, values, reading)
    unhappy = round(1 / (1 + exp(-min(max(above, -FURTHEST), FURTHEST))), DIGITS)
    label = _label(unhappy, happy >= 0)
    return Mood(unhappy, label, _reasons(text, reading, learnt, values, label))


def _scores(learnt: Model, values: Mapping[str, float], reading: Reading) -> tuple[float, float]:
    """Return how far a text is above where unhappy and where happy begin, as logits."""
    unhappy, happy = learnt.score(values)
    return unhappy + reading.unhappy - learnt.unhappy_from, happy + reading.happy - learnt.happy_from


def _scores_of_team(team: TeamModel, reading: Reading) -> tuple[float, float]:
    """Return how far unhappy is above the other two labels, and happy above neutral."""
    scores = team.scores(reading)
    return scores["unhappy"] - max(scores["neutral"], scores["happy"]), scores["happy"] - scores["neutral"]


def _label(unhappy: float, sounds_happy: bool) -> str:
    if unhappy >= HALF:
        return "unhappy"
    return "happy" if sounds_happy else "neutral"


def _reasons(text: str, reading: Reading, learnt: Model, values: Mapping[str, float], label: str) -> tuple[Reason, ...]:
    """Return cues first, then content words, the strongest first; only what speaks for the label, if it names one."""
    cues = [
        _reason(text, cue.start, cue.end, CUE_SHARE * (cue.unhappy or -cue.happy), cue.name) for cue in reading.cues
    ]
    told = sorted((cue for cue in cues if _speaks_for(label, cue.weight)), key=_strongest)
    covered = {place for cue in cues for place in range(cue.start, cue.end)}
    plain = [
        (-abs(weight), word.start, word.end, weight)
        for word, weight in _plain_words(reading, learnt, values)
        if _speaks_for(label, weight) and word.start not in covered
    ]
    told += [_reason(text, start, end, weight, "") for _, start, end, weight in nsmallest(REASONS_AT_MOST, plain)]
    if label == "unhappy" and not told:
        told = [_as_a_whole(text)]
    return tuple(told[:REASONS_AT_MOST])


def _as_a_whole(text: str) -> Reason:
    """Return the beginning of the text with the weight 0: no single word says so, yet nothing goes without a reason."""
    start = len(text) - len(text.lstrip())
    return _reason(text, start, min(len(text.rstrip()), start + WHOLE_AT_MOST), 0.0, "")


def _plain_words(reading: Reading, learnt: Model, values: Mapping[str, float]) -> list[tuple[Word, float]]:
    """Return the content words outside cues, each with what model and lexicon make of it."""
    weights: dict[int, float] = {}
    for token, at in reading.tokens:
        if token in values and " " not in token:
            weights[at] = weights.get(at, 0.0) + values[token] * learnt.features[token][1]
    for one in reading.rated:
        weights[one.word] = weights.get(one.word, 0.0) - LEXICON_TO_LOGIT * one.value
    small = stop_words(reading.locale)
    content = [(reading.words[at], round(weight, DIGITS)) for at, weight in weights.items()]
    return [(word, weight) for word, weight in content if _is_content(word, small)]


def _is_content(word: Word, small: frozenset[str]) -> bool:
    return word.key not in small and word.key != STOP and not word.key[0].isdigit()


def _reason(text: str, start: int, end: int, weight: float, cue: str) -> Reason:
    return Reason(text[start:end], start, end, round(weight, DIGITS), cue)


def _speaks_for(label: str, weight: float) -> bool:
    return weight > 0 if label == "unhappy" else weight < 0 if label == "happy" else weight != 0


def _strongest(reason: Reason) -> tuple[float, int, str]:
    return (-abs(reason.weight), reason.start, reason.cue)
