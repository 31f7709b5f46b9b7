"""What was heard across a ticket's messages, and what of it still waits for an answer. One query, whatever its length."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models.functions import Left

from tickets.api.presenting.people import iso
from tickets.empathy.conversation import ASKING, Said, points, said_in
from tickets.empathy.heard import READ_AT_MOST
from tickets.models import Message, Ticket

MESSAGES = 100  # the newest of a ticket
TRIED = "tried"
FIELDS = ("pk", "by", "said_at", "unhappy", "mood", "heard")


def said_of(ticket: Ticket) -> list[dict[str, Any]]:
    """The newest public messages that somebody wrote, oldest first, as far as they are read."""
    messages = Message.objects.filter(ticket=ticket, automatic=False).exclude(by=Message.By.SYSTEM)
    newest = messages.order_by("-version").values(*FIELDS, words=Left("text", READ_AT_MOST))[:MESSAGES]
    return list(reversed(newest))


def mood_history(said: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"at": iso(one["said_at"]), "unhappy": one["unhappy"], "label": one["mood"], "message": one["pk"]}
        for one in said
        if one["unhappy"] is not None
    ]


def heard(said: Sequence[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Questions and wishes with the reply that took each up, facts, and what was tried; what was said twice stands once.

    A question asked again stands where it was asked last; a fact where it was stated first.
    """
    answered = {(point.key, point.place): point.answered_by for point in points([_as_said(one) for one in said])}
    found = [
        {**span, "message": one["pk"], "answered_by": answered.get((one["pk"], place))}
        for one in said
        for place, span in enumerate(one["heard"])
        if one["by"] == Message.By.CUSTOMER
    ]
    return {
        "questions": _asked(found, "question"),
        "wishes": _asked(found, "wish"),
        "facts": _stated(span for span in found if span["kind"] not in (*ASKING, TRIED)),
        "tried": _stated(span for span in found if span["kind"] == TRIED),
    }


def _as_said(message: Mapping[str, Any]) -> Said:
    heard = message["heard"] if message["by"] == Message.By.CUSTOMER else None
    return said_in(message["pk"], message["words"], heard)


def _asked(found: Iterable[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    last = {_folded(span): span for span in found if span["kind"] == kind}
    return [span for span in found if last.get(_folded(span)) is span]


def _stated(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    first: dict[str, dict[str, Any]] = {}
    for span in found:
        first.setdefault(_folded(span), {key: value for key, value in span.items() if key != "answered_by"})
    return list(first.values())


def _folded(span: Mapping[str, Any]) -> str:
    return " ".join(span["text"].casefold().split())
