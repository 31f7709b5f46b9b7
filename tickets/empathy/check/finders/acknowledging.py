"""Looks for the customer in the draft: their words, their name, and slots that were left for both."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator

from tickets.empathy.check.draft import Sentence
from tickets.empathy.check.reading import Reading, Span

WORDS_SHARED = 2
FEW_OWN_WORDS = 2
PLACEHOLDER = re.compile(
    r"(?=[{\[<%$_ADEHIJLMTXYx])(?:"  # where one can begin, so that it is not tried at every letter
    r"\{\{?\s?[^\W\d_][^{}\n]{0,60}\}\}?"
    r"|\[(?!.\]|sic\]|…\]|\.\.\.\]|[^\]\n_]{0,60}\d)[^\W\d_][^\]\n]{0,60}\](?!\()"
    r"|<(?!https?:|(?i:esc|enter|return|tab|ctrl|alt|shift|del|delete|home|end)>)[A-Za-z][A-Za-z _-]{1,40}>"
    r"|%[A-Z_]{3,30}%|\$\{?[A-Za-z_]{3,30}\}?|\b(?:X{3,10}|x{3,10}|TBC|TBD|TODO)\b|_{3,40}"
    r"|\b(?:INSERT|ENTER|ADD)(?: [A-Z]{2,15}){1,4}\b|\b[Xx]{2}[/.,:][Xx]{2}\b|\bLorem ipsum\b"
    r"|\b(?:DD|MM|YYYY|HH|TT|JJJJ)(?:[/.:-](?:DD|MM|YYYY|YY|HH|SS|JJJJ)){1,2}\b)"
)
IN_A_PATH = ("_", "/", "\\")
PATH_GOES_ON = re.compile(r"\\|[/.]\w")


def no_own_words(reading: Reading) -> Iterator[Span | None]:
    """Yield a gap unless the opening takes up two content words of the customer's message."""
    if reading.message_words and not takes_up_their_words(reading):
        yield None


def takes_up_their_words(reading: Reading) -> bool:
    """Say whether the opening holds two content words of the customer, or the only one there is."""
    theirs = reading.message_words
    return bool(theirs) and len(theirs & reading.opening_words) >= min(WORDS_SHARED, len(theirs))


def hollow(reading: Reading) -> Iterator[Span | None]:
    """Yield a claim of understanding in a sentence that neither takes up the customer's words nor adds its own."""
    theirs = reading.message_words
    for match in reading.find("empathy"):
        if reading.is_negated(match):
            continue
        sentence = reading.draft.sentences[reading.draft.sentence_of(match[0])]
        own = _content_beside(reading, sentence, match)
        if own & theirs or len(own) > FEW_OWN_WORDS:
            continue
        yield reading.span(match)


def _content_beside(reading: Reading, sentence: Sentence, match: tuple[int, int]) -> set[str]:
    rest = Sentence(match[1], sentence.last)
    before = Sentence(sentence.first, match[0])
    claims = [one for one in reading.find("empathy") if sentence.first <= one[0] < sentence.last]
    feelings = {reading.vocabulary.spelling.stem(key) for a, b in claims for key in reading.draft.keys[a:b]}
    return (reading.content(reading.draft, rest) | reading.content(reading.draft, before)) - feelings - _names(reading)


def _names(reading: Reading) -> set[str]:
    return {reading.vocabulary.spelling.stem(part) for part in plain(reading.context.customer_name).split()}


def plain(name: str) -> str:
    """Return a name in small letters without accents, so that José and jose are one."""
    if name.isascii():
        return name.lower()
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def no_name(reading: Reading) -> Iterator[Span | None]:
    """Yield a nameless greeting, or a gap if the customer's name stands nowhere."""
    names = set(re.findall(r"[^\W\d_]+", plain(reading.context.customer_name)))
    if names & {plain(key) for key in set(reading.draft.keys)}:
        return
    nameless = [match for match in reading.find("nameless") if reading.draft.sentence_of(match[0]) == 0]
    yield reading.span(nameless[0]) if nameless else None


def wrong_name(reading: Reading) -> Iterator[Span | None]:
    """Yield the name in a greeting that is none of the customer's names."""
    names = re.findall(r"[^\W\d_]+", plain(reading.context.customer_name))
    known = reading.small_words | reading.vocabulary.negators
    greeted = [match for match in reading.find("greeting") if match[0] <= 1]
    for _, last in greeted[:1]:
        for number in range(last, min(last + 3, len(reading.draft.keys))):
            raw, key = reading.draft.raws[number], plain(reading.draft.keys[number])
            if not raw[:1].isalpha() or key in known or _is_address(reading, number):
                return
            if key in names or any(key.startswith(name) or name.startswith(key) for name in names if len(key) > 2):
                return
            if raw[0].isupper() or _ends_greeting(reading, number):
                yield reading.draft.starts[number], reading.draft.ends[number]
                return


def _is_address(reading: Reading, number: int) -> bool:
    return any(first <= number < last for first, last in reading.find("address_words"))


def _ends_greeting(reading: Reading, number: int) -> bool:
    end = reading.draft.ends[number]
    return reading.draft.text[end : end + 1] in (",", "!", "\n")


def placeholder(reading: Reading) -> Iterator[Span | None]:
    """Yield each slot that was left unfilled; brackets that hold a figure alone are references."""
    for found in PLACEHOLDER.finditer(reading.draft.own):
        if not _is_literal(reading, found):
            yield found.span()


def _is_literal(reading: Reading, slot: re.Match[str]) -> bool:
    """ "invoice_[final].pdf" is the name of a file, and "press [Enter]" names a key: nothing is to be filled in."""
    text = reading.draft.own
    if text[slot.start() - 1 : slot.start()] in IN_A_PATH or PATH_GOES_ON.match(text, slot.end()):
        return True
    first = bisect_left(reading.draft.starts, slot.start(), lo=1)
    return any(last == first for _, last in reading.find("literal_before"))
