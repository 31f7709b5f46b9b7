"""Every rule file: its own examples, its bounded time, and what is refused."""

import time

import pytest

from tickets.empathy.check import check_with, context_of
from tickets.empathy.check.patterns import Pattern, pattern_of, regular_forms
from tickets.empathy.check.rulebook import RULES, rulebook
from tickets.empathy.check.rules import BadRule, Example, Rule, read
from tickets.empathy.check.trying import hostile
from tickets.empathy.phrases import BadPhrase

LOCALES = sorted(path.name for path in RULES.iterdir() if path.is_dir())
SECONDS_FOR_HOSTILE_TEXT = 2.0

RULE = """id: blame.test
extends: existence
level: error
patterns: ['you failed']
message: It blames.
suggestion: Ask.
tests:
  trigger: [You failed.]
  pass: [We failed.]
"""


def examples(kind: str) -> list:
    return [
        pytest.param(locale, rule, example, id=f"{locale}-{rule.id}-{number}")
        for locale in LOCALES
        for rule in rulebook(locale).rules
        for number, example in enumerate(rule.triggers if kind == "trigger" else rule.passes)
    ]


def fires(locale: str, rule: Rule, example: Example) -> bool:
    checked = check_with(rulebook(locale), example.draft, example.customer_message, context_of(example.context))
    return rule.id in {finding.rule for finding in checked.findings}


@pytest.mark.parametrize(("locale", "rule", "example"), examples("trigger"))
def test_a_rule_finds_its_own_trigger(locale: str, rule: Rule, example: Example):
    assert fires(locale, rule, example)


@pytest.mark.parametrize(("locale", "rule", "example"), examples("pass"))
def test_a_rule_leaves_its_own_near_miss_alone(locale: str, rule: Rule, example: Example):
    assert not fires(locale, rule, example)


def test_english_has_seventy_rules_and_german_at_least_twenty():
    assert len(rulebook("en").rules) == 70
    assert len(rulebook("de").rules) >= 20


def test_a_language_without_rules_is_read_by_the_default_ones():
    assert rulebook("fr").locale == "en"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("  trigger: [You failed.]\n", "", 7, "needs its own trigger example"),
        ("  pass: [We failed.]\n", "", 7, "needs its own pass example"),
        ("trigger: [You failed.]", "trigger: [{text: You failed.}]", 7, "an example is a draft"),
        ("level: error", "level: fatal", 3, "'fatal' is none of error, warning, suggestion"),
        ("extends: existence", "extends: metric", 2, "lacks what it looks for"),
        ("extends: existence", "extends: magic", 2, "'magic' is none of"),
        ("'you failed'", "'you (failed'", 4, "is not closed"),
        ("'you failed'", "'you @unheard_of'", 4, "No list is called @unheard_of"),
        ("'you failed'", "'..3'", 4, "would match without any word"),
        ("patterns: ['you failed']", "patterns: you failed", 4, "patterns is a list of texts"),
        ("id: blame.test", "id: blame", 1, "'blame' is no id"),
        ("message: It blames.", "message: 7", 5, "message is a text"),
        ("suggestion: Ask.\n", "", 1, "'suggestion' is missing"),
        ("suggestion: Ask.", "suggestion: Ask.\ncolour: red", 7, "'colour' means nothing here"),
        ("level: error", "level: [error", 4, "this is not YAML"),
    ],
)
def test_it_refuses_a_wrong_rule_with_the_line_and_the_reason(old: str, new: str, line: int, reason: str):
    assert old in RULE
    with pytest.raises(BadRule) as refusal:
        read(RULE.replace(old, new), "blame-test.yaml", rulebook("en").vocabulary)
    assert reason in str(refusal.value)
    assert f"blame-test.yaml, line {line}: " in str(refusal.value)


def test_it_reads_a_rule():
    rule = read(RULE, "blame-test.yaml", rulebook("en").vocabulary)
    assert (rule.id, rule.kind, rule.level, rule.message) == ("blame.test", "existence", "error", "It blames.")


@pytest.mark.parametrize(
    ("written", "line", "found"),
    [
        ("you fail+ to", "you failed to ", True),
        ("you fail+ to", "you failures to ", False),
        ("refus* to", "refusing to ", True),
        ("you ..2 wrong", "you are quite wrong ", True),
        ("you ..2 wrong", "you are quite clearly wrong ", False),
        ("you ..2 wrong", "you ¶ wrong ", False),
        ("a [very] bad idea", "a bad idea ", True),
        ("(one|two words) here", "two words here ", True),
        ("#n days", "14 days ", True),
        ("#n days", "some days ", False),
        ("^ actually", "actually ", False),
        ("sorry $", "sorry ? ", True),
        ("*erstattung", "kostenerstattung ", True),
        ("*erstattung", "erstattungen ", False),
        ("refund & (not|never)", "we never refund ", True),
        ("refund & (not|never)", "refund we do not ", True),
        ("refund & (not|never)", "we refund ", False),
    ],
)
def test_the_notation_means_what_it_says(written: str, line: str, found: bool):
    assert pattern_of(written, {}, regular_forms).stands_in(f" {line}", 0, len(line) + 1) is found


def test_a_pattern_may_not_have_many_gaps():
    with pytest.raises(BadPhrase, match="More than 4 gaps"):
        pattern_of("a ..1 b ..1 c ..1 d ..1 e ..1 f", {}, regular_forms)


def test_of_a_choice_only_the_worst_counts():
    assert pattern_of("(a ..1 b ..1 c|d ..1 e ..1 f|g ..1 h)", {}, regular_forms)


def patterns_of(locale: str) -> list[Pattern]:
    book = rulebook(locale)
    found = [pattern for rule in book.rules for pattern in (*rule.patterns, *rule.unless)]
    found += [pattern for rule in book.rules for pattern, _ in rule.swaps]
    return [*found, *book.lists.values()]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_pattern_answers_a_hostile_text_in_bounded_time(locale: str):
    """Its own words over and over, with no end in sight, is the worst a text can do to a pattern with gaps."""
    for pattern in patterns_of(locale):
        started = time.process_time()
        list(pattern.regex.finditer(hostile(pattern)))
        assert time.process_time() - started < SECONDS_FOR_HOSTILE_TEXT, pattern.written
