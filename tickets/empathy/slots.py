"""The slots of templates: what each holds, the kind that opens its picker, and how it speaks in each language; as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILES = Path(__file__).parent / "template_files"
KINDS = ("text", "sentence", "quote", "options", "date", "promise", "person", "answers")


@dataclass(frozen=True, slots=True)
class Slot:
    """`kind` is one of KINDS; `meaning` says to its writer what belongs there."""

    name: str
    kind: str
    label: str
    meaning: str


@dataclass(frozen=True)
class SlotWords:
    """How slots speak one language: `samples` fill a preview, `starters` begin a slot, `order_sentence` names an order.

    `region` is a language tag (BCP 47) by which days and months are named; `moment` and `by` say when something is due.
    `customer` and `message` are the believable customer of a preview; `full_name`: customers are greeted by both names.
    """

    samples: Mapping[str, str]
    starters: Mapping[str, tuple[str, ...]]
    order_sentence: str
    region: str
    moment: str
    by: str
    customer: str
    message: str
    full_name: bool

    def greeting_of(self, customer: str) -> str:
        """Return the name that stands in a greeting; empty where all that we know is an address."""
        return "" if "@" in customer or not customer.strip() else customer if self.full_name else customer.split()[0]


def _slots() -> dict[str, Slot]:
    slots = {name: Slot(name, **said) for name, said in _yaml(FILES / "slots.yaml").items()}
    if wrong := [slot.name for slot in slots.values() if slot.kind not in KINDS]:
        raise ValueError(f"slots.yaml: {', '.join(wrong)} has no kind that there is: {', '.join(KINDS)}.")
    return slots


def _yaml(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text("utf-8")))


SLOTS: Mapping[str, Slot] = _slots()


@cache
def locales() -> tuple[str, ...]:
    """Return the languages in which templates can be written, by name: a folder with slots.yaml is one."""
    return tuple(sorted(path.parent.name for path in FILES.glob("*/slots.yaml")))


@cache
def slot_words(locale: str) -> SlotWords:
    """Return how slots speak a language that is in `locales()`."""
    said = _yaml(FILES / locale / "slots.yaml")
    return SlotWords(
        samples={name: one["sample"] for name, one in said["slots"].items()},
        starters={name: tuple(one.get("starters", ())) for name, one in said["slots"].items()},
        order_sentence=said["order_sentence"],
        region=said["region"],
        moment=said["moment"],
        by=said["by"],
        customer=said["sample"]["customer"],
        message=said["sample"]["message"],
        full_name=said["greets_by"] == "full_name",
    )
