"""Compiles the notation in which rules are written into regular expressions that cannot run away.

    you did not ..2 (send|provide+)     words, up to two others between them, one of several, all regular forms
    refus* to [ever] help               any ending, and a word that may be missing
    *erstattung                         any beginning, for languages that join their nouns
    @refund & (not|never)               both in one sentence, in any order
    @we will                            a named list of the vocabulary
    ^ actually      is it $   #n        the beginning and the end of a sentence, a figure

The notation is that of `tickets.empathy.phrases` with forms, beginnings and ends. Here it becomes one expression per
pattern, because a draft is checked at each pause of typing: the words that must be there are told beside it, so that
most patterns are never tried. Gaps are short, at most four in a pattern, and none passes the end of a sentence.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from operator import add, mul

from tickets.empathy.phrases import PART, BadPhrase, spell_out

BESIDE = " & "
GAP = re.compile(r"\.\.(\d{1,2})")
LONGEST_GAP = 15
MOST_GAPS = 4
MOST_WAYS = 200
"""Ways of a pattern that are told apart; beyond them, of one of its choices only the rarest words are asked for."""
MOST_TRIES = 2_000
"""In how many ways the gaps of a pattern, those of its lists included, may be filled from one word on."""
SHORTEST_PREFIX = 3
LONGEST_PREFIX = 12
FIGURE = "#n"
ZERO_WIDTH = {"^": "(?<=¶ )", "$": "(?=[¶?!] )"}
SPECIAL: Mapping[str, tuple[str, frozenset[str] | None]] = {
    "?": (r"\? ", frozenset("?")),
    "!": ("! ", frozenset("!")),
    ".": ("¶ ", frozenset("¶")),
    FIGURE: (r"\d[^ ]* ", frozenset([FIGURE])),
    "*": ("[^ ¶]+ ", None),
}


Way = tuple[frozenset[str], ...]
"""Sets of words of which one sentence must hold one each."""
ANYHOW: tuple[Way, ...] = ((),)


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One compiled pattern; it can stand only where the words of one of its `ways` stand in one sentence.

    `firsts` are the words it can begin with, None if it can begin with any. `beside` are patterns that must stand in
    the same sentence, on either side.
    """

    written: str
    regex: re.Pattern[str]
    ways: tuple[Way, ...]
    firsts: frozenset[str] | None
    beside: tuple["Pattern", ...] = ()

    def stands_in(self, line: str, start: int, end: int) -> bool:
        """Say whether it stands between two places of a line."""
        return all(one.regex.search(line, start, end) for one in (self, *self.beside))


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of an expression; `optional` says that it may take no word at all."""

    regex: str
    ways: tuple[Way, ...]
    firsts: frozenset[str] | None
    optional: bool
    has_words: bool


Forms = Callable[[str], tuple[str, ...]]


def pattern_of(written: str, lists: Mapping[str, str], forms: Forms) -> Pattern:
    """Compile one pattern; raises BadPhrase with the pattern and the reason."""
    first, *others = (_pattern(part, lists, forms) for part in written.split(BESIDE))
    if not others:
        return first
    ways = _together([one.ways for one in (first, *others)])
    return Pattern(written, first.regex, ways, first.firsts, tuple(others))


def _pattern(written: str, lists: Mapping[str, str], forms: Forms) -> Pattern:
    try:
        spelled = spell_out(written, lists)
        if _worst(PARTS.findall(f"({written})"), 0, lambda longest: 1, add) > MOST_GAPS:
            raise BadPhrase(f"More than {MOST_GAPS} gaps.")
        parts = [part for part in PARTS.findall(f"({spelled})") if part]
        whole, rest = _sequence(parts, forms)
        if rest:
            raise BadPhrase(f"There is a {rest[0]!r} too many.")
        if _worst(parts, 1, lambda longest: longest + 1, mul) > MOST_TRIES:
            raise BadPhrase(f"Its gaps would have to be tried in more than {MOST_TRIES:,} ways.")
        if not whole.has_words:
            raise BadPhrase("It would match without any word.")
    except BadPhrase as reason:
        raise BadPhrase(f"Pattern {written!r}: {reason}") from None
    ways = tuple(tuple(map(_shared, way)) for way in whole.ways)
    firsts = None if whole.optional or whole.firsts is None else _shared(whole.firsts)
    return Pattern(written, re.compile(r"(?<= )" + whole.regex), ways, firsts)


@lru_cache(maxsize=50_000)
def _shared(words: frozenset[str]) -> frozenset[str]:
    """Return one object for equal sets, so that a draft looks them up by identity."""
    return words


def _commonness(words: frozenset[str]) -> tuple[int, int]:
    """Few and long words are rare, so they rule out most drafts."""
    return len(words), -min(map(len, words))


def _worst(parts: list[str], none: int, weigh: Callable[[int], int], together: Callable[[int, int], int]) -> int:
    """Weigh the gaps of a pattern: those that follow each other count together, of a choice the worst counts."""
    levels: list[list[int]] = [[none, none]]  # of each open bracket: this option so far, and the worst one
    for part in parts:
        gap = GAP.fullmatch(part)
        if part in "([":
            levels.append([none, none])
        elif part == "|":
            levels[-1] = [none, max(levels[-1])]
        elif part in ")]" and len(levels) > 1:
            worst = max(levels.pop())
            levels[-1][0] = together(levels[-1][0], worst)
        elif gap:
            levels[-1][0] = together(levels[-1][0], weigh(int(gap[1])))
    return max(levels[0])


PARTS = re.compile(PART.pattern.replace(r"\.\.\d", r"\.\.\d{1,2}"))


def _sequence(parts: list[str], forms: Forms) -> tuple[_Part, list[str]]:
    done: list[_Part] = []
    while parts and parts[0] not in "|)]":
        part, parts = parts[0], parts[1:]
        if part in "([":
            choice, parts = _choice(part, parts, forms)
            done.append(choice)
        else:
            done.append(_word(part, forms))
    regex = "".join(part.regex for part in done)
    ways = _together([part.ways for part in done])
    optional = all(part.optional for part in done)
    return _Part(regex, ways, _firsts_of(done), optional, any(part.has_words for part in done)), parts


def _firsts_of(parts: list[_Part]) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    for part in parts:
        if part.firsts is None:
            return None
        found |= part.firsts
        if not part.optional:
            break
    return found


def _choice(opened: str, parts: list[str], forms: Forms) -> tuple[_Part, list[str]]:
    closing = ")" if opened == "(" else "]"
    options: list[_Part] = []
    while True:
        option, parts = _sequence(parts, forms)
        options.append(option)
        if not parts:
            raise BadPhrase(f"A {opened!r} is not closed.")
        sign, parts = parts[0], parts[1:]
        if sign == closing:
            return _either(options, opened == "["), parts
        if sign != "|":
            raise BadPhrase(f"{opened!r} is closed by {sign!r}.")


def _either(options: list[_Part], may_be_missing: bool) -> _Part:
    regex = "(?:" + "|".join(dict.fromkeys(option.regex for option in options)) + ")"
    firsts = [option.firsts for option in options if option.firsts is not None]
    all_firsts = frozenset().union(*firsts) if len(firsts) == len(options) else None
    optional = may_be_missing or any(option.optional for option in options)
    ways = ANYHOW if may_be_missing else _any_of([way for option in options for way in option.ways])
    has_words = any(option.has_words for option in options)
    return _Part(regex + "?" if may_be_missing else regex, ways, all_firsts, optional, has_words)


def _any_of(ways: list[Way]) -> tuple[Way, ...]:
    """Return the ways of a choice; those of a single word each are one."""
    if () in ways:
        return ANYHOW
    single = [way[0] for way in ways if len(way) == 1]
    longer = dict.fromkeys(way for way in ways if len(way) > 1)
    return ((frozenset().union(*single),), *longer) if single else tuple(longer)


def _together(parts: list[tuple[Way, ...]]) -> tuple[Way, ...]:
    """Return the ways of parts that must all stand, those with the most choice told apart first."""
    ways = ANYHOW
    for part in sorted(parts, key=len, reverse=True):
        many = len(ways) > 1 and len(ways) * len(part) > MOST_WAYS
        both = product(ways, (_rarest_of(part),) if many else part)
        ways = tuple(dict.fromkeys(tuple(dict.fromkeys(one + other)) for one, other in both))
    return ways


def _rarest_of(ways: tuple[Way, ...]) -> Way:
    """Return what all ways have in common: one of the rarest words of each must be there."""
    return (frozenset().union(*(min(way, key=_commonness) for way in ways)),) if () not in ways else ()


def _word(part: str, forms: Forms) -> _Part:
    gap = GAP.fullmatch(part)
    if gap:
        if int(gap[1]) > LONGEST_GAP:
            raise BadPhrase(f"A gap has at most {LONGEST_GAP} words.")
        return _Part(f"(?:[^ ¶]+ ){{0,{gap[1]}}}?", ANYHOW, None, True, False)
    if part in ZERO_WIDTH:
        return _Part(ZERO_WIDTH[part], ANYHOW, frozenset(), True, False)
    if part in SPECIAL:
        regex, firsts = SPECIAL[part]
        return _Part(regex, ((firsts,),) if firsts else ANYHOW, firsts, False, False)
    word = part.lower()
    if word.startswith("*"):
        return _ending(part, word[1:])
    if word.endswith("*"):
        if len(word) <= SHORTEST_PREFIX:
            raise BadPhrase(f"{part!r} needs at least {SHORTEST_PREFIX} letters before the star.")
        known = frozenset([word[:LONGEST_PREFIX] + "*" if len(word) > LONGEST_PREFIX else word])
        return _Part(f"{re.escape(word[:-1])}[^ ¶]{{0,20}} ", ((known,),), known, False, True)
    words = forms(word[:-1]) if word.endswith("+") and len(word) > 1 else (word,)
    regex = "|".join(re.escape(one) + " " for one in words)
    known = frozenset(words)
    return _Part(f"(?:{regex})" if len(words) > 1 else regex, ((known,),), known, False, True)


def _ending(part: str, ending: str) -> _Part:
    if len(ending) < SHORTEST_PREFIX:
        raise BadPhrase(f"{part!r} needs at least {SHORTEST_PREFIX} letters after the star.")
    known = frozenset(["*" + ending[-LONGEST_PREFIX:]])
    return _Part(f"[^ ¶]{{0,30}}{re.escape(ending)} ", ((known,),), known, False, True)


@lru_cache(maxsize=20_000)
def names_of(key: str) -> tuple[str, ...]:
    """Return how a pattern may name a key without writing it: refuse is ref*, refu*, refus*, *fuse, …; 12 is #n."""
    if key[0].isdecimal():
        return (FIGURE,)
    lengths = range(SHORTEST_PREFIX, min(len(key), LONGEST_PREFIX) + 1)
    return (*(key[:length] + "*" for length in lengths), *("*" + key[-length:] for length in lengths))


def regular_forms(verb: str) -> tuple[str, ...]:
    """Return the regular forms of an English verb: fail, fails, failed, failing."""
    if verb.endswith("e"):
        return (verb, verb + "s", verb + "d", verb[:-1] + "ing")
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return (verb, verb + "es", verb + "ed", verb + "ing")
    return (verb, verb + "s", verb + "ed", verb + "ing")
