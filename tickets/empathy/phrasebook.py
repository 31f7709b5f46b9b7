"""Reads files of named phrases and finds them in a text, longest first, exceptions ruling out what they cover."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tickets.empathy.phrases import FIGURE, PREFIX_SHORTEST, BadPhrase, Phrase, phrase_of, spell_out, stem_of
from tickets.empathy.words import STOP, Word

HEADING = re.compile(r"\[([a-z_]+)(?: (-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?))?\]")


@dataclass(frozen=True, slots=True)
class Found:
    """A named phrase in a text: `first` and `last` are word numbers (last excluded), `start` and `end` characters."""

    name: str
    first: int
    last: int
    start: int
    end: int

    def places(self) -> Iterator[tuple[str, int]]:
        """Yield each word number it covers, with its family."""
        return ((self.name, at) for at in range(self.first, self.last))


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase with its family; an `exception` silences what it overlaps."""

    name: str
    exception: bool
    phrase: Phrase
    stems: tuple[frozenset[str], ...]


class Phrasebook:
    """Families of phrases, indexed by the words they can begin with."""

    def __init__(self, entries: Sequence[Entry], weights: dict[str, tuple[float, float]]) -> None:
        self.weights = weights
        by_first: dict[str, list[Entry]] = {}
        for entry in entries:
            for first in sorted(entry.phrase.firsts()):
                by_first.setdefault(first, []).append(entry)
        self._figures = by_first.pop(FIGURE, [])
        self._by_beginning = {key[:-1]: found for key, found in by_first.items() if key.endswith("*")}
        words = [key for key in by_first if not key.endswith("*")]
        self._by_word = {word: by_first[word] + self._by_beginning.get(word[:PREFIX_SHORTEST], []) for word in words}

    def find(self, words: Sequence[Word]) -> list[Found]:
        """Return what was found, in order of place; of one family only the longest of what overlaps."""
        hits: list[Found] = []
        silenced: set[tuple[str, int]] = set()
        for entry, first, last in self._matches([word.key for word in words]):
            if entry.exception:
                silenced.update((entry.name, at) for at in range(first, last))
            else:
                hits.append(Found(entry.name, first, last, words[first].start, words[last - 1].end))
        return _longest([hit for hit in hits if silenced.isdisjoint(hit.places())])

    def _matches(self, keys: Sequence[str]) -> Iterator[tuple[Entry, int, int]]:
        """Yield what matches: no phrase passes a stop, so one whose words are not all in the sentence is not tried."""
        for first, last in _sentences(keys):
            present = frozenset(map(stem_of, keys[first:last]))
            for at in range(first, last):
                for entry in self._entries(keys[at]):
                    if not any(map(present.isdisjoint, entry.stems)):
                        end = max(entry.phrase.ends(keys, at), default=at)
                        if end > at:
                            yield entry, at, end

    def _entries(self, key: str) -> Sequence[Entry]:
        if key[0].isdigit():
            return self._figures
        if key in self._by_word:
            return self._by_word[key]
        return self._by_beginning.get(key[:PREFIX_SHORTEST], [])


def _sentences(keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    first = 0
    for at, key in enumerate(keys):
        if key == STOP:
            yield first, at
            first = at + 1
    yield first, len(keys)


def _longest(hits: list[Found]) -> list[Found]:
    kept: list[Found] = []
    taken: dict[str, int] = {}
    for hit in sorted(hits, key=lambda one: (one.first, -one.last, one.name)):
        if hit.first >= taken.get(hit.name, 0):
            kept.append(hit)
            taken[hit.name] = hit.last
    return kept


def phrasebook_of(path: Path) -> Phrasebook:
    """Read a phrase file; raises BadPhrase with file and line.

    `@name = a|b` declares a list, `[name]` or `[name 1.6 -0.4]` opens a family with its two weights, a line is a phrase, a line
    that begins with `- ` is an exception, and `# ` begins a remark.
    """
    lists: dict[str, str] = {}
    weights: dict[str, tuple[float, float]] = {}
    entries: list[Entry] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            _read_line(line.strip(), lists, weights, entries)
        except ValueError as reason:
            raise BadPhrase(f"{path.name}, line {number}: {reason}") from None
    return Phrasebook(entries, weights)


def _read_line(line: str, lists: dict[str, str], weights: dict[str, tuple[float, float]], entries: list[Entry]) -> None:
    if not line or line.startswith("# "):
        return
    if line.startswith("@") and "=" in line:
        name, words = line[1:].split("=", 1)
        lists[name.strip()] = spell_out(words.strip(), lists)
    elif heading := HEADING.fullmatch(line):
        name, first, second = heading.groups("0")
        weights[name] = (float(first), float(second))
    elif not weights:
        raise BadPhrase("The phrase stands before the first [family].")
    else:
        exception = line.startswith("- ")
        phrase = phrase_of(line.removeprefix("- "), lists)
        entries.append(Entry(next(reversed(weights)), exception, phrase, phrase.stems()))
