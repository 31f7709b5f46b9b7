"""Finds where patterns stand in a draft, and first of all which of a thousand patterns may stand in it at all."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from weakref import WeakKeyDictionary

from tickets.empathy.check.draft import BREAK, EVERY_BIT, Draft
from tickets.empathy.check.patterns import Pattern, Way

Match = tuple[int, int]
"""Which keys of the draft a pattern took, last excluded."""


class Index:
    """Knows patterns by the rarest word of each of their ways, so that a draft names those that it may hold.

    Rare are the words that few patterns hold: whoever writes rules writes the common words of the language into most.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns = frozenset(patterns)
        ways = [(pattern, way) for pattern in self._patterns for way in pattern.ways]
        common = Counter(word for _, way in ways for words in way for word in words)
        self._by_word: dict[str, dict[tuple[Pattern, Way], None]] = {}
        self._anyhow = [pattern for pattern, way in ways if not way]
        for pattern, way in ways:
            rarest, *others = sorted(way, key=lambda words: sum(common[word] for word in words)) or [frozenset()]
            for word in rarest:
                self._by_word.setdefault(word, {})[pattern, tuple(others)] = None
        self._read: WeakKeyDictionary[Draft, Mapping[Pattern, int]] = WeakKeyDictionary()

    def matches(self, draft: Draft, patterns: Iterable[Pattern]) -> list[Match]:
        """Return what patterns take in a draft, each pattern's own in order; one that is not known here is looked for too."""
        likely, found = self._likely(draft), []
        for pattern in patterns:
            if pattern in likely:
                found += _matches(draft, pattern, likely[pattern])
            elif pattern not in self._patterns:
                found += matches(draft, pattern)
        return found

    def _likely(self, draft: Draft) -> Mapping[Pattern, int]:
        """Return the patterns that a draft may hold, each with its sentences as bits; read once a draft."""
        likely = self._read.get(draft)
        if likely is None:
            likely = self._read[draft] = self._look_up(draft)
        return likely

    def _look_up(self, draft: Draft) -> Mapping[Pattern, int]:
        likely = dict.fromkeys(self._anyhow, EVERY_BIT)
        holding = draft.holding
        for word in self._by_word.keys() & draft.vocabulary:
            among = draft.bits[word]
            for pattern, others in self._by_word[word]:
                sentences = among
                for words in others:
                    sentences &= holding[words]
                    if not sentences:
                        break
                else:
                    likely[pattern] = likely.get(pattern, 0) | sentences
        return likely


def matches(draft: Draft, pattern: Pattern) -> list[Match]:
    """Return what a pattern takes in a draft, in order, never overlapping."""
    return _matches(draft, pattern, may_stand_in(draft, pattern))


def may_stand_in(draft: Draft, pattern: Pattern) -> int:
    """Return in which sentences of a draft a pattern may stand, as bits."""
    sentences = 0
    for way in pattern.ways:
        sentences |= draft.sentences_with(way)
    return sentences


def _matches(draft: Draft, pattern: Pattern, sentences: int) -> list[Match]:
    hits = _hits(draft, pattern, sentences) if sentences else ()
    if not hits:
        return []
    found = [_words_of(draft, hit) for hit in hits]
    if pattern.beside:
        return [wider for match in found for wider in _beside(draft, match, pattern.beside)]
    return found


def _hits(draft: Draft, pattern: Pattern, sentences: int) -> list[re.Match[str]]:
    """Try a pattern only where one of its first words stands."""
    if pattern.firsts is None:
        return list(pattern.regex.finditer(draft.line))
    line, match, hits, free_from = draft.line, pattern.regex.match, [], 0
    for offset, bit in draft.starts_of(pattern.firsts):
        if bit & sentences and offset >= free_from:
            found = match(line, offset)
            if found:
                free_from = found.end()
                hits.append(found)
    return hits


def _words_of(draft: Draft, hit: re.Match[str]) -> Match:
    first = draft.key_at(hit.start())
    last = draft.key_at(max(hit.end() - 1, hit.start())) + 1
    while last - 1 > first and draft.keys[last - 1] in (BREAK, "?", "!"):
        last -= 1
    return first, last


def _beside(draft: Draft, match: Match, others: tuple[Pattern, ...]) -> Iterator[Match]:
    """Yield a match stretched to the patterns that must stand in its sentence, if each has words of its own there."""
    number = draft.sentence_of(match[0])
    together = [match]
    for other in others:
        taken = {edge for first, last in together for edge in (first, last - 1)}
        found = (one for one in matches(draft, other) if draft.sentence_of(one[0]) == number and _is_free(one, taken))
        nearest = next(found, None)
        if nearest is None:
            return
        together.append(nearest)
    yield min(first for first, _ in together), max(last for _, last in together)


def _is_free(match: Match, taken: set[int]) -> bool:
    return match[0] not in taken and match[1] - 1 not in taken
