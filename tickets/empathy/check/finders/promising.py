"""Looks at promises: whether each has a date, a possible one, and whether a broken one is admitted."""

from collections.abc import Iterator

from tickets.empathy.check.dates import Mention, mentions
from tickets.empathy.check.matching import Match
from tickets.empathy.check.reading import Reading, Span

SUBJECT_REACH = 2  # words between "I" and its verb


def vague(reading: Reading) -> Iterator[Span | None]:
    """Yield a time such as "soon" in a sentence that promises and names no day."""
    promising = reading.numbers_of("promise") | reading.numbers_of("future")
    dated = reading.numbers_of("calendar_date")
    for match in reading.find("vague_time"):
        number = reading.draft.sentence_of(match[0])
        if number not in promising or number in dated or reading.is_negated(match):
            continue
        if not any(first < match[1] and match[0] < last for first, last in reading.find("customers_move")):
            yield reading.span(match)


def undated(reading: Reading) -> Iterator[Span | None]:
    """Yield a promise without any time in its sentence or the next one; what waits for the customer is none."""
    timed = set().union(*(reading.numbers_of(name) for name in ("calendar_date", "interval", "vague_time")))
    seen: set[int] = set()
    for match in reading.find("promise"):
        number = reading.draft.sentence_of(match[0])
        if number in seen or _near(reading, number) & timed or reading.is_negated(match):
            continue
        if _waits_for_customer(reading, match) or _is_question(reading, number):
            continue
        seen.add(number)
        yield reading.span(match)


def _near(reading: Reading, number: int) -> set[int]:
    """The sentence, the next one, and the one before it that only a semicolon ends."""
    before = reading.draft.raws[reading.draft.sentences[number].first - 1] == ";"
    return {number, number + 1, number - 1} if before else {number, number + 1}


def _waits_for_customer(reading: Reading, match: Match) -> bool:
    """An "if" or "once you" in the sentence, or a question in the one before, makes it the customer's move."""
    number = reading.draft.sentence_of(match[0])
    return reading.has("customers_move", range(number, number + 1)) or (
        number > 0 and _is_question(reading, number - 1)
    )


def _is_question(reading: Reading, number: int) -> bool:
    return reading.draft.keys[reading.draft.sentences[number].last - 1] == "?"


def relative(reading: Reading) -> Iterator[Span | None]:
    """Yield an interval in a sentence that promises and names no calendar day."""
    promising = reading.numbers_of("promise") | reading.numbers_of("future")
    dated = reading.numbers_of("calendar_date")
    for match in reading.find("interval"):
        number = reading.draft.sentence_of(match[0])
        if number in promising and number not in dated:
            yield reading.span(match)


def bad_date(reading: Reading) -> Iterator[Span | None]:
    """Yield a date that no calendar holds, a promised one that is past, or one on which we promise to act and are closed."""
    today = reading.context.today
    for mention in mentions(reading):
        verb = _verb_of(reading, mention)
        if mention.day is None or (verb and today and mention.day < today) or _is_closed(reading, mention, verb):
            yield reading.span(mention.match)


def _verb_of(reading: Reading, mention: Mention) -> Match | None:
    """A date belongs to the verb before it, else to the one after it: that verb if it looks ahead, else nothing."""
    first = mention.match[0]
    number = reading.draft.sentence_of(first)
    verbs = [
        (verb, name != "past_clause")
        for name in ("promise", "future", "arrives", "past_clause")
        for verb in reading.find(name)
        if reading.draft.sentence_of(verb[0]) == number
    ]
    before = [verb for verb in verbs if verb[0][0] <= first]
    nearest = max(before, default=None) or min(verbs, default=None)
    return nearest[0] if nearest and nearest[1] else None


def _is_closed(reading: Reading, mention: Mention, verb: Match | None) -> bool:
    """A courier may come on a Sunday; we cannot act on a day on which nobody of us works."""
    if verb is None or mention.day not in reading.context.closed:
        return False
    spoken = range(verb[0] - SUBJECT_REACH, verb[1])
    return any(first in spoken for name in ("us_words", "me_words") for first, _ in reading.find(name))


def weekday_mismatch(reading: Reading) -> Iterator[Span | None]:
    """Yield a date whose weekday is another one."""
    for mention in mentions(reading):
        if mention.year_known and mention.day and mention.weekday not in (None, mention.day.weekday()):
            yield reading.span(mention.match)


def broken_ignored(reading: Reading) -> Iterator[Span | None]:
    """Yield a gap if an overdue promise is not admitted: our word, and that it was not kept, side by side."""
    promise, today = reading.context.open_promise, reading.context.today
    if promise is None or (today is not None and promise.due >= today):
        return
    words, failures = (
        reading.numbers_of("our_word") | _sentences_on(reading, promise.what),
        reading.numbers_of("not_kept"),
    )
    if not any({number - 1, number, number + 1} & failures for number in words):
        yield None


def _sentences_on(reading: Reading, what: str) -> set[int]:
    """Return the numbers of the sentences that name what was promised by its first word that carries meaning: a call."""
    spelling = reading.vocabulary.spelling
    words = [word for word in what.lower().split() if word not in reading.small_words]
    named = {spelling.stem(word) for word in words[:1]}
    sentences = enumerate(reading.draft.sentences)
    return {number for number, sentence in sentences if named & reading.content(reading.draft, sentence)}


def no_owner(reading: Reading) -> Iterator[Span | None]:
    """Yield work that went to nobody by name: "the relevant team", "is being looked into"."""
    for match in reading.find("ownerless"):
        number = reading.draft.sentence_of(match[0])
        near = range(number, number + 2)
        if reading.is_negated(match) or reading.has("stays_with_me", near) or _names_somebody(reading, number):
            continue
        yield reading.span(match)


def _names_somebody(reading: Reading, number: int) -> bool:
    """A capital letter inside a sentence that is no weekday, month or known word is taken for a name.

    Where all nouns have capitals, only one that follows a title or "by" is.
    """
    sentence = reading.draft.sentences[number]
    followers = {last for _, last in reading.find("owner_before")}
    for at in range(sentence.first, sentence.last):
        stands_out = at in followers or not (at == sentence.first or reading.vocabulary.capital_nouns)
        if stands_out and _is_name(reading, at):
            return True
    return False


def _is_name(reading: Reading, at: int) -> bool:
    raw, key = reading.draft.raws[at], reading.draft.keys[at]
    calendar = reading.vocabulary.months.keys() | reading.vocabulary.weekdays.keys()
    others = reading.small_words | set(reading.context.customer_name.lower().split())
    return raw[:1].isupper() and raw[1:].islower() and key not in calendar and key not in others
