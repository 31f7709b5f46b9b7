"""Recognises the lines with which mail programs introduce a quoted or forwarded mail, in many languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tickets.mail.quoting.phrases import LANGUAGES

MOST_CHARACTERS = 300
MOST_LINES = 6
MOST_HEADER_LINES = 25
WIDE_SCRIPT = "\u0e00"  # from Thai on, scripts put no blanks between words


def either(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, longest first, as whole words where the script has blanks."""
    found = []
    for phrase in sorted({one for one in phrases if one}, key=len, reverse=True):
        start = r"(?<!\w)" if phrase[0].isalnum() and phrase[0] < WIDE_SCRIPT else ""
        end = r"(?!\w)" if phrase[-1].isalnum() and phrase[-1] < WIDE_SCRIPT else ""
        found.append(start + re.escape(phrase) + end)
    return "(?:" + "|".join(found) + ")"


UNSEEN = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
QUOTED = re.compile(r"\s{0,3}(?:>|[|](?=\s|$)|[A-Z][A-Za-z]{0,15}>(?=\s|$))")
OPENS = re.compile(rf"\W{{0,3}}{either(word for one in LANGUAGES for word in one.opens)}.{{0,60}}\d", re.I)
STARTS_WITH_DATE = re.compile(r"\W{0,3}(?:\w{1,15}[.,]{0,2}\s+)?\(?\d")
STARTS_WITH_NAME = re.compile(r"[\"'“„«(\[]?[^\W\d_][^<>:!?]{0,80}<")
VERBS = sorted({word for one in LANGUAGES for word in one.wrote}, key=len, reverse=True)
PERSONS = re.compile(
    either(word for one in LANGUAGES for word in one.first_person) + r"\s*(?:have|habe|ai|he|ho|heb|har)?\s*$", re.I
)
EMAIL = re.compile(r"[^\s<>:;,\"'()\[\]]+@[^\s<>:;,\"'()\[\]]+")
BRACKETED = re.compile(r"[<(\[][^\s<>]{1,100}@[^\s<>]{1,100}[>)\]]")
DATE = re.compile(
    r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}|\d{1,2}\.?\s?(?:de\s)?[^\W\d_]{3,}|[^\W\d_]{3,}\.?\s\d{1,2}\b|月\s?\d{1,2}\s?日"
)
TIME = re.compile(r"\d{1,2}[:.h]\d{2}(?!\d)")
ENDS = re.compile(r"(?:[:：]|-{2,})[\W_]{0,3}$")
STAMPED = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}\s(?:\d{1,2}:\d{2}\s)?(?:GMT[+-]\d{1,2}:?\d{2}\s[^<>.!?]{1,60}(?:<[^<>]+@[^<>]+>)?"
    r"|[^<>.!?]{1,60}<[^<>\s]+@[^<>\s]+>):?\s*"
)
DASHED = re.compile(
    r"[>*\s]*[-_=–—]{2,}\s*"
    + either(phrase for one in LANGUAGES for phrase in (*one.original, *one.forwarded))
    + r"[^-_=–—]{0,80}[-_=–—]{2,}[*\s]*",
    re.I,
)
BARE = re.compile(
    r"[\W_]*(?:original|"
    + either(phrase for one in LANGUAGES for phrase in (*one.original, *one.forwarded))
    + r")[\W_]*",
    re.I,
)
BEGINS = re.compile(rf"[>*\s]*{either(phrase for one in LANGUAGES for phrase in one.forwarded)}\s*[:：][*\s]*", re.I)
RULE = re.compile(r"[>*\s]*[-_=–—]{5,}[*\s]*")
SENDERS = {label for one in LANGUAGES for label in one.sender}
SUBJECTS = {label for one in LANGUAGES for label in one.subject}
LABELS = either(
    label for one in LANGUAGES for label in (*one.sender, *one.sent, *one.to, *one.copy, *one.subject, *one.reply_to)
)
LABEL = re.compile(rf"[*_\s]{{0,3}}({LABELS})\s?[*_]{{0,2}}\s?[:：]|[|]\s?({LABELS})\s?[|]", re.I)


@dataclass(frozen=True, slots=True)
class Introduction:
    """Lines that introduce somebody else's words: they end before `end`.

    `certain` means that what follows is quoted even without `>` before it; `heads` that it is a block, a rule or
    an address in brackets, which nobody writes by hand, and not a sentence of theirs.
    """

    end: int
    certain: bool
    heads: bool = False


def is_quoted(line: str) -> bool:
    return bool(QUOTED.match(line))


def introduction(lines: list[str], start: int) -> Introduction | None:
    """The introduction that starts in a line; None where there is none."""
    line = plain(lines[start])
    if not line.strip():
        return None
    if DASHED.fullmatch(line) or BEGINS.fullmatch(line):
        after = next_words(lines, start + 1)
        return Introduction(header_block(lines, after, 2) or start + 1, certain=True, heads=True)
    if RULE.fullmatch(line) or BARE.fullmatch(line):
        end = header_block(lines, next_words(lines, start + 1), 2)
        return Introduction(end, certain=True, heads=True) if end else None
    if end := header_block(lines, start, 3):
        return Introduction(end, certain=True, heads=True)
    return attribution(lines, start)


