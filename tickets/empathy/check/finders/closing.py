"""Looks at how a draft ends: what happens next, who signs, and whether there was a choice."""

from collections.abc import Iterator

from tickets.empathy.check.finders.acknowledging import plain
from tickets.empathy.check.reading import Reading, Span

LAST_LINES = 4


def no_next_step(reading: Reading) -> Iterator[Span | None]:
    """Yield a gap if nothing is to happen, nothing is asked and no day is named."""
    draft = reading.draft
    if draft.sentences and "?" not in draft.vocabulary and not reading.find("next_step"):
        yield None


def unsigned(reading: Reading) -> Iterator[Span | None]:
    """Yield a gap if first and last name of the agent are missing from the last four lines."""
    names = plain(reading.context.agent_name).split()
    lines = [line for line in reading.draft.text.splitlines() if line.strip()][-LAST_LINES:]
    if names and not any(name in plain(" ".join(lines)) for name in (names[0], names[-1])):
        yield None


def single_option(reading: Reading) -> Iterator[Span | None]:
    """Yield the first remedy that we decided on, if the draft leaves no choice; what they asked for was their choice."""
    asked = reading.numbers_of("as_asked")
    remedies = [
        match
        for match in reading.find("remedy_given")
        if not reading.is_negated(match) and reading.draft.sentence_of(match[0]) not in asked
    ]
    if remedies and not reading.find("choice"):
        yield reading.span(remedies[0])
