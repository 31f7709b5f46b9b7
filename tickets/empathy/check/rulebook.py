"""All rules of one language, compiled once, and how each of them finds what it is about."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from tickets.empathy.check.context import Context
from tickets.empathy.check.dates import next_working_day
from tickets.empathy.check.draft import LONGEST, Draft, message_of
from tickets.empathy.check.finders import FINDERS
from tickets.empathy.check.findings import Finding
from tickets.empathy.check.matching import Index, Match, may_stand_in
from tickets.empathy.check.metrics import METRICS
from tickets.empathy.check.patterns import Pattern
from tickets.empathy.check.reading import Reading, Span
from tickets.empathy.check.rules import Rule, rules_of
from tickets.empathy.check.vocabulary import Vocabulary, vocabulary_of
from tickets.empathy.language import DEFAULT, locales, stop_words

RULES = Path(__file__).parent.parent / "rules"
READING = Lock()
Hit = tuple[Span | None, str]
"""Where a rule found something (None: missing), and the plainer word for it if there is one."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules and the words of one language."""

    locale: str
    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    lists: Mapping[str, Pattern]
    index: Index
    small_words: frozenset[str]

    def read(self, text: str, customer_message: str, context: Context) -> Reading:
        """Make a draft readable for the rules of this language."""
        spelling = self.vocabulary.spelling
        customer = message_of(customer_message[:LONGEST], spelling)
        draft = Draft(text, spelling)
        return Reading(draft, customer, context, self.vocabulary, self.lists, self.index, self.small_words)

    def findings(self, reading: Reading) -> tuple[Finding, ...]:
        """Return what the rules find, in order of place, what is missing last."""
        if not reading.draft.sentences:
            return ()
        found = {finding: None for rule in self.rules for finding in self._findings_of(rule, reading)}
        return tuple(sorted(found, key=_order))

    def _findings_of(self, rule: Rule, reading: Reading) -> Iterator[Finding]:
        if applies(rule, reading):
            for span, plainer in LOOKERS[rule.kind](rule, reading):
                start, end = span or (None, None)
                suggestion = fill(rule.suggestion, reading.context, self.vocabulary, plainer)
                offers = (plainer,) if plainer else ()
                yield Finding(rule.id, rule.level, start, end, rule.message, suggestion, offers)


def _order(finding: Finding) -> tuple[bool, int, int, str]:
    return finding.start is None, finding.start or 0, finding.end or 0, finding.rule


def rulebook(locale: str) -> Rulebook:
    """Return the shipped rules of a language; the default language where it has none. Raises BadRule, BadPhrase.

    Who asks while they are read for the first time waits for that reading instead of beginning a second one.
    """
    with READING:
        return _shipped(locale)


@cache
def _shipped(locale: str) -> Rulebook:
    folder = RULES / locale
    return rulebook_of(folder, locale) if folder.is_dir() else _shipped(DEFAULT)


def rulebook_of(folder: Path, locale: str) -> Rulebook:
    """Read the rules below a folder; raises BadRule or BadPhrase with the file and the reason."""
    vocabulary = vocabulary_of(folder)
    lists = {name: vocabulary.pattern(f"@{name}") for name in vocabulary.lists}
    small_words = stop_words(locale if locale in locales() else DEFAULT)
    rules = rules_of(folder, vocabulary)
    index = Index([*lists.values(), *(pattern for rule in rules for pattern in looked_for(rule))])
    return Rulebook(locale, rules, vocabulary, lists, index, small_words)


def looked_for(rule: Rule) -> Iterator[Pattern]:
    """Yield the patterns that a rule looks for in every draft; its exceptions are looked at only where one stands."""
    yield from rule.patterns
    yield from (pattern for pattern, _ in rule.swaps)


def applies(rule: Rule, reading: Reading) -> bool:
    """Say whether the ticket has the facts that a rule needs."""
    for key, value in rule.when:
        if getattr(reading.context, key) != value:
            return False
    return all(_is_given(reading, name) for name in rule.given) if rule.given else True


