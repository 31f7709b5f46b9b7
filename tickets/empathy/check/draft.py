"""Makes a draft readable for rules: one line of plain words with its sentence ends, each word knowing its place.

Quoted lines and quoted spans are not the agent's words and never reach a rule.
"""

import re
from bisect import bisect_right
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
    r"|(?P<line>[ \t]*\n\s*)"
    r"|(?P<sign>[%€$£])"
)
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
QUOTED_LINE = re.compile(r"^[ \t]{0,8}(?:>|&gt;).*$", re.M)
QUOTED_SPAN = re.compile(
    r"\"[^\"\n]{1,600}\"|“[^”\n]{1,600}”|„[^“”\n]{1,600}[“”]|«[^»\n]{1,600}»|»[^«\n]{1,600}«"
    r"|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){2,300}'(?!\w)"
)
NEXT_WORD = re.compile(r"[ \t]{1,3}([^\W\d_]{3,12})")
LAST_BIT = 1 << 61
EVERY_BIT = (1 << 62) - 1
FOLD = 60
"""A line of so many characters that ends without a stop goes on in the next one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `first` and `last` are numbers of keys (last excluded)."""

    first: int
    last: int


class Draft:
    """A text with its keys (lower case, contractions spelled out), their places, and its sentences."""

    def __init__(self, text: str, spelling: Spelling) -> None:
        self.text = text[:LONGEST]
        self.own = without_quotes(self.text)
        self.keys: list[str] = [BREAK]
        self.raws: list[str] = [BREAK]
        self.starts: list[int] = [0]
        self.ends: list[int] = [0]
        self._read(spelling)
        self.line = " " + " ".join(self.keys) + " "
        self._offsets = list(accumulate((len(key) + 1 for key in self.keys), initial=1))
        self.places, self.bits, self._sentence_bits = self._places()
        self._holding: dict[frozenset[str], int] = {}
        self._starts: dict[frozenset[str], list[tuple[int, int]]] = {}
        self.vocabulary = frozenset(self.places)
        self.sentences = self._sentences()
        self._firsts = [sentence.first for sentence in self.sentences]

    def _read(self, spelling: Spelling) -> None:
        for token in TOKEN.finditer(self.own.translate(APOSTROPHES)):
            kind, raw = token.lastgroup, token.group()
            if kind == "word":
                for key in spelling.keys(raw.lower()):
                    self._add(key, raw, token.start(), token.end())
            elif kind == "end":
                if not self._is_ordinal(raw, token.end(), spelling):
                    self._end(raw, token.start(), token.end())
            elif kind == "line":
                if not self._is_fold(token.start(), raw):
                    self._add(BREAK, raw, token.start(), token.start())
            else:
                key = LINK if kind == "link" else raw.replace(".", "") if kind == "clock" else raw
                self._add(key, raw, token.start(), token.end())
        self._add(BREAK, "", len(self.own), len(self.own))

    def _end(self, raw: str, start: int, end: int) -> None:
        for mark in ("?", "!"):
            if mark in raw:
                self._add(mark, raw, start, end)
        self._add(BREAK, raw, start, end)

    def _add(self, key: str, raw: str, start: int, end: int) -> None:
        if key == BREAK and self.keys[-1] == BREAK and self.keys != [BREAK]:
            return
        self.keys.append(key)
        self.raws.append(raw)
        self.starts.append(start)
        self.ends.append(end)

    def _is_fold(self, at: int, raw: str) -> bool:
        return raw.count("\n") == 1 and at - (self.own.rfind("\n", 0, at) + 1) >= FOLD

    def _is_ordinal(self, raw: str, end: int, spelling: Spelling) -> bool:
        """The stop in "13. Mai" ends no sentence."""
        if raw != "." or not (self.keys[-1].isdecimal() and len(self.keys[-1]) <= 2):
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

    def sentences_with(self, way: Way, among: int = EVERY_BIT) -> int:
        """Return in which sentences one word of each set stands, as bits; two sentences far apart may share a bit."""
        for words in way:
            found = self._holding.get(words)
            if found is None:
                found = self._holding[words] = self._sentences_with_one_of(words)
            among &= found
            if not among:
                return 0
        return among

    def _sentences_with_one_of(self, words: frozenset[str]) -> int:
        found = 0
        for word in words & self.vocabulary:
            found |= self.bits[word]
        return found

    def starts_of(self, firsts: frozenset[str]) -> list[tuple[int, int]]:
        """Return the places at which one of some words stands, in order, each with the bit of its sentence."""
        starts = self._starts.get(firsts)
        if starts is None:
            found = [self.places[name] for name in firsts & self.vocabulary]
            places = found[0] if len(found) == 1 else sorted(set().union(*found))
            starts = self._starts[firsts] = [(at, self._sentence_bits[at]) for at in places]
        return starts

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
    """Return a text of the same length in which quoted lines and quoted spans are blank."""

    def blank(found: re.Match[str]) -> str:
        return " " * len(found.group())

    if ">" in text or "&gt;" in text:
        text = QUOTED_LINE.sub(blank, text)
    return QUOTED_SPAN.sub(blank, text.translate(APOSTROPHES))
