"""What a finding offers to use instead: it takes the finding away, brings no new fault, and stands as a sentence."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.tickets.empathy.test_rules import RULE
from tickets.empathy.check import Checked, Finding, check, check_with, context_of
from tickets.empathy.check.context import Context
from tickets.empathy.check.places import AT
from tickets.empathy.check.rulebook import RULES, rulebook
from tickets.empathy.check.rules import PLACES, BadRule, Example, Rule, read
from tickets.empathy.slots import slot_words

LOCALES = sorted(path.name for path in RULES.iterdir() if path.is_dir())
FACTS = {"customer_name": "Ana Lima", "agent_name": "Sam Reed", "today": "2026-05-11"}
WITHOUT = {
    "ack.placeholder": "the places stand beside the text, to be filled",
    "form.grade": "other words would have to be chosen",
    "form.long": "what may go is for a person to say",
    "form.long-sentence": "where one idea ends is for a person to say",
    "promise.no-date": "the picker writes the time into text and ledger in one act",
    "promise.relative": "likewise",
    "promise.vague": "likewise",
    "tone.no-I": "only the writer knows what they did themselves",
}
FILLED = {
    "en": {"what_is_missing": "the order number", "what_they_should_do": "send it back by Friday 15 May"},
    "de": {"what_is_missing": "die Bestellnummer", "what_they_should_do": "es mir geschickt haben"},
}
MOST_PRESSES = 4


def rules() -> list:
    return [
        pytest.param(locale, rule, id=f"{locale}-{rule.id}") for locale in LOCALES for rule in rulebook(locale).rules
    ]


def examples() -> list:
    return [
        pytest.param(locale, rule, example, id=f"{locale}-{rule.id}-{number}")
        for locale in LOCALES
        for rule in rulebook(locale).rules
        if rule.id not in WITHOUT
        for number, example in enumerate(rule.triggers)
    ]


def context(locale: str, example: Example) -> Context:
    return context_of({**FACTS, **example.context, "locale": locale})


def checked(locale: str, draft: str, example: Example) -> Checked:
    return check_with(rulebook(locale), draft, example.customer_message, context(locale, example))


def found(locale: str, rule: Rule, draft: str, example: Example) -> Finding:
    return next(one for one in checked(locale, draft, example).findings if one.rule == rule.id)


def offering(locale: str, rule: Rule, draft: str, example: Example) -> list[Finding]:
    return [one for one in checked(locale, draft, example).findings if one.rule == rule.id and one.offers]


def used(draft: str, finding: Finding, offer: str) -> str:
    assert finding.place is not None
    start, end = finding.place
    return draft[:start] + offer + draft[end:]


def filled(draft: str, locale: str, message: str) -> str:
    """With what a person would put into the places; of their own words, the first question or sentence."""
    samples: Mapping[str, Any] = {**slot_words(locale).samples, **FILLED[locale]}
    samples = {**samples, "answers": f"{samples['answers']} {samples['done']}"}
    theirs = re.split(r"[.?]", message)[0] or samples["their_words"]
    return re.sub(r"\{([a-z_]+)\}", lambda slot: theirs if slot[1] == "their_words" else samples[slot[1]], draft)


@pytest.mark.parametrize(("locale", "rule"), rules())
def test_each_rule_offers_something_or_says_why_it_cannot(locale: str, rule: Rule) -> None:
    offers = [found(locale, rule, example.draft, example).offers for example in rule.triggers]
    assert any(offers) == (rule.id not in WITHOUT)


@pytest.mark.parametrize(("locale", "rule", "example"), examples())
def test_an_offer_takes_its_finding_away_and_brings_no_error(locale: str, rule: Rule, example: Example) -> None:
    """Of a fault that stands there several times, each press takes one."""
    for number in range(len(found(locale, rule, example.draft, example).offers)):
        before, draft = checked(locale, example.draft, example).findings, example.draft
        for _ in range(MOST_PRESSES):
            finding = next((one for one in offering(locale, rule, draft, example)), None)
            if finding is None:
                break
            offer = finding.offers[min(number, len(finding.offers) - 1)]
            draft = filled(used(draft, finding, offer), locale, example.customer_message)
        after = checked(locale, draft, example).findings
        new = Counter(one.rule for one in after if one.level == "error") - Counter(one.rule for one in before)
        assert not offering(locale, rule, draft, example), draft
        assert not new, draft


@pytest.mark.parametrize(("locale", "rule", "example"), examples())
def test_an_offer_leaves_whole_sentences(locale: str, rule: Rule, example: Example) -> None:
    """They begin with a capital letter, and no blanks, commas or stops stand side by side."""
    finding = found(locale, rule, example.draft, example)
    for offer in finding.offers:
        draft = filled(used(example.draft, finding, offer), locale, example.customer_message)
        assert not re.search(r"  | [.,;!?]|,[.,]|[.!?][.,]|[.!?] [a-zäöü]|^[a-zäöü ]", draft), draft


@pytest.mark.parametrize(
    ("draft", "facts", "mended"),
    [
        ("Hi Ana,\n\nActually, the parcel was on time.", {}, "Hi Ana,\n\nThe parcel was on time."),
        ("Have a great day!\n\nSam", {}, "Reply to this email and it comes straight to me.\n\nSam"),
        ("I see. Actually, the parcel was on time.", {}, "I see. The parcel was on time."),
        ("I phoned them. You claim the box was empty.", {}, "I phoned them. You told me that the box was empty."),
        ("Thanks. We try to call you on Friday.", {}, "Thanks. We call you on Friday."),
        ("It ships. Have a great day!\n\nSam", {}, "It ships. Reply to this email and it comes straight to me.\n\nSam"),
        ("Hello,\n\nyour refund is sent.", {"customer_name": "Ana Lima"}, "Hi Ana,\n\nyour refund is sent."),
        ("Your refund is sent.", {"customer_name": "Ana Lima"}, "Hi Ana,\n\nYour refund is sent."),
        ("I'll call on Tuesday 13 May.", {"today": "2026-05-11"}, "I'll call on Wednesday 13 May."),
        ("I see your point, but the offer is over.", {}, "I see your point. The offer is over."),
        ("Please send it. Then kindly wait.", {}, "Please send it. Then please wait."),
        ("Please kindly send it.", {}, "Please send it."),
        ("The part, RMA 7, is here.", {}, "The part, return 7, is here."),
    ],
)  # fmt: skip
def test_the_first_offer_reads_right_in_its_place(draft: str, facts: dict[str, Any], mended: str) -> None:
    finding = next(one for one in check(draft, "", {**facts, "locale": "en"}).findings if one.offers)
    assert used(draft, finding, finding.offers[0]) == mended


def test_what_is_left_out_takes_its_blanks_along() -> None:
    for draft, left in (
        ("It ships today. Have a great day!", "It ships today."),
        ("It ships today. Have a great day!\n\nSam", "It ships today.\n\nSam"),
        ("It ships today.\n\nHave a great day!\n\nSam", "It ships today.\n\nSam"),
        ("It ships today. Have a great day! We sent it.", "It ships today. We sent it."),
    ):
        finding = next(one for one in check(draft, "", {"locale": "en"}).findings if one.rule == "close.canned")
        assert used(draft, finding, finding.offers[1]) == left


def test_what_is_missing_is_put_where_it_belongs() -> None:
    facts = {"mood": "negative", "our_fault": True, "customer_name": "Ana", "agent_name": "Sam", "locale": "en"}
    draft = "Hi Ana,\n\nyour new kettle ships on Friday 15 May.\n\nThe team"
    by_rule = {one.rule: one for one in check(draft, "Is it blue?", facts).findings if one.offers}
    apology, answer, name = by_rule["apology.missing"], by_rule["answer.unanswered"], by_rule["close.unsigned"]
    assert used(draft, apology, apology.offers[0]).startswith("Hi Ana,\n\nI am sorry {what_we_did}. Your new kettle")
    assert "15 May. {answers}\n\nThe team" in used(draft, answer, answer.offers[0])
    assert used(draft, name, name.offers[0]).endswith("The team\nSam")


def test_what_only_says_what_to_do_is_no_word_to_use() -> None:
    finding = next(one for one in check("We leverage our synergies.", "", {"locale": "en"}).findings)
    assert (finding.offers, finding.suggestion) == ((), "Say it plainly: in everyday words.")


@pytest.mark.parametrize(
    ("offers", "reason"),
    [
        ("offers: {sentence: Ask.}", "sentence is a list of texts"),
        ("offers: {nowhere: [Ask.]}", "'nowhere' is none of by, words"),
        ("offers: {by: [magic]}", "'magic' is none of full-stop"),
        ("offers: {words: [Ask.]}", "words has a pattern and what to use instead"),
        ("offers: {words: {'you (failed': ''}}", "is not closed"),
    ],
)
def test_a_wrong_offer_is_refused_with_its_line(offers: str, reason: str) -> None:
    book = rulebook("en")
    with pytest.raises(BadRule, match=re.escape(reason)) as refused:
        read(RULE.replace("tests:", f"{offers}\ntests:"), "test.yaml", book.vocabulary)
    assert "line 7" in str(refused.value)


def test_every_place_that_a_rule_may_name_is_known() -> None:
    assert set(PLACES) == AT.keys()


def test_a_rule_of_the_house_offers_too() -> None:
    book = rulebook("en")
    rule = read(RULE.replace("tests:", "offers: {sentence: ['Could you send it?']}\ntests:"), "rule", book.vocabulary)
    house = replace(book, rules=(rule,))
    [finding] = check_with(house, "Hello. You failed again.", "", context_of({"locale": "en"})).findings
    assert used("Hello. You failed again.", finding, finding.offers[0]) == "Hello. Could you send it?"
