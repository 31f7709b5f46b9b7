"""Turns a message into the features that the linear model weighs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from tickets.empathy.words import STOP, Word

NEGATED_WORDS = 3
FIGURE = "#n"
LONGEST = 24
SENTENCE_START = "^"
SHOUTED_WORDS, SHOUTED_SHARE = 3, 0.7


def features_of(words: Sequence[Word], tokens: Sequence[tuple[str, int]], cues: Iterable[str]) -> dict[str, float]:
    """Return each feature with its damped count, 1 + ln(times): words, pairs of words, marks of tone, `cue:` names."""
    counts = Counter([token for token, _ in tokens])
    counts.update([f"cue:{name}" for name in cues])
    if _shouted(words):
        counts["sign:capitals"] = 1
    return {feature: 1.0 + log(times) if times > 1 else 1.0 for feature, times in counts.items()}


def tokens_of(words: Sequence[Word], negations: frozenset[str]) -> list[tuple[str, int]]:
    """Return words and pairs of words as features, each with the number of its (last) word.

    The three words after a negation carry `not_`, up to the end of the sentence; all figures are one word; `^` stands
    before the first word of a sentence.
    """
    tokens: list[tuple[str, int]] = []
    before, negated = SENTENCE_START, 0
    for at, word in enumerate(words):
        key = word.key
        if key == STOP:
            before, negated = SENTENCE_START, 0
            tokens += [(sign, at) for sign in _signs(word.raw)]
            continue
        token = FIGURE if key[0].isdigit() else key[:LONGEST]
        if negated:
            token, negated = f"not_{token}", negated - 1
        if key in negations:
            negated = NEGATED_WORDS
        tokens += ((token, at), (f"{before} {token}", at))
        before = token
    return tokens


def _shouted(words: Sequence[Word]) -> bool:
    letters = [word.raw for word in words if word.raw[0].isalpha()]
    return len(letters) >= SHOUTED_WORDS and sum(map(str.isupper, letters)) > len(letters) * SHOUTED_SHARE


def _signs(raw: str) -> list[str]:
    """Return the marks of tone: a question, a call, and whether marks are repeated."""
    signs = [f"sign:{sign}" for sign in "!?" if sign in raw]
    return signs if len(raw) == 1 or raw.isspace() else [*signs, f"sign:{raw[:2]}"]
