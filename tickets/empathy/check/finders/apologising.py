"""Looks for an apology where one is due, for who owns it, and for what stands before it."""

from collections.abc import Iterator

from tickets.empathy.check.reading import Reading, Span

OPENING = 2


def missing(reading: Reading) -> Iterator[Span | None]:
    """Yield nothing but a gap if no word of apology is there."""
    if not reading.find("apology"):
        yield None


def unowned(reading: Reading) -> Iterator[Span | None]:
    """Yield the first apology if nobody says "we" or "I" with the act that went wrong."""
    apologies = reading.find("apology")
    if apologies and not reading.find("own_act"):
        yield reading.span(apologies[0])


def excuse_first(reading: Reading) -> Iterator[Span | None]:
    """Yield a cause that stands in the opening before any apology or any understanding."""
    draft = reading.draft
    first_apology = min((first for name in ("apology", "empathy") for first, _ in reading.find(name)), default=None)
    for match in reading.find("cause"):
        in_opening = any(sentence.first <= match[0] < sentence.last for sentence in reading.body[:OPENING])
        if in_opening and (first_apology is None or match[0] < first_apology):
            sentence = draft.sentences[draft.sentence_of(match[0])]
            if first_apology is None or not sentence.first <= first_apology < sentence.last:
                yield reading.span(match)
                return
