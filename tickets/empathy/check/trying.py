"""Tries a new rule before it is let in: on its own examples, and on texts made to keep it busy."""

from dataclasses import replace

from tickets.empathy.check.context import BadContext, context_of
from tickets.empathy.check.findings import Finding
from tickets.empathy.check.patterns import Pattern
from tickets.empathy.check.rulebook import Rulebook
from tickets.empathy.check.rules import BadRule, Example, Rule, line_of, read

OWN = "rule"


def read_own(source: str, book: Rulebook) -> Rule:
    """Read a rule of the house; raises BadRule with the line and the reason where it is wrong or fails its own examples."""
    rule = read(source, OWN, book.vocabulary)
    alone = replace(book, rules=(rule,))
    for example in rule.triggers:
        if not _fires(alone, example, source):
            raise _bad(source, example, f"its trigger {example.draft!r} does not trip it.")
    for example in rule.passes:
        if _fires(alone, example, source):
            raise _bad(source, example, f"its near miss {example.draft!r} trips it.")
    return rule


def findings_of(rule: Rule, book: Rulebook, draft: str) -> tuple[Finding, ...]:
    """Return what one rule finds in a draft, whatever the facts that it needs."""
    alone = replace(book, rules=(replace(rule, when=(), given=()),))
    return alone.findings(alone.read(draft, "", context_of({"locale": book.locale})))


def hostile(pattern: Pattern) -> str:
    """Return the worst that a text can do to a pattern with gaps: its own words over and over, with no end in sight."""
    words = [min(anchor).removesuffix("*") for anchor in max(pattern.ways, key=len)][:4] or ["you"]
    return " " + " ".join(words * 400)[:4_000] + " "


def _fires(alone: Rulebook, example: Example, source: str) -> bool:
    try:
        context = context_of({"locale": alone.locale, **example.context})
    except BadContext as reason:
        raise _bad(source, example, str(reason)) from None
    return bool(alone.findings(alone.read(example.draft, example.customer_message, context)))


def _bad(source: str, example: Example, reason: str) -> BadRule:
    """With the line of the example; of `tests` where its text is broken over lines or escaped."""
    tests, lines = line_of(source, "tests"), source.splitlines()
    at = next((number for number, line in enumerate(lines, 1) if number >= tests and example.draft in line), tests)
    return BadRule(f"{OWN}, line {at}: {reason}")