def attribution(lines: list[str], start: int) -> Introduction | None:
    """A line such as "On 3 May 2024 at 10:00, Ann <ann@…> wrote:", also where it was wrapped."""
    first = plain(lines[start])
    dated = bool(OPENS.match(first) or STARTS_WITH_DATE.match(first) or first.startswith("--"))
    if not dated and not STARTS_WITH_NAME.match(first):
        return stamped(lines, start)
    for end in range(start, min(start + MOST_LINES, len(lines))):
        if end > start and ends_paragraph(lines, end):
            return None
        joined = joined_lines(lines, start, end)
        if introduces(joined, dated=dated):
            if starts_below(lines, start, end):
                return None
            timed = bool(DATE.search(joined) and TIME.search(joined))
            stands = bool(STAMPED.fullmatch(joined))
            heads = stands or bool(BRACKETED.search(joined))
            return Introduction(end + 1, certain=bool(EMAIL.search(joined)) or stands or timed, heads=heads)
    return stamped(lines, start)


def stamped(lines: list[str], start: int) -> Introduction | None:
    """A line in whatever words that ends in a colon, with a date, a time, and an address or a verb of writing.

    People write such lines too, so that it counts only above a quote.
    """
    line = plain(lines[start])
    following = next_words(lines, start + 1)
    if not ENDS.search(line[-8:]) or following >= len(lines) or not is_quoted(lines[following]):
        return None
    verb = verb_in(line)
    told = DATE.search(line) and TIME.search(line) and (EMAIL.search(line) or verb)
    spoken = bool(verb and PERSONS.search(line[: verb[0]]))
    return Introduction(start + 1, certain=False) if told and not spoken else None


def joined_lines(lines: list[str], start: int, end: int) -> str:
    """The lines from `start` to `end` as the one line that they were."""
    return " ".join(plain(line).strip() for line in lines[start : end + 1])[:MOST_CHARACTERS]


def starts_below(lines: list[str], start: int, end: int) -> bool:
    """Whether the introduction really starts in a later line, the first one being a person's words."""
    for later in range(start + 1, end + 1):
        line = plain(lines[later])
        if (OPENS.match(line) or STARTS_WITH_DATE.match(line)) and introduces(
            joined_lines(lines, later, end), dated=True
        ):
            return True
    return False


def ends_paragraph(lines: list[str], number: int) -> bool:
    """Whether a wrapped introduction cannot go on in this line: a blank line goes on only with an address."""
    line = plain(lines[number]).strip()
    if line:
        return is_quoted(line) and not verb_in(line) and line != ">:"
    following = next_words(lines, number)
    return following >= len(lines) or not plain(lines[following]).lstrip().startswith("<")


def introduces(text: str, *, dated: bool) -> bool:
    """Whether a joined text says who wrote when."""
    if dated and STAMPED.fullmatch(text):
        return True
    if not ENDS.search(text[-8:]) and not ends_with_verb(text):
        return False
    email, when = EMAIL.search(text), DATE.search(text) or TIME.search(text)
    verb = verb_in(text) if email or when else None
    if verb and PERSONS.search(text[: verb[0]]):
        return False
    if verb:
        return bool(email or (dated and when))
    return bool(dated and email and when and TIME.search(text))


def ends_with_verb(text: str) -> bool:
    """Whether the colon after the verb was left out."""
    return text.rstrip().lower().endswith(tuple(VERBS))


def verb_in(text: str) -> tuple[int, int] | None:
    """Where a verb of writing stands in any language; searching word by word is fifty times faster than one pattern."""
    lowered = text.lower()
    for verb in VERBS:
        start = lowered.rfind(verb)
        end = start + len(verb)
        if start >= 0 and (
            verb[0] >= WIDE_SCRIPT or not (lowered[:start][-1:].isalnum() or lowered[end : end + 1].isalnum())
        ):
            return start, end
    return None


def header_block(lines: list[str], start: int, needed: int) -> int:
    """Where a block of From, Sent, To, Subject ends that starts in a line; 0 where there is none.

    It needs so many different labels, a sender, and a subject or an address: people write "From: Berlin" too.
    """
    labels: list[str] = []
    end = 0
    seen = ""
    for number in range(start, min(start + MOST_HEADER_LINES, len(lines))):
        line = plain(lines[number])
        if label := label_of(line):
            labels.append(label)
            end = number + 1
            seen += line
        elif not labels or number - end >= 2 or not goes_on(lines, number, end):
            break
        else:
            seen += line
    proven = any(label in SUBJECTS for label in labels) or "@" in seen
    return end if len(set(labels)) >= needed and proven and any(label in SENDERS for label in labels) else 0


@lru_cache(maxsize=1_024)
def label_of(line: str) -> str:
    """The label that heads a line, in lower case; empty for none. Windows overlap, so that lines come up often."""
    found = LABEL.match(line)
    return (found[1] or found[2]).lower() if found else ""


def goes_on(lines: list[str], number: int, end: int) -> bool:
    """Whether a line without label belongs to a block: a wrapped value, or a blank line before the next label."""
    if plain(lines[number]).strip():
        return bool(plain(lines[end - 1]).strip())
    following = next_words(lines, number)
    return following < len(lines) and following - number <= 2 and bool(label_of(plain(lines[following])))


def next_words(lines: list[str], start: int) -> int:
    """The first line from `start` on that is not blank, looking five lines far."""
    for number in range(start, min(start + 5, len(lines))):
        if lines[number].strip():
            return number
    return len(lines)


def plain(line: str) -> str:
    """The line as it is compared: short, without invisible marks, with ordinary blanks."""
    if line.isascii():
        return line[:MOST_CHARACTERS]
    return UNSEEN.sub("", line[:MOST_CHARACTERS]).replace("\u00a0", " ").replace("\u202f", " ").replace("\u3000", " ")
