"""Reads a text once for everything that mood needs: words, cues, rated words and the model's features."""

from dataclasses import dataclass
from math import sqrt

from tickets.empathy.cues import Cue, find_cues
from tickets.empathy.features import features_of, tokens_of
from tickets.empathy.language import language_of
from tickets.empathy.lexicon import Rated, compound, lexicon, rate
from tickets.empathy.own_words import own_words
from tickets.empathy.words import Word, words_of

READ_AT_MOST = 20_000
LEXICON_SHARE, CUE_SHARE = 1.7, 0.6
USUAL_LENGTH = 20  # words; in a longer text a single cue says less


@dataclass(frozen=True)
class Reading:
    """What was seen in a text; `unhappy` and `happy` are the shares of cues and lexicon in the scores, as logits."""

    locale: str
    words: list[Word]
    tokens: list[tuple[str, int]]
    cues: list[Cue]
    rated: list[Rated]
    unhappy: float
    happy: float
    features: dict[str, float]


def reading_of(text: str) -> Reading:
    """Return the reading of the customer's own words among the first 20,000 characters."""
    own = own_words(text[:READ_AT_MOST])
    words = words_of(own)
    locale = language_of(words)
    cues = find_cues(words, locale)
    rated = rate(words, locale)
    tokens = tokens_of(words, lexicon(locale).negations)
    tone = LEXICON_SHARE * compound(own, words, rated)
    share = CUE_SHARE / sqrt(max(1.0, len(words) / USUAL_LENGTH))
    return Reading(
        locale=locale,
        words=words,
        tokens=tokens,
        cues=cues,
        rated=rated,
        unhappy=share * sum(cue.unhappy for cue in cues) - tone,
        happy=share * sum(cue.happy for cue in cues) + tone,
        features=features_of(words, tokens, (cue.name for cue in cues)),
    )
