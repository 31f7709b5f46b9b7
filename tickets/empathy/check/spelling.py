"""Spells words out the way the rules write them: can't is cannot, we'll is we will."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Spelling:
    """Whole words and endings of one language, with what they stand for, and its months; what was read is remembered."""

    words: Mapping[str, str]
    endings: Mapping[str, str]
    stems: tuple[str, ...]
    months: frozenset[str]
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _stems: dict[str, str] = field(default_factory=dict)

    def keys(self, word: str) -> tuple[str, ...]:
        """Return the keys of one lower-case word; almost always one."""
        if "'" not in word and word not in self.words:
            return (word,)
        known = self._known.get(word)
        if known is None:
            known = self._spell(word)
            if len(self._known) < MOST_REMEMBERED:
                self._known[word] = known
        return known

    def _spell(self, word: str) -> tuple[str, ...]:
        if word in self.words:
            return tuple(self.words[word].split())
        for ending, meaning in self.endings.items():
            if word.endswith(ending) and len(word) > len(ending):
                return (word.removesuffix(ending), *meaning.split())
        return (word,)

    def stem(self, word: str) -> str:
        """Return a word without its commonest endings, so that ship, ships and shipping meet."""
        known = self._stems.get(word)
        if known is None:
            known = self._stem(word)
            if len(self._stems) < MOST_REMEMBERED:
                self._stems[word] = known
        return known

    def _stem(self, word: str) -> str:
        for ending in self.stems:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
                word = word.removesuffix(ending)
                break
        return word[:-1] if len(word) > SHORTEST_STEM and word[-1] == word[-2] else word


SHORTEST_STEM = 3
MOST_REMEMBERED = 5_000
