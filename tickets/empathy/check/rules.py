"""Reads rule files, one YAML file each; a rule that is wrong, or that lacks its own examples, is refused with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tickets.empathy.check.finders import FINDERS
from tickets.empathy.check.findings import LEVELS
from tickets.empathy.check.metrics import METRICS
from tickets.empathy.check.patterns import Pattern
from tickets.empathy.check.recasting import RECASTS
from tickets.empathy.check.vocabulary import Vocabulary
from tickets.empathy.phrases import BadPhrase

KINDS = ("existence", "substitution", "occurrence", "metric", "context")
SCOPES = ("sentence", "next", "draft")
REQUIRED = frozenset({"id", "extends", "level", "message", "suggestion", "tests"})
PLACES = ("by", "words", "range", "lead", "sentence", "before", "after", "greeting", "opening", "close", "end")
OPTIONAL = frozenset(
    {"when", "given", "patterns", "signs", "swaps", "unless", "scope", "negation", "reported", "owned", "most", "metric",
     "finder", "offers", "principle"}
)  # fmt: skip


class BadRule(ValueError):
    """A rule cannot be used; the message says the file and the reason."""


@dataclass(frozen=True, slots=True)
class Example:
    """A draft with what is known around it."""

    draft: str
    customer_message: str
    context: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Offers:
    """Words to use: where they go (one of PLACES), and the words, "" to leave out what stands there.

    `swaps` are the words for what a pattern takes; `texts` are for the place as it is, or the names of recasts.
    """

    place: str
    texts: tuple[str, ...] = ()
    swaps: tuple[tuple[Pattern, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `when` are values the context must have, `given` are facts that must not be empty.

    `scope` says how far an exception reaches: its sentence, the next one too, or the whole draft. `most` is how often
    an occurrence may stand in a draft. `spared_by_negation` and `spared_by_report` say whether "not …" and "sorry that
    we told you …" before a match take it away, `spared_by_owning` whether "that was for us to do" in its sentence does.
    Of `offers` the first that has a place counts.
    """

    id: str
    kind: str
    level: str
    message: str
    suggestion: str
    when: tuple[tuple[str, object], ...]
    given: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    swaps: tuple[tuple[Pattern, str], ...]
    signs: tuple[str, ...]
    unless: tuple[Pattern, ...]
    scope: str
    spared_by_negation: bool
    spared_by_report: bool
    spared_by_owning: bool
    most: int
    metric: tuple[str, float] | None
    finder: str | None
    offers: tuple[Offers, ...]
    triggers: tuple[Example, ...]
    passes: tuple[Example, ...]


def rules_of(folder: Path, vocabulary: Vocabulary) -> tuple[Rule, ...]:
    """Read every rule file of a language, ordered by id; raises BadRule."""
    paths = sorted(path for path in folder.glob("*.yaml") if path.name != "vocabulary.yaml")
    rules = [read(path.read_text("utf-8"), path.name, vocabulary) for path in paths]
    return tuple(sorted(rules, key=lambda rule: rule.id))


def read(text: str, filename: str, vocabulary: Vocabulary) -> Rule:
    """Read one rule; raises BadRule with the file, and the line where it is known."""
    try:
        data = yaml.safe_load(text)
        return _Reader(data, vocabulary).rule()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadRule(f"{filename}, line {line}: this is not YAML: {error.problem}.") from None
    except yaml.YAMLError as error:
        raise BadRule(f"{filename}, line 1: this is not YAML: {error}.") from None
    except _Refusal as refusal:
        raise BadRule(f"{filename}, line {line_of(text, refusal.key)}: {refusal}") from None


class _Refusal(ValueError):
    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


def line_of(text: str, key: str) -> int:
    """Return the line on which a key stands, 1 where it does not."""
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)


