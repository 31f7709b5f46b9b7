"""The check of a reply with all that we know of its ticket: who writes to whom, what was asked, what was promised."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tickets.actions.rules import book_of
from tickets.contributions import contributions
from tickets.empathy import conversation
from tickets.empathy.check import Checked, Context, check_with, context_of
from tickets.empathy.conversation import said_in
from tickets.empathy.language import detect
from tickets.errors import Invalid, Unmended
from tickets.models import Agent, Message, PendingReply, SentFinding, Template, Ticket
from tickets.states import State

MOODS = {"unhappy": "negative", "happy": "positive"}
FACTS = {"reference": "order number", "phone": "phone", "amount": "amount"}  # what was heard, as the check calls it
MESSAGES = 30  # the newest of a ticket; what was said before them was answered long ago
HEARD = 50
LONGEST_REASON = 300  # characters


@dataclass(frozen=True)
class Draft:
    """A reply as it stands: what should follow it, the template that it began with, and when its promises are due."""

    text: str
    then: str = ""
    template: str = ""
    promised: Sequence[datetime] = ()


@dataclass(frozen=True)
class Reviewed:
    """A draft that was checked: `heard` is what is open from before, then the customer's words since our last answer."""

    checked: Checked
    heard: Sequence[tuple[int, dict[str, Any], bool]]  # the message's id, what was heard, whether it is taken up
    language: str


def review(ticket: Ticket, draft: Draft, *, by: Agent, now: datetime) -> Reviewed:
    """Check a draft as the server knows its ticket; six queries at most, however long the ticket."""
    said = list(ticket.messages.filter(automatic=False).order_by("-version")[:MESSAGES])
    theirs = [message for message in said if message.by == Message.By.CUSTOMER]
    newest = list(reversed(_unanswered(said)))
    words = "\n\n".join(message.text for message in newest)
    heard = [*_still_open(said, newest), *((message.pk, found) for message in newest for found in message.heard)]
    heard = _said_once(heard)[:HEARD]
    context = _context(ticket, draft, theirs, by, now)
    book = book_of(ticket.team, context.locale)
    checked = check_with(book, draft.text, words, context, [found["text"] for _, found in heard])
    answered = zip(heard, checked.taken_up, strict=True)
    return Reviewed(checked, [(pk, found, done) for (pk, found), done in answered], book.locale)


def approve(ticket: Ticket, draft: Draft, reasons: Mapping[str, str], *, by: Agent, now: datetime) -> Reviewed:
    """Check a reply that is to be sent; raises Unmended for errors in its words without a reason, by rule, and Invalid.

    What is missing, such as the answer to a question, may follow in the next reply: the composer asks for it and keeps
    the reason, but nothing is refused for words that are not there.
    """
    reviewed = review(ticket, draft, by=by, now=now)
    errors = [
        finding for finding in reviewed.checked.findings if finding.level == "error" and finding.start is not None
    ]
    if unmended := [finding for finding in errors if not reasons.get(finding.rule, "").strip()]:
        raise Unmended(draft.text, unmended)
    if any(len(reason) > LONGEST_REASON for reason in reasons.values()):
        raise Invalid({"overrides": f"A reason has at most {LONGEST_REASON} characters."})
    return reviewed


def overridden(reviewed: Reviewed, reasons: Mapping[str, str]) -> list[dict[str, str]]:
    """Each error that stands, once, with its reason: what an event tells."""
    errors = {finding.rule: finding.message for finding in reviewed.checked.findings if finding.level == "error"}
    given = {rule: reason for rule in errors if (reason := reasons.get(rule, "").strip())}
    return [{"rule": rule, "message": errors[rule], "reason": reason} for rule, reason in given.items()]


def remember(pending: PendingReply, reviewed: Reviewed, reasons: Mapping[str, str]) -> None:
    """Keep which rules spoke of this reply, and why its errors stand."""
    found = {finding.rule: finding.level for finding in reviewed.checked.findings}
    SentFinding.objects.bulk_create(
        SentFinding(
            reply=pending,
            rule=rule,
            locale=reviewed.language,
            level=level,
            reason=reasons.get(rule, "").strip() if level == "error" else "",
        )
        for rule, level in found.items()
    )


def _unanswered(said: Iterable[Message]) -> list[Message]:
    """What the customer said since our last answer, the newest first."""
    newest = []
    for message in said:
        if message.by == Message.By.AGENT:
            break
        if message.by == Message.By.CUSTOMER:
            newest.append(message)
    return newest


def _still_open(said: Sequence[Message], newest: Iterable[Message]) -> list[tuple[int, dict[str, Any]]]:
    """Questions and wishes from before our last answer that no answer of ours has taken up, oldest first."""
    older = {message.pk: message.heard for message in said if message.by == Message.By.CUSTOMER}
    for message in newest:
        older[message.pk] = []
    thread = [said_in(message.pk, message.text, older.get(message.pk)) for message in said]
    points = conversation.points(thread[::-1])
    return [(point.key, older[point.key][point.place]) for point in points if point.answered_by is None]


def _said_once(heard: Sequence[tuple[int, dict[str, Any]]]) -> list[tuple[int, dict[str, Any]]]:
    """What was said twice stands where it was said last; "Saturday" is not said beside "on Saturday", nor a wish twice."""
    last = {_folded(found): at for at, (_, found) in enumerate(heard)}
    kept = [heard[at] for at in sorted(last.values())]
    return [(pk, found) for pk, found in kept if not any(_is_part_of(found, other) for _, other in kept)]


def _is_part_of(found: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    words, more = _folded(found), _folded(other)
    alike = found["kind"] == other["kind"] or (found["kind"], other["kind"]) == ("wish", "question")
    return alike and words != more and f" {words} " in f" {more} "


def _folded(found: Mapping[str, Any]) -> str:
    return " ".join(found["text"].casefold().split())


def _context(ticket: Ticket, draft: Draft, theirs: Sequence[Message], by: Agent, now: datetime) -> Context:
    contributed = contributions.merged(contributions.reply_context, ticket, now)
    zone = contributed.pop("zone", UTC)
    name = ticket.customer.name
    facts = {
        "mood": MOODS.get(ticket.mood, "neutral"),
        "our_fault": ticket.mended is not None and "owned" not in ticket.mended,  # nobody has to own it twice
        "resolved": State.RESOLVED in (draft.then, ticket.state),
        "customer_name": "" if "@" in name else name,
        "agent_name": by.name,
        "situation": _situation(theirs, draft),
        "known": _known(theirs),
        "today": now.astimezone(zone).date(),
        "promised": [due_at.astimezone(zone).date() for due_at in draft.promised],
        "locale": detect(draft.text),
    }
    return context_of(facts | contributed)


def _situation(theirs: Iterable[Message], draft: Draft) -> str:
    """What the customer goes through as their words say it, else what the template was written for."""
    signals = {found["signal"] for message in theirs for found in message.signals}
    if "bereavement" in signals or not draft.template:
        return "bereavement" if "bereavement" in signals else ""
    key = draft.template.partition(":")[0]
    return Template.objects.filter(key=key).values_list("situation", flat=True).first() or ""


def _known(theirs: Iterable[Message]) -> list[str]:
    """What the customer told us in any message, in plain words: nobody should ask for it again."""
    kinds = dict.fromkeys(found["kind"] for message in theirs for found in message.heard)
    return ["email", *(FACTS[kind] for kind in kinds if kind in FACTS)]
