"""A small language for phrases that people who are no programmers can read, write and check.

    waiting ..3 #n (hours|days)     words, up to three others, a figure, one of two words
    refus* to [ever] help           any ending, and a word that may be missing
    @cannot reach                   a named list of words or phrases, declared as  @cannot = can't|can not

Matching is bounded: a phrase is tried only where its first word stands, gaps are short, and no gap passes the end of
a sentence.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from tickets.empathy.words import STOP, words_of

PART = re.compile(r"\s*(\.\.\d|[()\[\]|]|[^\s()\[\]|]+)")
LIST_NAME = re.compile(r"@([a-z_]+)")
FIGURE = "#n"
GAP_MARK = ".."
PREFIX_SHORTEST = 3


class BadPhrase(ValueError):
    """A phrase of a data file cannot be read; the message says which and why."""


@dataclass(frozen=True, slots=True)
class One:
    """One word: as written, or (`prefix`) any word that begins so."""

    text: str
    prefix: bool

    def ends(self, keys: Sequence[str], at: int) -> Collection[int]:
        if at < len(keys) and (keys[at] == self.text or (self.prefix and keys[at].startswith(self.text))):
            return (at + 1,)
        return ()

    def firsts(self) -> frozenset[str]:
        return frozenset([self.text[:PREFIX_SHORTEST] + "*" if self.prefix else self.text])


@dataclass(frozen=True, slots=True)
class Figure:
    """Any figure: 3, 12.50, 14:30."""

    def ends(self, keys: Sequence[str], at: int) -> Collection[int]:
        return (at + 1,) if at < len(keys) and keys[at][0].isdigit() else ()

    def firsts(self) -> frozenset[str]:
        return frozenset([FIGURE])


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words of any kind, within one sentence."""

    most: int

    def ends(self, keys: Sequence[str], at: int) -> Collection[int]:
        last = at
        while last < len(keys) and last - at < self.most and keys[last] != STOP:
            last += 1
        return range(at, last + 1)

    def firsts(self) -> frozenset[str]:
        raise BadPhrase("A phrase cannot begin with a gap.")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Parts that follow each other."""

    parts: "tuple[One | Figure | Gap | Choice, ...]"

    def ends(self, keys: Sequence[str], at: int) -> Collection[int]:
        """Return every place, in words, where the phrase can end if it begins at `at`."""
        places: Collection[int] = (at,)
        for part in self.parts:
            if len(places) == 1:
                (place,) = places
                places = part.ends(keys, place)
            else:
                places = {end for place in places for end in part.ends(keys, place)}
            if not places:
                return ()
        return places

    def firsts(self) -> frozenset[str]:
        """Return the words it can begin with: `abc*` by three letters, `#n` a figure, "" nothing at all."""
        found: frozenset[str] = frozenset([""])
        for part in self.parts:
            found = (found - {""}) | part.firsts()
            if "" not in found:
                return found
        return found

    def stems(self) -> "tuple[frozenset[str], ...]":
        """Return, for each part after the first that may not be missing, the stems of which a text must hold one."""
        firsts = (part.firsts() for part in self.parts[1:] if not isinstance(part, Gap))
        return tuple(frozenset(map(stem_of, first)) for first in firsts if "" not in first)


class Choice:
    """One of several phrases, sorted so that few are tried; an empty one means that words may be missing."""

    def __init__(self, options: Sequence[Phrase]) -> None:
        single = [option.parts[0] for option in options if len(option.parts) == 1]
        ones = [part for part in single if isinstance(part, One)]
        self._words = frozenset(one.text for one in ones if not one.prefix)
        self._beginnings = tuple(one.text for one in ones if one.prefix)
        self._longer: dict[str, list[Phrase]] = {}
        for option in options:
            if not (len(option.parts) == 1 and isinstance(option.parts[0], One)):
                for first in option.firsts():
                    self._longer.setdefault(first, []).append(option)
        self._firsts = frozenset(chain.from_iterable(option.firsts() for option in options))
        self._empty = "" in self._firsts

    def ends(self, keys: Sequence[str], at: int) -> Collection[int]:
        if at >= len(keys):
            return (at,) if self._empty else ()
        key = keys[at]
        one = key in self._words or key.startswith(self._beginnings)
        if not self._longer:
            return (at, at + 1)[not self._empty : 1 + one]
        found = set((at, at + 1)[not self._empty : 1 + one])
        for first in (key, key[:PREFIX_SHORTEST] + "*", FIGURE):
            if first in self._longer:
                for option in self._longer[first]:
                    found.update(option.ends(keys, at))
        return found

    def firsts(self) -> frozenset[str]:
        return self._firsts


def stem_of(word: str) -> str:
    """Return what words and beginnings of words are compared by: three letters, or `#n` for any figure."""
    return FIGURE if word[:1].isdigit() else word.removesuffix("*")[:PREFIX_SHORTEST]


def phrase_of(written: str, lists: Mapping[str, str]) -> Phrase:
    """Read one phrase; raises BadPhrase with the phrase and the reason."""
    try:
        spelled = spell_out(written, lists)
        phrase = _read_whole(PART.findall(spelled))
        if "" in phrase.firsts():
            raise BadPhrase("It would match without any word.")
    except BadPhrase as reason:
        raise BadPhrase(f"Phrase {written!r}: {reason}") from None
    return phrase


def _read_whole(parts: list[str]) -> Phrase:
    phrase, rest = _read_phrase(parts)
    if rest and rest[0] == "|":
        choice, rest = _read_choice("(", [*parts, ")"])
        phrase = Phrase((choice,))
    if rest:
        raise BadPhrase(f"There is a {rest[0]!r} too many.")
    return phrase


def spell_out(written: str, lists: Mapping[str, str]) -> str:
    """Put the words of each list in place of its @name; raises BadPhrase for an unknown name."""
    for name in LIST_NAME.findall(written):
        if name not in lists:
            raise BadPhrase(f"No list is called @{name}.")
    return LIST_NAME.sub(lambda found: f"({lists[found.group(1)]})", written)


def _read_phrase(parts: list[str]) -> tuple[Phrase, list[str]]:
    done: list[One | Figure | Gap | Choice] = []
    while parts and parts[0] not in "|)]":
        part, parts = parts[0], parts[1:]
        if part in "([":
            choice, parts = _read_choice(part, parts)
            done.append(choice)
        else:
            done.append(_read_word(part))
    return Phrase(tuple(done)), parts


def _read_choice(opened: str, parts: list[str]) -> tuple[Choice, list[str]]:
    options = [] if opened == "(" else [Phrase(())]
    closing = ")" if opened == "(" else "]"
    while True:
        option, parts = _read_phrase(parts)
        options.append(option)
        if not parts:
            raise BadPhrase(f"A {opened!r} is not closed.")
        sign, parts = parts[0], parts[1:]
        if sign == closing:
            return Choice(options), parts
        if sign != "|":
            raise BadPhrase(f"{opened!r} is closed by {sign!r}.")


def _read_word(part: str) -> One | Figure | Gap:
    if part == FIGURE:
        return Figure()
    if part.startswith(GAP_MARK):
        return Gap(int(part[-1]))
    if part.endswith("*") and len(part) <= PREFIX_SHORTEST:
        raise BadPhrase(f"{part!r} needs at least {PREFIX_SHORTEST} letters before the star.")
    text = part.removesuffix("*").lower()
    if [word.key for word in words_of(text)] != [text]:
        raise BadPhrase(f"{part!r} is not one word as texts are cut: leave out hyphens and other marks.")
    return One(text, part.endswith("*"))
