"""How far a reply has moved from the template that it began with."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tickets.empathy.templates import SLOT
from tickets.empathy.words import words_of

READ_AT_MOST = 8_000  # characters of each text


def changed(body: str, sent: str) -> float:
    """Return the share (0 to 1) of the template's neighbouring words that were not sent; filling a slot changes nothing.

    Pairs of neighbouring words are counted (the overlap of bags of bigrams), so the time grows with the length alone.
    """
    own = Counter(pair for part in SLOT.split(body[:READ_AT_MOST])[::3] for pair in _pairs(part))
    if not own:
        return 0.0
    kept = own & Counter(_pairs(sent[:READ_AT_MOST]))
    return 1 - kept.total() / own.total()


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    keys: Sequence[str] = [word.key for word in words_of(text)]
    return pairwise(keys)
