"""The linear model of a language: a few thousand weighed words and pairs of words in a file that can be read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path

from tickets.empathy.language import DATA


@dataclass(frozen=True)
class Model:
    """Features with (rarity, weight of unhappy, weight of happy); the scores are logits, `from` where a label begins."""

    features: Mapping[str, tuple[float, float, float]]
    intercepts: tuple[float, float]
    unhappy_from: float
    happy_from: float

    def values(self, counts: Mapping[str, float]) -> dict[str, float]:
        """Return the value of each known feature: count times rarity, the whole scaled to length 1."""
        raw = {name: count * self.features[name][0] for name, count in counts.items() if name in self.features}
        length = sqrt(sum([value * value for value in raw.values()]))
        return {name: value / length for name, value in raw.items()}

    def score(self, values: Mapping[str, float]) -> tuple[float, float]:
        """Return the two scores, unhappy and happy, of a text's feature values."""
        unhappy, happy = self.intercepts
        for name, value in values.items():
            _, more_unhappy, more_happy = self.features[name]
            unhappy += value * more_unhappy
            happy += value * more_happy
        return unhappy, happy


@cache
def model(locale: str) -> Model:
    """Return the shipped model of a locale; one without words of its own rests on cues and lexicon alone."""
    return model_from(DATA / locale / "model.json")


def model_from(path: Path) -> Model:
    """Read a model file."""
    written = json.loads(path.read_text("utf-8"))
    unhappy, happy = written["intercepts"]
    return Model(
        features={name: (rarity, bad, good) for name, (rarity, bad, good) in written["features"].items()},
        intercepts=(unhappy, happy),
        unhappy_from=written["unhappy_from"],
        happy_from=written["happy_from"],
    )


def written_model(one: Model, about: Mapping[str, object]) -> str:
    """Return the text of a model file: what it is about, then one feature a line, in order of name."""
    head = {
        **about,
        "intercepts": one.intercepts,
        "unhappy_from": one.unhappy_from,
        "happy_from": one.happy_from,
    }
    top = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(one.features[name], separators=(',', ':'))}"
        for name in sorted(one.features)
    )
    return f'{top},\n "features": {{\n{lines}\n}}}}\n'
