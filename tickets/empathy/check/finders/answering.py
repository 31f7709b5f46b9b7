"""Looks whether each question of the customer is answered, without asking what we know and without sending them away."""

from collections.abc import Iterator
from itertools import pairwise

from tickets.empathy.check.draft import Sentence
from tickets.empathy.check.matching import Match, matches
from tickets.empathy.check.patterns import Pattern
from tickets.empathy.check.reading import Reading, Span

FEWEST_OTHER_WORDS = 15
TOPICS = ("topic_delivery", "topic_money", "topic_return", "topic_cancel", "topic_contact", "topic_repair")


def questions(reading: Reading) -> list[Sentence]:
    """Return the customer's questions, as parts of their message; "When … and can I …?" are two."""
    message = reading.customer
    openings = sorted(first for first, _ in reading.find_in_message("question_opening"))
    found = []
    for sentence in message.sentences:
        asked = message.keys[sentence.last - 1] == "?"
        if not asked and not any(first == sentence.first for first in openings):
            continue
        cuts = [first for first in openings if sentence.first < first < sentence.last and _joins(reading, first)]
        edges = [sentence.first, *cuts, sentence.last]
        found += [Sentence(first, last) for first, last in pairwise(edges)]
    return [question for question in found if reading.content(message, question) - _openers(reading)]


def _joins(reading: Reading, first: int) -> bool:
    return reading.customer.keys[first - 1] in reading.vocabulary.clause_breaks


def _openers(reading: Reading) -> set[str]:
    stem = reading.vocabulary.spelling.stem
    return {
        stem(key) for first, last in reading.find_in_message("courtesy") for key in reading.customer.keys[first:last]
    }


def unanswered(reading: Reading) -> Iterator[Span | None]:
    """Yield a gap for each question that shares neither a content word nor its kind of answer with the draft."""
    for question in questions(reading):
        if not is_answered(reading, question):
            yield None


def is_answered(reading: Reading, question: Sentence) -> bool:
    """Say whether a sentence of the draft shares content with a question, gives the day or sum it asks for, or says yes or no."""
    asked = reading.content(reading.customer, question) - _openers(reading)
    draft = reading.draft
    said: set[str] = set()
    for sentence in draft.sentences:
        if draft.keys[sentence.last - 1] != "?" or len(draft.sentences) == 1:
            said |= reading.content(draft, sentence)
    if asked & said:
        return True
    return _same_topic(reading, question) or _kind_is_given(reading, question) or _is_affirmed(reading, question)


def takes_up(reading: Reading, words: str) -> bool:
    """Say whether the draft answers a question of the customer, or repeats something of what else they said."""
    beside = reading.beside(words)
    asked = questions(beside)
    if asked:
        return all(is_answered(beside, question) for question in asked)
    said = set().union(*(reading.content(reading.draft, sentence) for sentence in reading.draft.sentences))
    return bool(beside.message_words & said) or words.lower() in reading.draft.text.lower()


def _same_topic(reading: Reading, question: Sentence) -> bool:
    """A topic before "if …" is what is asked, one after it only the condition: my money back, if it does not come."""
    topics = [(first, name) for name in TOPICS for first in _places(reading, name, question)]
    condition = min(_places(reading, "condition", question), default=question.last)
    asked = {name for first, name in topics if first < condition} or {name for _, name in topics}
    return any(reading.find(name) for name in asked)


def _places(reading: Reading, name: str, question: Sentence) -> list[int]:
    found = (first for first, _ in reading.find_in_message(name))
    return [first for first in found if question.first <= first < question.last]


def _kind_is_given(reading: Reading, question: Sentence) -> bool:
    """A "when" with nothing else in it is answered by a date, a "how much" by a figure with a currency."""
    for asks, gives in (("asks_when", "calendar_date"), ("asks_sum", "sum"), ("asks_why", "cause")):
        if _places(reading, asks, question) and _gives(reading, gives) and _is_only_question(reading):
            return True
    return False


def _gives(reading: Reading, name: str) -> bool:
    """Say whether a list stands in the draft; the "now" of "from now on" is no date."""
    spared = {number for first, last in reading.find("no_date") for number in range(first, last)}
    return any(first not in spared for first, _ in reading.find(name))


def _is_affirmed(reading: Reading, question: Sentence) -> bool:
    """A sentence that begins with "yes" or "no" answers the first question."""
    return bool(reading.find("affirms")) and questions(reading)[0] == question


def _is_only_question(reading: Reading) -> bool:
    return len(questions(reading)) == 1


def asks_known(reading: Reading) -> Iterator[Span | None]:
    """Yield each request for a fact that the ticket holds already."""
    known = [pattern for fact in reading.context.known for pattern in _patterns(reading, fact)]
    for first, last in reading.find("asks_for"):
        sentence = reading.draft.sentences[reading.draft.sentence_of(first)]
        if reading.is_negated((first, last)) or _holds_it(reading, (first, last)):
            continue
        for pattern in known:
            fact = next((one for one in matches(reading.draft, pattern) if last <= one[0] < sentence.last), None)
            if fact:
                yield reading.span((first, fact[1]))
                break


def _holds_it(reading: Reading, asking: Match) -> bool:
    """ "I have your number" says that we hold it; the "I have" of "may I have your number" is part of the asking."""
    number = reading.draft.sentence_of(asking[0])
    return any(
        reading.draft.sentence_of(first) == number and not asking[0] <= first < asking[1]
        for first, _ in reading.find("holds")
    )


def _patterns(reading: Reading, fact: str) -> list[Pattern]:
    """The ways to name a fact: those of the vocabulary with which its name begins, the longest first, else its own words.

    Who holds an e-mail address does not hold the address of a house.
    """
    spelling = reading.vocabulary.spelling
    name = " ".join(key for word in fact.lower().split() for key in spelling.keys(word))
    facts = reading.vocabulary.facts
    named = sorted((name.find(key), -len(key), key) for key in facts if key in name)
    if named:
        return [facts[named[0][2]]]
    found = [pattern for pattern in facts.values() if pattern.regex.search(f" {name} ")]
    words = [word for word in name.split() if word.isalnum()]
    return found or ([reading.vocabulary.pattern(" ".join(words))] if words else [])


def link_only(reading: Reading) -> Iterator[Span | None]:
    """Yield the sentence that sends the customer to a page, if hardly anything else is said."""
    spared = reading.numbers_of("page_spared")
    pointers = [match for match in reading.find("points_to_page") if reading.draft.sentence_of(match[0]) not in spared]
    if not pointers:
        return
    pointing = reading.numbers_of("points_to_page")
    greetings = len(reading.draft.sentences) - len(reading.body)
    others = [
        key
        for number, sentence in enumerate(reading.draft.sentences)
        if number not in pointing and number >= greetings
        for key in reading.draft.words(sentence)
    ]
    if len(others) < FEWEST_OTHER_WORDS:
        yield reading.span(pointers[0])
