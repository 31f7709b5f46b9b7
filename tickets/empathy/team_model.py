"""Learns from a team's own corrections: a small model that stands on the shipped reading and never replaces it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from tickets.empathy.logistic import balanced, fit
from tickets.empathy.model import model
from tickets.empathy.reading import Reading, reading_of
from tickets.empathy.training_texts import LABELS

LEAST_CORRECTIONS = 200
STRENGTH = 2.0
SEEN_AT_LEAST = 2
PLACES = 4
SHIPPED = ("shipped:unhappy", "shipped:happy")
SHIPPED_SCALE = 0.2  # brings the shipped logits, about -10 to 10, near the length of a text's own features


class TooFewCorrections(ValueError):
    """Fewer corrections than can teach anything, or a label that never occurs; the message says how many are there."""


@dataclass(frozen=True)
class TeamModel:
    """Rarity of each feature, and for each of LABELS the weights by feature; "" is the intercept. Goes into JSON as is."""

    rarity: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]

    def scores(self, text: str) -> dict[str, float]:
        """Return a logit for each label of a text."""
        values = _values(self.rarity, reading_of(text))
        return {
            label: own.get("", 0.0) + sum(own.get(name, 0.0) * value for name, value in values.items())
            for label, own in self.weights.items()
        }

    def label(self, text: str) -> str:
        """Return the likeliest label; of two that are equal the one that comes first in LABELS."""
        scores = self.scores(text)
        return max(LABELS, key=lambda label: scores[label])


def learn(corrections: Sequence[tuple[str, str]]) -> TeamModel:
    """Return the model learnt from (text, label) pairs; raises TooFewCorrections below 200 or without all labels."""
    missing = [label for label in LABELS if label not in {given for _, given in corrections}]
    if len(corrections) < LEAST_CORRECTIONS or missing:
        wanted = f"; none is labelled {', '.join(missing)}" if missing else ""
        raise TooFewCorrections(f"{len(corrections)} corrections of at least {LEAST_CORRECTIONS}{wanted}.")
    readings = [reading_of(text) for text, _ in corrections]
    seen = Counter(feature for reading in readings for feature in reading.features)
    rarity = {name: round(1.0 + log(len(readings) / n), 2) for name, n in sorted(seen.items()) if n >= SEEN_AT_LEAST}
    columns = {name: at for at, name in enumerate([*SHIPPED, *rarity])}
    rows = [[(columns[name], v) for name, v in _values(rarity, reading).items()] for reading in readings]
    return TeamModel(rarity, {label: _weights(label, rows, corrections, columns) for label in LABELS})


def _weights(
    label: str,
    rows: Sequence[Sequence[tuple[int, float]]],
    corrections: Sequence[tuple[str, str]],
    columns: Mapping[str, int],
) -> dict[str, float]:
    wanted = [given == label for _, given in corrections]
    line = fit(rows, wanted, balanced(wanted, [1.0] * len(wanted), STRENGTH), len(columns))
    weights = {name: round(line.weights[at], PLACES) for name, at in columns.items()}
    return {"": round(line.intercept, PLACES), **weights}


def _values(rarity: Mapping[str, float], reading: Reading) -> dict[str, float]:
    shipped = model(reading.locale)
    unhappy, happy = shipped.score(shipped.values(reading.features))
    raw = {name: count * rarity[name] for name, count in reading.features.items() if name in rarity}
    length = sum([value * value for value in raw.values()]) ** 0.5
    scores = (unhappy + reading.unhappy, happy + reading.happy)
    return {
        **{name: SHIPPED_SCALE * score for name, score in zip(SHIPPED, scores, strict=True)},
        **{name: value / length for name, value in raw.items()},
    }
