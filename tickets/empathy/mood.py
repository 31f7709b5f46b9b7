"""Says how unhappy a message sounds, and which of its words say so."""

from dataclasses import dataclass
from math import exp

from tickets.empathy.cues import Cue, find_cues
from tickets.empathy.language import language_of, stop_words
from tickets.empathy.lexicon import Rated, compound, rate
from tickets.empathy.own_words import own_words
from tickets.empathy.words import Word, words_of

VERSION = "1"
READ_AT_MOST = 20_000
REASONS_AT_MOST = 5
LEXICON_SHARE, CUE_SHARE = -2.2, -0.6
UNHAPPY_FROM, HAPPY_UP_TO = 0.6, 0.15
START = -0.8
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """Words that moved the reading: place in characters, `weight` above 0 is unhappier, `cue` "" for a plain word."""

    text: str
    start: int
    end: int
    weight: float
    cue: str


@dataclass(frozen=True, slots=True)
class Mood:
    """A guess about a text, never a property of a person: `unhappy` from 0 to 1, rounded to four places."""

    unhappy: float
    label: str
    reasons: tuple[Reason, ...]


def read(text: str) -> Mood:
    """Return the mood of the customer's own words: quoted lines and signatures do not count.

    Only the first 20,000 characters are read, so that the time is bounded whatever comes in. Any text is answered.
    """
    read_part = text[:READ_AT_MOST]
    own = own_words(read_part)
    words = words_of(own)
    locale = language_of(words)
    cues = find_cues(words, locale)
    rated = rate(words, locale)
    score = START + LEXICON_SHARE * compound(own, words, rated) + CUE_SHARE * sum(cue.weight for cue in cues)
    unhappy = round(1 / (1 + exp(-score)), DIGITS)
    return Mood(unhappy, _label(unhappy), _reasons(read_part, words, cues, rated, locale))


def _label(unhappy: float) -> str:
    if unhappy >= UNHAPPY_FROM:
        return "unhappy"
    return "happy" if unhappy < HAPPY_UP_TO else "neutral"


def _reasons(text: str, words: list[Word], cues: list[Cue], rated: list[Rated], locale: str) -> tuple[Reason, ...]:
    said = [Reason(text[c.start : c.end], c.start, c.end, round(CUE_SHARE * c.weight, DIGITS), c.name) for c in cues]
    plain = [
        Reason(text[w.start : w.end], w.start, w.end, round(-one.value / 4, DIGITS), "")
        for one in rated
        if (w := words[one.word]).key not in stop_words(locale)
    ]
    return tuple(sorted(said, key=_strongest)[:REASONS_AT_MOST] + sorted(plain, key=_strongest))[:REASONS_AT_MOST]


def _strongest(reason: Reason) -> tuple[float, int]:
    return (-abs(reason.weight), reason.start)
