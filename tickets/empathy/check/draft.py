"""Makes a draft readable for rules: one line of plain words with its sentence ends, each word knowing its place.

Quoted lines and quoted spans are not the agent's words and never reach a rule.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from tickets.empathy.check.patterns import Way, names_of
from tickets.empathy.check.spelling import Spelling

LONGEST = 20_000
"""Characters of a draft that are read: some 3,000 words, ten times what a reply should have."""

BREAK = "¶"
LINK = "weblink"
TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)[^\s<>]{1,500}|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63})"
    r"|(?P<clock>[ap]\.m\b\.?)"
    r"|(?P<figure>\d+(?:[.,:/-]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<end>[.!?…;]+)"
    r"|(?P<line>(?<![ \t])[ \t]*\n\s*)"  # a run of blanks is looked through once
    r"|(?P<sign>[%€$£])"
)
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
SIGNATURE = re.compile(r"^-- \n.*", re.M | re.S)  # RFC 3676 §4.3
QUOTED_LINE = re.compile(r"^[ \t]{0,8}(?:>|&gt;).*$", re.M)
QUOTED_SPAN = re.compile(
    r"\"[^\"\n]{1,600}\"|“[^”\n]{1,600}”|„[^“”\n]{1,600}[“”]|«[^»\n]{1,600}»|»[^«\n]{1,600}«"
    r"|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){2,300}'(?!\w)"
)
NEXT_WORD = re.compile(r"[ \t]{1,3}([^\W\d_]{3,12})")
Token = tuple[str, str, int, int]
"""A key, what was written for it, and where, in characters."""
LAST_BIT = 1 << 61
EVERY_BIT = (1 << 62) - 1
FOLD = 60
"""A line of so many characters that ends without a stop goes on in the next one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `first` and `last` are numbers of keys (last excluded)."""

    first: int
    last: int


class Holding(dict[frozenset[str], int]):
    """In which sentences one of a set of words stands, as bits; each set is looked up once."""

    def __init__(self, bits: Mapping[str, int], vocabulary: frozenset[str]) -> None:
        self._bits = bits
        self._vocabulary = vocabulary

    def __missing__(self, words: frozenset[str]) -> int:
        found = 0
        for word in words & self._vocabulary:
            found |= self._bits[word]
        self[words] = found
        return found


class Draft:
    """A text with its keys (lower case, contractions spelled out), their places, and its sentences."""

    def __init__(self, text: str, spelling: Spelling) -> None:
        self.text = text[:LONGEST]
        self.own = without_quotes(self.text)
        self._tokens: list[Token] = [(BREAK, BREAK, 0, 0)]
        self._read(spelling)
        keys, raws, starts, ends = zip(*self._tokens, strict=True)
        self.keys: list[str] = list(keys)
        self.raws: list[str] = list(raws)
        self.starts: list[int] = list(starts)
        self.ends: list[int] = list(ends)
        self.line = " " + " ".join(self.keys) + " "
        self._offsets = list(accumulate((len(key) + 1 for key in self.keys), initial=1))
        self.places, self.bits, self._sentence_bits = self._places()
        self.vocabulary = frozenset(self.places)
        self.holding = Holding(self.bits, self.vocabulary)
        self._starts: dict[frozenset[str], list[tuple[int, int]]] = {}
        self.sentences = self._sentences()
        self._firsts = [sentence.first for sentence in self.sentences]

    def _read(self, spelling: Spelling) -> None:
        add = self._tokens.append
        for token in TOKEN.finditer(self.own.translate(APOSTROPHES)):
            kind, raw, (start, end) = token.lastgroup, token.group(), token.span()
            if kind == "word":
                for key in spelling.keys(raw.lower()):
                    add((key, raw, start, end))
            elif kind == "end":
                if not self._is_ordinal(raw, end, spelling):
                    self._end(raw, start, end)
            elif kind == "line":
                if not self._is_fold(start, raw):
                    self._break(raw, start, start)
            else:
                key = LINK if kind == "link" else raw.replace(".", "") if kind == "clock" else raw
                add((key, raw, start, end))
        self._break("", len(self.own), len(self.own))

    def _end(self, raw: str, start: int, end: int) -> None:
        self._tokens += [(mark, raw, start, end) for mark in "?!" if mark in raw]
        self._break(raw, start, end)

    def _break(self, raw: str, start: int, end: int) -> None:
        if self._tokens[-1][0] != BREAK or len(self._tokens) == 1:
            self._tokens.append((BREAK, raw, start, end))

    def _is_fold(self, at: int, raw: str) -> bool:
        return raw.count("\n") == 1 and at - (self.own.rfind("\n", 0, at) + 1) >= FOLD

    def _is_ordinal(self, raw: str, end: int, spelling: Spelling) -> bool:
        """The stop in "13. Mai" ends no sentence."""
        before = self._tokens[-1][0]
        if raw != "." or not (before.isdecimal() and len(before) <= 2):
            return False
        word = NEXT_WORD.match(self.own, end)
        return word is not None and word[1].lower() in spelling.months

    def _sentences(self) -> tuple[Sentence, ...]:
        breaks = [number for number, key in enumerate(self.keys) if key == BREAK]
        pairs = pairwise(breaks)
        return tuple(Sentence(first + 1, last) for first, last in pairs if last > first + 1)

    def _places(self) -> tuple[dict[str, list[int]], dict[str, int], dict[int, int]]:
        """Return where each key stands in the line, by its names; in which sentences, as bits; and the bit of a place."""
        places: dict[str, list[int]] = {}
        bits: dict[str, int] = {}
        bit_of: dict[int, int] = {}
        bit = 1
        for key, offset in zip(self.keys, self._offsets, strict=False):
            if key == BREAK:
                bit = 1 if bit == LAST_BIT else bit << 1
            bit_of[offset] = bit
            if key in places:
                places[key].append(offset)
                bits[key] |= bit
            else:
                places[key], bits[key] = [offset], bit
        for key in list(places):
            found, where = places[key], bits[key]
            for name in names_of(key):
                if name in places:
                    places[name], bits[name] = sorted(places[name] + found), bits[name] | where
                else:
                    places[name], bits[name] = found, where
        bits[BREAK] = EVERY_BIT
        return places, bits, bit_of

    def sentences_with(self, way: Way) -> int:
        """Return in which sentences one word of each set stands, as bits; two sentences far apart may share a bit."""
        among = EVERY_BIT
        for words in way:
            among &= self.holding[words]
        return among

    def starts_of(self, firsts: frozenset[str]) -> list[tuple[int, int]]:
        """Return the places at which one of some words stands, in order, each with the bit of its sentence."""
        starts = self._starts.get(firsts)
        if starts is None:
            found = [self.places[name] for name in firsts & self.vocabulary]
            places = found[0] if len(found) == 1 else sorted(set().union(*found))
            starts = self._starts[firsts] = [(at, self._sentence_bits[at]) for at in places]
        return starts

    def keys_named(self, names: Iterable[str]) -> list[int]:
        """Return the numbers of the keys that have one of some names, in order."""
        found = {offset for name in names for offset in self.places.get(name, ())}
        return [self.key_at(offset) for offset in sorted(found)]

    def key_at(self, offset: int) -> int:
        """Return the number of the key that stands at an offset of the line."""
        return bisect_right(self._offsets, offset) - 1

    def offsets(self, sentence: Sentence) -> tuple[int, int]:
        """Return where a sentence stands in the line, its break before and after included."""
        return self._offsets[sentence.first - 1], self._offsets[min(sentence.last + 1, len(self.keys))]

    def sentence_of(self, key: int) -> int:
        """Return the number of the sentence in which a key stands."""
        return max(bisect_right(self._firsts, key) - 1, 0)

    def words(self, sentence: Sentence) -> list[str]:
        """Return the keys of a sentence that are words or figures."""
        return [key for key in self.keys[sentence.first : sentence.last] if key[0].isalnum()]


@lru_cache(maxsize=32)
def message_of(text: str, spelling: Spelling) -> Draft:
    """Read a customer's message once, though its answer is checked at each pause of typing."""
    return Draft(text, spelling)


def without_quotes(text: str) -> str:
    """Return a text of the same length in which quoted lines, quoted spans and our signature are blank."""

    def blank(found: re.Match[str]) -> str:
        return " " * len(found.group())

    if "-- \n" in text:
        text = SIGNATURE.sub(blank, text)
    if ">" in text or "&gt;" in text:
        text = QUOTED_LINE.sub(blank, text)
    return QUOTED_SPAN.sub(blank, text.translate(APOSTROPHES))
