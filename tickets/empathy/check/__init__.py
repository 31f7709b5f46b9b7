"""Checks a reply before it is sent: it points at words that argue, blame, sell or promise without a date."""

from collections.abc import Mapping, Sequence
from typing import Any

from tickets.empathy.check.context import BadContext, Context, OpenPromise, context_of
from tickets.empathy.check.finders.answering import takes_up
from tickets.empathy.check.findings import Checked, Finding
from tickets.empathy.check.offering import offered
from tickets.empathy.check.rulebook import Rulebook, rulebook
from tickets.empathy.check.steps import steps_of
from tickets.empathy.language import detect

__all__ = ["BadContext", "Checked", "Context", "Finding", "OpenPromise", "check", "check_with", "context_of"]


def check(draft: str, customer_message: str = "", context: Context | Mapping[str, Any] | None = None) -> Checked:
    """Check a draft by the shipped rules of its language; raises BadContext if a fact has the wrong shape.

    The first 20,000 characters of the draft and of the message are read. Places count characters of the draft.
    """
    facts = context if isinstance(context, Context) else context_of(context or {})
    return check_with(rulebook(facts.locale or detect(draft)), draft, customer_message, facts)


def check_with(
    book: Rulebook, draft: str, customer_message: str, context: Context, heard: Sequence[str] = ()
) -> Checked:
    """Check a draft by the rules of a book; `heard` are words of the customer that the draft should take up."""
    reading = book.read(draft, customer_message, context)
    findings = offered(book.rules, reading, book.findings(reading))
    return Checked(findings, steps_of(reading, findings), tuple(takes_up(reading, words) for words in heard))