class _Reader:
    """Turns the data of one file into a rule, or refuses it by key."""

    def __init__(self, data: object, vocabulary: Vocabulary) -> None:
        if not isinstance(data, dict):
            raise _Refusal("", "the file holds no keys.")
        for key in data:
            if key not in REQUIRED | OPTIONAL:
                raise _Refusal(str(key), f"{key!r} means nothing here.")
        for key in sorted(REQUIRED - data.keys()):
            raise _Refusal("", f"{key!r} is missing.")
        self.data = data
        self.vocabulary = vocabulary

    def rule(self) -> Rule:
        kind = self.one_of("extends", KINDS)
        rule = Rule(
            id=self.id(),
            kind=kind,
            level=self.one_of("level", LEVELS),
            message=self.text("message"),
            suggestion=self.text("suggestion"),
            when=tuple(sorted(self.mapping("when").items())),
            given=self.texts("given"),
            patterns=self.patterns("patterns"),
            swaps=self.swaps(),
            signs=self.texts("signs"),
            unless=self.patterns("unless"),
            scope=self.one_of("scope", SCOPES) if "scope" in self.data else "sentence",
            spared_by_negation=self.spares("negation"),
            spared_by_report=self.spares("reported"),
            spared_by_owning="owned" in self.data and self.spares("owned"),
            most=self.most(),
            metric=self.metric(),
            finder=self.finder(),
            offers=tuple(self.offers(place) for place in PLACES if place in self.mapping("offers")),
            triggers=self.examples("trigger"),
            passes=self.examples("pass"),
        )
        self.check_kind(rule)
        if unknown := sorted(self.mapping("offers").keys() - set(PLACES)):
            raise _Refusal("offers", f"{unknown[0]!r} is none of {', '.join(PLACES)}.")
        return rule

    def check_kind(self, rule: Rule) -> None:
        holds = {
            "existence": bool(rule.patterns or rule.signs),
            "substitution": bool(rule.swaps),
            "occurrence": bool(rule.patterns or rule.signs) and "most" in self.data,
            "metric": rule.metric is not None,
            "context": rule.finder is not None,
        }
        if not holds[rule.kind]:
            raise _Refusal("extends", f"a rule that extends {rule.kind} lacks what it looks for.")

    def id(self) -> str:
        name = self.text("id")
        group, dot, rest = name.partition(".")
        if not (group and dot and rest) or " " in name:
            raise _Refusal("id", f"{name!r} is no id such as blame.doubt.")
        return name

    def text(self, key: str) -> str:
        value = self.data[key]
        if not isinstance(value, str) or not value.strip():
            raise _Refusal(key, f"{key} is a text.")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise _Refusal(key, f"{key} is a list of texts.")
        return tuple(value)

    def mapping(self, key: str) -> Mapping[str, Any]:
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            raise _Refusal(key, f"{key} has a key and a value on each line.")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.data[key]
        if value not in allowed:
            raise _Refusal(key, f"{value!r} is none of {', '.join(allowed)}.")
        return str(value)

    def spares(self, key: str) -> bool:
        if key not in self.data:
            return True
        return self.one_of(key, ("spares", "ignored")) == "spares"

    def patterns(self, key: str) -> tuple[Pattern, ...]:
        return tuple(self.pattern(key, written) for written in self.texts(key))

    def pattern(self, key: str, written: str) -> Pattern:
        try:
            return self.vocabulary.pattern(written)
        except BadPhrase as reason:
            raise _Refusal(key, str(reason)) from None

    def offers(self, place: str) -> Offers:
        said = self.mapping("offers")[place]
        if place == "words":
            if not isinstance(said, dict):
                raise _Refusal("offers", "words has a pattern and what to use instead on each line.")
            return Offers(place, swaps=tuple((self.pattern("offers", str(key)), str(to)) for key, to in said.items()))
        if not isinstance(said, list) or not said or not all(isinstance(one, str) for one in said):
            raise _Refusal("offers", f"{place} is a list of texts.")
        if place == "by" and (unknown := set(said) - RECASTS.keys()):
            raise _Refusal("offers", f"{min(unknown)!r} is none of {', '.join(sorted(RECASTS))}.")
        return Offers(place, texts=tuple(said))

    def swaps(self) -> tuple[tuple[Pattern, str], ...]:
        found = self.mapping("swaps")
        return tuple((self.pattern("swaps", str(written)), str(plain)) for written, plain in found.items())

    def most(self) -> int:
        most = self.data.get("most", 0)
        if not isinstance(most, int) or most < 0:
            raise _Refusal("most", "most is a number from 0 on.")
        return most

    def metric(self) -> tuple[str, float] | None:
        found = list(self.mapping("metric").items())
        if not found:
            return None
        name, limit = found[0]
        if len(found) > 1 or name not in METRICS or not isinstance(limit, int | float):
            raise _Refusal("metric", f"a metric is one of {', '.join(sorted(METRICS))} with a number.")
        return name, float(limit)

    def finder(self) -> str | None:
        name = self.data.get("finder")
        if name is not None and name not in FINDERS:
            raise _Refusal("finder", f"{name!r} is none of {', '.join(sorted(FINDERS))}.")
        return name

    def examples(self, key: str) -> tuple[Example, ...]:
        found = self.mapping("tests").get(key)
        if not isinstance(found, list) or not found:
            raise _Refusal("tests", f"a rule needs its own {key} example.")
        return tuple(self.example(one) for one in found)

    def example(self, written: object) -> Example:
        if isinstance(written, str):
            return Example(written, "", dict(self.mapping("when")))
        if not isinstance(written, dict) or not isinstance(written.get("draft"), str):
            raise _Refusal("tests", "an example is a draft, or has a draft, a customer_message and a context.")
        context = {**self.mapping("when"), **written.get("context", {})}
        return Example(written["draft"], str(written.get("customer_message", "")), context)
