"""What an assistant is asked: two things, in words alone. It knows no tickets, so it can neither read nor send anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Turn:
    """What one side has said in the conversation."""

    by_customer: bool
    text: str


@dataclass(frozen=True)
class Case:
    """What a reply is suggested from: the conversation, the oldest first; facts, a sentence each; the outline of a template."""

    turns: Sequence[Turn]
    facts: Sequence[str]
    outline: str


@dataclass(frozen=True)
class Passage:
    """Words of a draft in which the check found something: `why` says what, `example` how it could sound."""

    words: str
    why: str
    example: str = ""


class Assistant(Protocol):
    """A writer whose words are only ever a suggestion. Both raise Unavailable, with a sentence for the one who asked."""

    def suggest(self, case: Case) -> str:
        """A whole reply; what it cannot know stays a place in braces, such as {date}."""

    def rewrite(self, passage: Passage) -> str:
        """The passage in other words, to be put in its place as it is."""
