"""Trains the shipped mood model from labelled texts, the same to the byte on every run."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

from tickets.empathy.logistic import Line, Row, balanced, fit
from tickets.empathy.model import Model
from tickets.empathy.reading import Reading, reading_of
from tickets.empathy.training_texts import IMPORTANCE, LabelledText

FEATURES = 20_000
SEEN_AT_LEAST = 2
STRENGTH = 1.0
PLACES = 3
FALSE_ALARMS = 0.035  # of each reserved source: calm customers must stay calm
HAPPY_FROM = 0.5


def train(texts: Sequence[LabelledText]) -> Model:
    """Return the model learnt from the texts that are not reserved, its threshold set by those that are.

    Fits twice: on every feature seen in two texts, then on the 20,000 that weigh most.
    """
    learnt = [text for text in texts if not text.reserved]
    readings = [reading_of(text.text) for text in learnt]
    seen = Counter(feature for reading in readings for feature in reading.features)
    rarity = {name: round(1.0 + log(len(learnt) / n), 1) for name, n in sorted(seen.items()) if n >= SEEN_AT_LEAST}
    wide = _fitted(rarity, readings, learnt)
    heaviest = sorted(rarity, key=lambda name: (-_weight(wide, name), name))[:FEATURES]
    narrow = _fitted({name: rarity[name] for name in sorted(heaviest)}, readings, learnt)
    return _with_threshold(narrow, [text for text in texts if text.reserved])


def _weight(model: Model, name: str) -> float:
    rarity, unhappy, happy = model.features[name]
    return rarity * max(abs(unhappy), abs(happy))


def _fitted(rarity: Mapping[str, float], readings: Sequence[Reading], texts: Sequence[LabelledText]) -> Model:
    empty = Model({name: (value, 0.0, 0.0) for name, value in rarity.items()}, (0.0, 0.0), 0.0, HAPPY_FROM)
    columns = {name: at for at, name in enumerate(rarity)}
    rows = [[(columns[name], v) for name, v in empty.values(one.features).items()] for one in readings]
    unhappy, happy = (_line(label, rows, texts, len(columns)) for label in ("unhappy", "happy"))
    weighed = {
        name: (rarity[name], round(unhappy.weights[at], PLACES), round(happy.weights[at], PLACES))
        for name, at in columns.items()
    }
    return Model(weighed, (round(unhappy.intercept, PLACES), round(happy.intercept, PLACES)), 0.0, HAPPY_FROM)


def _line(label: str, rows: Sequence[Row], texts: Sequence[LabelledText], columns: int) -> Line:
    wanted = [text.label == label for text in texts]
    importance = [IMPORTANCE[text.source] for text in texts]
    return fit(rows, wanted, balanced(wanted, importance, STRENGTH), columns)


def _with_threshold(model: Model, reserved: Sequence[LabelledText]) -> Model:
    """Return the model with the threshold above which at most 3.5 % of each reserved source's calm texts lie."""
    scores: dict[str, list[float]] = {}
    for text in reserved:
        reading = reading_of(text.text)
        unhappy, _ = model.score(model.values(reading.features))
        scores.setdefault(text.source, []).append(unhappy + reading.unhappy)
    highest = max((sorted(each)[-1 - int(FALSE_ALARMS * len(each))] for each in scores.values()), default=0.0)
    return Model(model.features, model.intercepts, round(highest, PLACES), model.happy_from)
