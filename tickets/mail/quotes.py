"""Finds what is new in a reply: without the mail that it answers, and without the signature.

Where in doubt it keeps: too much is harmless, a customer's own words are not to be lost. The whole text is stored anyway.
"""

from tickets.mail.quoting import marker
from tickets.mail.quoting.marks import introduction, is_quoted, next_words, plain
from tickets.mail.quoting.signatures import has_words, trimmed, without_signature

MOST_LINES = 3_000
WRAPPED_FROM = 60  # characters; programs wrap quoted lines near 72


def visible(text: str) -> str:
    """What the customer wrote; the whole text where nothing else is left. At most 3,000 lines are looked at."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = above_marker(whole).split("\n", MOST_LINES)  # what lies beyond counts as one line
    lines[-1] = lines[-1].strip("\n")
    own = own_lines(lines)
    kept = without_signature(without_last_quote(without_signature(own)))
    return "\n".join(line.rstrip() for line in kept) or whole.strip()


def above_marker(text: str) -> str:
    """The lines above our own marker, and one quoted line in place of all below it; the whole text without one.

    Where the marker is quoted with `>`, so is all that follows, and answers between the quotes are kept.
    """
    found = marker.WORDS.search(text)
    if found is None:
        return text
    start = text.rfind("\n", 0, found.start()) + 1
    return text if is_quoted(text[start : found.start()]) else f"{text[:start]}> \n"


def own_lines(lines: list[str]) -> list[str]:
    """The lines without introductions and what they introduce; a quote between own words stays as their context."""
    speaks = own_words_from(lines)
    kept: list[str] = []
    number = 0
    while number < len(lines):
        found = None if is_quoted(lines[number]) else introduction(lines, number)
        if found is None:
            kept.append(lines[number])
            number += 1
            continue
        above = has_words(kept[-200:])
        quote = next_words(lines, found.end)
        if quote < len(lines) and is_quoted(lines[quote]):
            end = quote_end(lines, quote, wrapped=above)
            if not speaks[end]:
                return kept
            number = found.end if above else end
        elif above and found.certain:
            return kept
        elif above:
            kept.extend(lines[number : found.end])
            number = found.end
        else:
            kept.extend([] if found.heads else lines[number : found.end])
            number = found.end
    return kept


def own_words_from(lines: list[str]) -> list[bool]:
    """For each line, and the end: whether it or a later one holds own words, not counting the signature."""
    end = len(without_signature(lines))
    speaks = [False] * (len(lines) + 1)
    for number in range(len(lines) - 1, -1, -1):
        own = number < end + leading_blanks(lines) and bool(lines[number].strip()) and not is_quoted(lines[number])
        speaks[number] = speaks[number + 1] or own
    return speaks


def leading_blanks(lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines) if line.strip()), len(lines))


def quote_end(lines: list[str], start: int, *, wrapped: bool) -> int:
    """Behind a run of quoted lines, blank lines inside included; `wrapped` lets pieces of broken lines belong to it."""
    end = start
    for number in range(start, len(lines)):
        if is_quoted(lines[number]):
            end = number + 1
        elif lines[number].strip() and not (wrapped and is_piece(lines, number)):
            break
    return end


def is_piece(lines: list[str], number: int) -> bool:
    """Whether a line without `>` is the rest of a long quoted line, which a program broke in two."""
    before, line = lines[number - 1], plain(lines[number])
    after = lines[number + 1] if number + 1 < len(lines) else ""
    return is_quoted(before) and is_quoted(after) and len(before) >= WRAPPED_FROM and line[:1].islower()


def without_last_quote(lines: list[str]) -> list[str]:
    """The lines without a quote at their end, if own words stand above it."""
    if not has_words(lines):
        return lines
    end = len(lines)
    while end and (not lines[end - 1].strip() or is_quoted(lines[end - 1])):
        end -= 1
    return trimmed(lines[:end])
