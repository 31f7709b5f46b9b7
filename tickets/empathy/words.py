"""Cuts a text into words that remember their place, so that every finding can point at what was written."""

import re
from functools import lru_cache
from typing import NamedTuple

TOKEN = re.compile(
    r"(?:https?://|www\.)\S+|@\w+"  # an address or a name to write to says nothing
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"  # a word, with its apostrophes: don't, customer's
    r"|\d{1,2}\.(?= [^\W\d_]{3})"  # an ordinal as many languages write it: 12. Mai
    r"|\d+(?:[.,:/]\d+)*"  # a figure: 12, 3.50, 14:30
    r"|[!?]+|[.…;]+(?=[\s\"')\]]|$)"  # where a sentence ends
    r"|\n[ \t]*\n\s*|\n(?=[ \t]{0,8}[-*•] )|(?<![^\n]{50})\n"  # an empty line, a list, a short line: else a fold
    # other signs: currency, per cent, emoji; not the marks that stand beside words, nor those without a shape
    r"|[^\w\s,:.;…'\"()\[\]{}<>*/\\|~^+=&"
    r"\u2010-\u2015\u201c-\u201f\u200b-\u200f\u2060\ufeff-]"
)
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
STOPS = frozenset(".!?…;\n")
STOP = "."
SILENT = ("@", "http://", "https://", "www.")


class Word(NamedTuple):
    """One token: `key` is lower case for matching, `start` and `end` are places in the text, in characters."""

    key: str
    start: int
    end: int
    raw: str


def words_of(text: str) -> list[Word]:
    """Return the tokens of a text in order; every sentence end has the key ".", and so has an empty line."""
    return list(_cut(text))


@lru_cache(maxsize=4)  # mood, signals and heard read the same message one after the other
def _cut(text: str) -> tuple[Word, ...]:
    found = ((match.group(), match.start()) for match in TOKEN.finditer(text.translate(APOSTROPHES)))
    return tuple(_word(raw, start) for raw, start in found if not raw.startswith(SILENT) or len(raw) == 1)


def _word(raw: str, start: int) -> Word:
    return Word(STOP if raw[0] in STOPS else raw.lower(), start, start + len(raw), raw)
