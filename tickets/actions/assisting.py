"""Words of the assistant for a reply: asked for by a person, checked as any draft is, neither kept nor sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tickets import assistant
from tickets.actions.checking import Draft, Reviewed, review
from tickets.assistant import Case, Passage, Turn
from tickets.assistant.prompts import MOST_TURNS
from tickets.contributions import contributions
from tickets.empathy import slots
from tickets.empathy.check import Finding
from tickets.empathy.language import DEFAULT, detect
from tickets.empathy.sentences import sentences_of
from tickets.empathy.words import words_of
from tickets.errors import Invalid, TooLate
from tickets.models import Agent, Message, Ticket
from tickets.wording import day

LONGEST_PASSAGE = 1_000  # characters
# What was heard, as it is told to the assistant; addresses, telephone numbers and names are not.
HEARD = {
    "question": "They ask",
    "wish": "They want",
    "tried": "They have tried",
    "reference": "Reference",
    "date": "They name the date",
    "amount": "They name the amount",
    "product": "It is about",
}


@dataclass(frozen=True)
class Rewritten:
    """`text` belongs in place of `start` to `end` of the draft, in characters; `draft` is the whole with it, reviewed."""

    text: str
    start: int
    end: int
    draft: str
    reviewed: Reviewed


def suggest(ticket: Ticket, outline: str, *, by: Agent, now: datetime) -> tuple[str, Reviewed]:
    """A reply in the assistant's words with what the check says of it; raises Unavailable."""
    writer = assistant.plugged_in()
    said = list(ticket.messages.filter(automatic=False).order_by("-version")[:MOST_TURNS])[::-1]
    turns = [Turn(message.by == Message.By.CUSTOMER, message.text) for message in said]
    text = _named(writer.suggest(Case(turns, list(_facts(ticket, said, now)), outline)), ticket, by)
    return text, review(ticket, Draft(text), by=by, now=now)


def rewrite(ticket: Ticket, draft: Draft, rule: str, start: int, *, by: Agent, now: datetime) -> Rewritten:
    """Other words for the sentences in which a rule found something at this character of the draft.

    Raises Unavailable, TooLate where the rule finds nothing there any more, and Invalid where the passage is too long.
    """
    writer = assistant.plugged_in()
    found = review(ticket, draft, by=by, now=now).checked.findings
    finding = next((one for one in found if one.rule == rule and one.start == start), None)
    if finding is None:
        raise TooLate("The text has changed since. Look at what is marked now.")
    first, last = _passage(draft.text, finding)
    if last - first > LONGEST_PASSAGE:
        raise Invalid({"start": "This passage is too long to be rewritten. Make two sentences of it first."})
    text = writer.rewrite(Passage(draft.text[first:last], finding.message, finding.suggestion))
    whole = draft.text[:first] + text + draft.text[last:]
    return Rewritten(text, first, last, whole, review(ticket, replace(draft, text=whole), by=by, now=now))


def _passage(text: str, finding: Finding) -> tuple[int, int]:
    """The sentences that the finding touches, since a word alone can seldom be said otherwise."""
    start, end = finding.start or 0, finding.end or 0
    touched = [one for one in sentences_of(words_of(text)) if one.start < end and start < one.end]
    return min([start, *(one.start for one in touched)]), max([end, *(one.end for one in touched)])


def _named(text: str, ticket: Ticket, by: Agent) -> str:
    """With the names, which the assistant never learns: where they belong it wrote a place."""
    locale = detect(text)
    spoken = slots.slot_words(locale if locale in slots.locales() else DEFAULT)
    text = text.replace("{owner}", by.name)
    name = spoken.greeting_of(ticket.customer.name)
    return text.replace("{name}", name) if name else text


def _facts(ticket: Ticket, said: Sequence[Message], now: datetime) -> Iterator[str]:
    """What was heard since the customer first wrote, the newest first, what we owe, and which day it is."""
    known = contributions.merged(contributions.reply_context, ticket, now)
    yield f"Today is {day(now.astimezone(known.get('zone', UTC)))}."
    if promise := known.get("open_promise"):
        yield f"We have promised: {promise['what']}, by {promise['due']}."
    theirs = (message for message in reversed(said) if message.by == Message.By.CUSTOMER)
    heard = ((one["kind"], one["text"]) for message in theirs for one in message.heard if one["kind"] in HEARD)
    yield from dict.fromkeys(f"{HEARD[kind]}: {' '.join(text.split())}" for kind, text in heard)
