"""Looks at the sound of a draft: a "but" after kindness, a bare refusal, capitals, and a firm without a person."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from tickets.empathy.check.reading import Reading, Span

CAPITALS = re.compile(r"[A-ZÄÖÜ](?<![\w.-].)[A-ZÄÖÜ]{2,}(?![\w-])")
STACKED = re.compile(r"[!?]{2,40}")
FEWEST_OF_US = 3
REFUSAL_REACH = 2


def cancelled_empathy(reading: Reading) -> Iterator[Span | None]:
    """Yield a "but" that follows understanding or regret in the same sentence, or that opens the next one."""
    kind = {
        reading.draft.sentence_of(first): first for name in ("empathy", "kindness") for first, _ in reading.find(name)
    }
    spared = {first for first, last in reading.find("but_spared") if not _goes_on_to_refuse(reading, last)}
    for match in reading.find("but"):
        number = reading.draft.sentence_of(match[0])
        opens = match[0] == reading.draft.sentences[number].first
        before = kind.get(number)
        if match[0] in spared or _takes_no_side(reading, match[0]):
            continue
        if (before is not None and before < match[0]) or (opens and number - 1 in kind):
            yield reading.span(match)


def _goes_on_to_refuse(reading: Reading, last: int) -> bool:
    """ "But we have a bed" is good news; "but we have no bed" is not."""
    return any(key in reading.vocabulary.negators for key in reading.draft.keys[last : last + REFUSAL_REACH])


def _takes_no_side(reading: Reading, at: int) -> bool:
    """ "Not A but B" and "nothing but" weigh nothing against each other."""
    return reading.draft.keys[at - 1] in ("nothing", "anything", "all", "none", "everything", "last")


def refusal(reading: Reading) -> Iterator[Span | None]:
    """Yield a refusal unless something else is offered from the sentence before it on."""
    refusals = reading.find("refusal")
    offers = {
        reading.draft.sentence_of(first)
        for first, last in reading.find("alternative")
        if not any(start < last and first < end for start, end in refusals)
    }
    spared = reading.numbers_of("refusal_spared")
    not_ours = reading.find("not_ours")
    for match in refusals:
        number = reading.draft.sentence_of(match[0])
        if any(match[0] < first < match[1] for first, _ in not_ours):
            continue  # "I see why you do not want it" refuses nothing
        if number not in spared and not any(offer >= number - 1 for offer in offers):
            yield reading.span(match)


def shouting(reading: Reading) -> Iterator[Span | None]:
    """Yield ordinary words in capitals, and stacked marks; a short form that is no word is left alone."""
    for found in STACKED.finditer(reading.draft.own):
        yield found.span()
    for found in CAPITALS.finditer(reading.draft.own):
        if _is_a_word(reading, found.start()):
            yield found.span()


def _is_a_word(reading: Reading, start: int) -> bool:
    number = bisect_right(reading.draft.starts, start) - 1
    if reading.draft.starts[number] != start:
        return False
    key = reading.draft.keys[number]
    return key in reading.small_words or any(first <= number < last for first, last in reading.find("shouted"))


def we_only(reading: Reading) -> Iterator[Span | None]:
    """Yield a gap if "we" speaks three times or more and no "I" does."""
    if len(reading.find("us_words")) >= FEWEST_OF_US and not reading.find("me_words"):
        yield None