def _is_given(reading: Reading, name: str) -> bool:
    if name == "customer_message":
        return bool(reading.customer.sentences)
    return bool(getattr(reading.context, name))


def fill(suggestion: str, context: Context, vocabulary: Vocabulary, plainer: str) -> str:
    """Put the customer's name, the agent's name, the next working day and a plainer word into a suggestion."""
    if "{" not in suggestion:
        return suggestion
    day = vocabulary.spoken(next_working_day(context.today, context.closed)) if context.today else ""
    values = {
        "customer": context.customer_name.split()[0] if context.customer_name.split() else "",
        "agent": context.agent_name,
        "day": day,
        "plainer": plainer,
    }
    for name, value in values.items():
        suggestion = suggestion.replace(f"{{{name}}}", value or f"[{name}]")
    return suggestion


def _existing(rule: Rule, reading: Reading) -> Iterator[Hit]:
    for match in _kept(rule, reading, rule.patterns):
        yield reading.span(match), ""
    for span in _signs(rule, reading):
        yield span, ""


def _swapped(rule: Rule, reading: Reading) -> Iterator[Hit]:
    for pattern, plainer in rule.swaps:
        for match in _kept(rule, reading, (pattern,)):
            yield reading.span(match), plainer


def _too_often(rule: Rule, reading: Reading) -> Iterator[Hit]:
    spans = [reading.span(match) for match in _kept(rule, reading, rule.patterns)] + list(_signs(rule, reading))
    if len(spans) > rule.most:
        yield sorted(spans)[rule.most], ""


def _measured(rule: Rule, reading: Reading) -> Iterator[Hit]:
    if rule.metric:
        name, limit = rule.metric
        for span in METRICS[name](reading, limit):
            yield span, ""


def _known(rule: Rule, reading: Reading) -> Iterator[Hit]:
    if rule.finder:
        for span in FINDERS[rule.finder](reading):
            yield span, ""


LOOKERS: Mapping[str, Callable[[Rule, Reading], Iterator[Hit]]] = {
    "existence": _existing,
    "substitution": _swapped,
    "occurrence": _too_often,
    "metric": _measured,
    "context": _known,
}


def _signs(rule: Rule, reading: Reading) -> Iterator[Span]:
    for sign in rule.signs:
        start = reading.draft.own.find(sign)
        while start >= 0:
            yield start, start + len(sign)
            start = reading.draft.own.find(sign, start + len(sign))


def _kept(rule: Rule, reading: Reading, patterns: tuple[Pattern, ...]) -> list[Match]:
    """Return what the patterns take, the longest of what overlaps, less negation, reports and exceptions."""
    found = reading.matches(patterns)
    kept: list[Match] = []
    for match in sorted(found, key=lambda one: (one[0], -one[1])):
        if (not kept or match[0] >= kept[-1][1]) and not _is_spared(rule, reading, match):
            kept.append(match)
    return kept


def _is_spared(rule: Rule, reading: Reading, match: Match) -> bool:
    if rule.spared_by_negation and reading.is_negated(match):
        return True
    if rule.spared_by_report and reading.is_reported(match):
        return True
    if rule.spared_by_owning and reading.is_owned(match):
        return True
    return any(_stands_near(exception, rule.scope, reading.draft, match) for exception in rule.unless)


def _stands_near(exception: Pattern, scope: str, draft: Draft, match: Match) -> bool:
    if not may_stand_in(draft, exception):
        return False
    if scope == "draft":
        return exception.stands_in(draft.line, 0, len(draft.line))
    number = draft.sentence_of(match[0])
    start, end = draft.offsets(draft.sentences[number])
    if scope == "next" and number + 1 < len(draft.sentences):
        end = draft.offsets(draft.sentences[number + 1])[1]
    return exception.stands_in(draft.line, start, end)
