"""What a rule of the kind `context` may look for: each finder yields places in the draft, None where something is missing."""

from collections.abc import Callable, Iterator, Mapping

from tickets.empathy.check.finders import (
    acknowledging,
    answering,
    apologising,
    closing,
    keeping_safe,
    promising,
    sounding,
)
from tickets.empathy.check.reading import Reading, Span

Finder = Callable[[Reading], Iterator[Span | None]]

FINDERS: Mapping[str, Finder] = {
    "apology-missing": apologising.missing,
    "apology-unowned": apologising.unowned,
    "apology-after-excuse": apologising.excuse_first,
    "own-words-missing": acknowledging.no_own_words,
    "empathy-without-content": acknowledging.hollow,
    "name-missing": acknowledging.no_name,
    "name-wrong": acknowledging.wrong_name,
    "slot-unfilled": acknowledging.placeholder,
    "question-unanswered": answering.unanswered,
    "known-fact-asked": answering.asks_known,
    "link-alone": answering.link_only,
    "promise-vague": promising.vague,
    "promise-undated": promising.undated,
    "promise-relative": promising.relative,
    "promise-date-impossible": promising.bad_date,
    "promise-weekday-wrong": promising.weekday_mismatch,
    "promise-broken-ignored": promising.broken_ignored,
    "promise-without-owner": promising.no_owner,
    "next-step-missing": closing.no_next_step,
    "signature-missing": closing.unsigned,
    "remedy-single": closing.single_option,
    "empathy-cancelled": sounding.cancelled_empathy,
    "refusal-without-option": sounding.refusal,
    "shouting": sounding.shouting,
    "we-only": sounding.we_only,
    "secret": keeping_safe.secret,
}
