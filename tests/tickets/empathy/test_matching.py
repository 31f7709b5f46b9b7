"""What a draft may hold is told by its words; nothing that a pattern alone would find may be lost by that."""

import pytest

from tickets.empathy.check.draft import Draft
from tickets.empathy.check.matching import Index, matches
from tickets.empathy.check.patterns import Pattern, pattern_of, regular_forms
from tickets.empathy.check.rulebook import looked_for, rulebook
from tickets.empathy.check.spelling import Spelling

PLAIN = Spelling({}, {}, (), frozenset())


def pattern(written: str) -> Pattern:
    return pattern_of(written, {}, regular_forms)


def alone(draft: Draft, pattern: Pattern) -> list[int]:
    """Where a pattern begins if it is tried at every word, without any index."""
    return [draft.key_at(found.start()) for found in pattern.regex.finditer(draft.line)]


@pytest.mark.parametrize("locale", ["en", "de"])
def test_every_shipped_pattern_finds_by_its_words_what_it_finds_by_trying_everywhere(locale: str):
    book = rulebook(locale)
    patterns = [*book.lists.values(), *(one for rule in book.rules for one in looked_for(rule))]
    single = [one for one in dict.fromkeys(patterns) if not one.beside]
    drafts = [Draft(rule.triggers[0].draft, book.vocabulary.spelling) for rule in book.rules]
    found = [
        (draft, one, [first for first, _ in book.index.matches(draft, [one])]) for draft in drafts for one in single
    ]
    lost = [(one.written, draft.text) for draft, one, firsts in found if firsts != alone(draft, one)]
    assert sum(bool(firsts) for *_, firsts in found) > len(book.rules)
    assert lost == []


@pytest.mark.parametrize("written", ["(we will|you can not) [ever] refund", "refus* & (today|by friday)", "* refund"])
def test_a_pattern_that_the_index_does_not_know_is_found_too(written: str):
    draft = Draft("We will refund it today. Our shop refuses nothing today.", PLAIN)
    known, unknown = pattern(written), Index([])
    assert unknown.matches(draft, [known]) == Index([known]).matches(draft, [known]) == matches(draft, known) != []


def test_words_of_two_sentences_are_no_way_of_one_pattern():
    draft = Draft("We refuse. By Friday it is here.", PLAIN)
    both = pattern("refus* & friday")
    assert Index([both]).matches(draft, [both]) == matches(draft, both) == []


def test_each_option_of_a_choice_asks_for_all_of_its_own_words():
    ways = pattern("(once in a lifetime|today only|now) we").ways
    assert {frozenset().union(*way) for way in ways} == {
        frozenset({"once", "in", "a", "lifetime", "we"}),
        frozenset({"today", "only", "we"}),
        frozenset({"now", "we"}),
    }
