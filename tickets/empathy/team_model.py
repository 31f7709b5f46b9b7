"""Learns from a team's own corrections: a small model that stands on the shipped reading and never replaces it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from tickets.empathy.logistic import balanced, fit
from tickets.empathy.model import model
from tickets.empathy.reading import Reading, reading_of
from tickets.empathy.training_texts import LABELS

LEAST_CORRECTIONS, LEAST_OF_A_LABEL = 200, 5
STRENGTH = 1.0
SEEN_AT_LEAST = 2
PLACES = 4
SHIPPED = ("shipped:unhappy", "shipped:happy")
SHIPPED_SCALE = 0.5  # how much the shipped logits, about -10 to 10, count beside a text's own features


class TooFewCorrections(ValueError):
    """Fewer corrections, of all or of one label, than can teach anything; the message says how many there are."""


@dataclass(frozen=True)
class TeamModel:
    """Rarity of each feature, and for each of LABELS the weights by feature; "" is the intercept. Goes into JSON as is."""

    rarity: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]

    def scores(self, reading: Reading) -> dict[str, float]:
        """Return a logit for each label of a text that was read."""
        values = _values(self.rarity, reading)
        return {
            label: own.get("", 0.0) + sum(own.get(name, 0.0) * value for name, value in values.items())
            for label, own in self.weights.items()
        }


def check_enough(labels: Sequence[str]) -> None:
    """Raise TooFewCorrections below 200 corrections, or where a label occurs fewer than five times."""
    rare = [label for label in LABELS if labels.count(label) < LEAST_OF_A_LABEL]
    if len(labels) < LEAST_CORRECTIONS or rare:
        wanted = f"; too few are labelled {', '.join(rare)}" if rare else ""
        raise TooFewCorrections(f"{len(labels)} corrections of at least {LEAST_CORRECTIONS}{wanted}.")


def learn(corrections: Sequence[tuple[str, str]]) -> TeamModel:
    """Return the model learnt from (text, label) pairs, among which is every label."""
    readings = [reading_of(text) for text, _ in corrections]
    seen = Counter(feature for reading in readings for feature in reading.features)
    rarity = {name: round(1.0 + log(len(readings) / n), 2) for name, n in sorted(seen.items()) if n >= SEEN_AT_LEAST}
    columns = {name: at for at, name in enumerate([*SHIPPED, *rarity])}
    rows = [[(columns[name], v) for name, v in _values(rarity, reading).items()] for reading in readings]
    return TeamModel(rarity, {label: _weights(label, rows, corrections, columns) for label in LABELS})


def macro_f1(given: Sequence[str], read: Sequence[str]) -> float:
    """Return the mean over LABELS of the harmonic mean of precision and recall, 0 to 1; a label nobody gave counts not."""
    pairs = Counter(zip(given, read, strict=True))
    scores = [2 * pairs[label, label] / (given.count(label) + read.count(label)) for label in LABELS if label in given]
    return sum(scores) / len(scores) if scores else 0.0


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
