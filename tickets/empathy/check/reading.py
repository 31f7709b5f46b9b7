"""What a rule looks at: the draft, the customer's message, the facts of the ticket and the words of the language."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from tickets.empathy.check.context import Context
from tickets.empathy.check.draft import BREAK, Draft, Sentence
from tickets.empathy.check.matching import Index, Match
from tickets.empathy.check.patterns import Pattern
from tickets.empathy.check.vocabulary import Vocabulary

Span = tuple[int, int]
"""Where something stands in the draft, in characters, end excluded."""

NEGATION_REACH = 5
"""A "not" so many words before a match still belongs to it."""


class Reading:
    """A draft with everything around it; lists of the vocabulary are searched once."""

    def __init__(
        self,
        draft: Draft,
        customer: Draft,
        context: Context,
        vocabulary: Vocabulary,
        lists: Mapping[str, Pattern],
        index: Index,
        small_words: frozenset[str],
    ) -> None:
        self.draft = draft
        self.customer = customer
        self.context = context
        self.vocabulary = vocabulary
        self.small_words = small_words
        self._lists = lists
        self._index = index
        self._found: dict[tuple[str, bool], list[Match]] = {}

    def beside(self, message: str) -> "Reading":
        """Return the same draft beside other words of the customer; what was found in the draft stays found."""
        customer = Draft(message, self.vocabulary.spelling)
        other = Reading(self.draft, customer, self.context, self.vocabulary, self._lists, self._index, self.small_words)
        other._found = {key: found for key, found in self._found.items() if not key[1]}
        return other

    def matches(self, patterns: Iterable[Pattern]) -> list[Match]:
        """Return where some patterns stand in the draft."""
        return self._index.matches(self.draft, patterns)

    def find(self, name: str) -> list[Match]:
        """Return where a list of the vocabulary stands in the draft; a language without the list has none."""
        return self._find(name, False)

    def find_in_message(self, name: str) -> list[Match]:
        """Return where a list of the vocabulary stands in the customer's message."""
        return self._find(name, True)

    def _find(self, name: str, in_message: bool) -> list[Match]:
        found = self._found.get((name, in_message))
        if found is None:
            text = self.customer if in_message else self.draft
            pattern = self._lists.get(name)
            found = [] if pattern is None else self._index.matches(text, (pattern,))
            self._found[name, in_message] = found
        return found

    def has(self, name: str, sentences: range) -> bool:
        """Say whether a list of the vocabulary stands in some of the sentences, by number."""
        return any(self.draft.sentence_of(first) in sentences for first, _ in self.find(name))

    def numbers_of(self, name: str) -> set[int]:
        """Return the numbers of the sentences in which a list stands."""
        return {self.draft.sentence_of(first) for first, _ in self.find(name)}

    def span(self, match: Match) -> Span:
        """Return the characters of a match."""
        return self.draft.starts[match[0]], self.draft.ends[match[1] - 1]

    def span_of(self, sentence: Sentence) -> Span:
        """Return the characters of a sentence, its closing sign excluded."""
        return self.span((sentence.first, sentence.last))

    def is_negated(self, match: Match) -> bool:
        """Say whether a negation stands shortly before a match, in the same clause."""
        negators, breaks = self.vocabulary.negators, self.vocabulary.clause_breaks
        for number in range(match[0] - 1, max(match[0] - 1 - NEGATION_REACH, 0), -1):
            key = self.draft.keys[number]
            if key == BREAK or key in breaks:
                return False
            if key in negators:
                return True
        return False

    def is_reported(self, match: Match) -> bool:
        """Say whether the match tells what was said or done before: sorry that we told you …"""
        number = self.draft.sentence_of(match[0])
        return any(
            self.draft.sentence_of(first) == number and first < match[0] < last + REPORT_REACH
            for first, last in self.find("reported")
        )

    def is_owned(self, match: Match) -> bool:
        """Say whether we take it on us in the same sentence: nobody told you, and that was for us to do."""
        return self.draft.sentence_of(match[0]) in self.numbers_of("owned")

    @cached_property
    def body(self) -> list[Sentence]:
        """The sentences without a greeting that stands alone."""
        sentences = list(self.draft.sentences)
        if len(sentences) > 1 and self.is_greeting(sentences[0]):
            return sentences[1:]
        return sentences

    def is_greeting(self, sentence: Sentence) -> bool:
        """Say whether a sentence greets and does nothing else."""
        short = sentence.last - sentence.first <= GREETING_WORDS
        return short and any(first == sentence.first for first, _ in self.find("greeting"))

    @cached_property
    def message_words(self) -> set[str]:
        """The stems of the words of the customer's message that carry meaning."""
        message = self.customer
        return set().union(*(self.content(message, sentence) for sentence in message.sentences))

    @cached_property
    def opening_words(self) -> set[str]:
        """The stems of the first two sentences after a greeting; what is quoted counts, for it is theirs."""
        opening = self.draft
        if UNQUOTED.search(opening.text):
            opening = Draft(UNQUOTED.sub(" ", opening.text), self.vocabulary.spelling)
        last = self.body[:OPENING][-1] if self.body else None
        end = self.draft.ends[last.last] if last else 0
        read = (sentence for sentence in opening.sentences if opening.starts[sentence.first] < end)
        return set().union(*(self.content(opening, sentence) for sentence in read))

    def content(self, text: Draft, sentence: Sentence) -> set[str]:
        """Return the stems of the words of a sentence that carry meaning."""
        stem = self.vocabulary.spelling.stem
        return {stem(key) for key in set(text.words(sentence)) - self.small_words if len(key) > 1}


OPENING = 2
UNQUOTED = re.compile('["“”„«»]')
REPORT_REACH = 14
GREETING_WORDS = 5
