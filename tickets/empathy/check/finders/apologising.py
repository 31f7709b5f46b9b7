"""Looks for an apology where one is due, for who owns it, and for what stands before it."""

from collections.abc import Iterator

from tickets.empathy.check.draft import Sentence
from tickets.empathy.check.matching import Match
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
    """Yield a cause that stands in the opening before any apology, any understanding and any word of their harm."""
    spoken = min((first for name in ("apology", "empathy", "owned") for first, _ in reading.find(name)), default=None)
    openings = _until_it_turns_to_them(reading)
    for match in reading.find("cause"):
        sentence = next((one for one in openings if one.first <= match[0] < one.last), None)
        if sentence is None or (spoken is not None and spoken < sentence.last) or _harm_first(reading, sentence, match):
            continue
        yield reading.span(match)
        return


def _until_it_turns_to_them(reading: Reading) -> list[Sentence]:
    """ "You spent the night at the station." tells what happened to them; what comes after it is no excuse first."""
    theirs = {first for first, _ in reading.find("you_words")}
    openings = reading.body[:OPENING]
    turns = (number for number, sentence in enumerate(openings) if sentence.first in theirs)
    return openings[: next(turns, OPENING) + 1]


def _harm_first(reading: Reading, sentence: Sentence, cause: Match) -> bool:
    """ "You waited nine days, because …" begins with them; "because of your photo" blames nothing."""
    theirs = {first for first, _ in reading.find("you_words")}
    return any(first in theirs for first in range(sentence.first, cause[0])) or cause[1] in theirs
