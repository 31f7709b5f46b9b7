"""Puts words beside a finding that may stand in the text as they are: at its range, in its sentence, or where it lacks them."""

import re
from collections.abc import Iterable
from dataclasses import replace
from unicodedata import category

from tickets.empathy.check.context import Context
from tickets.empathy.check.dates import next_working_day
from tickets.empathy.check.findings import Finding
from tickets.empathy.check.places import AT, Place
from tickets.empathy.check.reading import Reading, Span
from tickets.empathy.check.rules import Rule
from tickets.empathy.check.vocabulary import Vocabulary

KNOWN = re.compile(r"\{(customer|full_name|agent|day|what|due)\}")
BLANKS = re.compile(r"[, ]*")
LINES = re.compile(r"\n*")
WORD = re.compile(r"\w+")
EMOJI = "So"
MOST_OFFERS = 3


def offered(rules: Iterable[Rule], reading: Reading, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings, each with the words that its rule offers in this draft; what one offer mends is told once."""
    if not findings:
        return findings
    by_id = {rule.id: rule for rule in rules}
    told: dict[object, Finding] = {}
    for finding in findings:
        one = _with_offers(by_id[finding.rule], reading, finding)
        told.setdefault((one.rule, one.place, one.offers) if one.place else one, one)
    return tuple(told.values())


def _with_offers(rule: Rule, reading: Reading, finding: Finding) -> Finding:
    if rule.kind == "substitution":
        finding = _without_advice(finding)
    for offers in rule.offers:
        for stretch, words in AT[offers.place](reading, _span(finding), offers):
            told = [said for one in words if (said := known(one, reading.context, reading.vocabulary)) is not None]
            if told:
                return _put(reading, finding, stretch, told)
    span = _span(finding)
    return _put(reading, finding, Place(*span), list(finding.offers)) if finding.offers and span else finding


def _span(finding: Finding) -> Span | None:
    return None if finding.start is None or finding.end is None else (finding.start, finding.end)


def _without_advice(finding: Finding) -> Finding:
    """What stands in round brackets beside a swap says what to do, and is no word to use."""
    advice = next((words for words in finding.offers if words.startswith("(")), None)
    if advice is None:
        return finding
    return replace(finding, offers=(), suggestion=finding.suggestion.replace(advice, advice.strip("()")))


def _put(reading: Reading, finding: Finding, place: Place, words: list[str]) -> Finding:
    """Give a finding the words for a place; at the beginning of a sentence they begin as one does."""
    text = reading.draft.text
    if "" in words:
        place, words = _without(text, place, words)
    elif not place.cased and _begins_sentence(text, place.start):
        words = [_capital(one) for one in words]
    told = [f"{place.before}{one}{place.after}" if one else "" for one in words]
    return replace(finding, offers=tuple(dict.fromkeys(told))[:MOST_OFFERS], place=(place.start, place.end))


def _without(text: str, place: Place, words: list[str]) -> tuple[Place, list[str]]:
    """Where words may be left out, the blank beside them goes too, and what follows a beginning becomes one."""
    blank = len(text[: place.start].rstrip(" "))
    if not _begins_sentence(text, place.start):
        return Place(blank, place.end, cased=True), [f" {one}" if one else "" for one in words]
    end = BLANKS.match(text, place.end).end()  # type: ignore[union-attr]
    word = WORD.match(text, end)
    if word:
        following = _capital(word.group())
        told = [f"{_capital(one)} {following}" if one else following for one in words]
        return Place(place.start, word.end(), cased=True), told
    if place.start > 0 and text[place.start - 1] != "\n":
        return Place(blank, end, cased=True), [
            f"{text[blank : place.start]}{_capital(one)}" if one else "" for one in words
        ]
    lines = LINES.match(text, end).group()  # type: ignore[union-attr]
    return Place(place.start, end + len(lines), cased=True), [f"{_capital(one)}{lines}" if one else "" for one in words]


def _begins_sentence(text: str, at: int) -> bool:
    """After the comma of a greeting it depends: in German the first line goes on in small letters."""
    before = text[:at].rstrip(" ")
    if before.endswith("\n") and before.rstrip(" \n").endswith(","):
        return text[at : at + 1].isupper()
    return not before or before[-1] in "\n.!?…:" or category(before[-1]) == EMOJI


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def known(words: str, context: Context, vocabulary: Vocabulary) -> str | None:
    """Put what the ticket knows into an offer; None where it does not know it. Slots of templates stay open."""
    names = context.customer_name.split()
    day = next_working_day(context.today, context.closed) if context.today else None
    promise = context.open_promise
    values = {
        "customer": names[0] if names else "",
        "full_name": context.customer_name,
        "agent": context.agent_name,
        "day": vocabulary.spoken(day) if day else "",
        "what": promise.what if promise else "",
        "due": vocabulary.spoken(promise.due) if promise else "",
    }
    if any(not values[name] for name in KNOWN.findall(words)):
        return None
    return KNOWN.sub(lambda found: values[found[1]], words)
