"""A ticket's life as entries: messages, notes and events in the order of their versions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from django.db.models import Q

from tickets.actions.files import RASTER, is_shown
from tickets.api.presenting.people import iso, person
from tickets.empathy.signals import WORDS
from tickets.models import Attachment, Message, Note, OutgoingMail, TicketEvent
from tickets.wording import words

PAGE = 100
MESSAGE = [
    "pk",
    "ticket",
    "version",
    "said_at",
    "by",
    "name",
    "agent",
    "participant",
    "channel",
    "text",
    "full_text",
    "to",
    "cc",
    "mood",
    "unhappy",
    "mood_reasons",
    "heard",
    "signals",
    "misheard",
    "raw_mail",
    "warning",
    "seal",
    "automatic",
]
Row = TypeVar("Row", Attachment, OutgoingMail)
SHOWN = {OutgoingMail.State.SENDING: OutgoingMail.State.QUEUED}


def timeline(number: int, before: int | None) -> dict[str, Any]:
    """The page of the newest entries below version `before` (None: the newest of all), oldest first."""
    events = TicketEvent.objects.filter(ticket=number).order_by("-version")
    if before is not None:
        events = events.filter(version__lt=before)
    found = list(events[: PAGE + 1])
    more, kept = len(found) > PAGE, found[:PAGE]
    if not kept:
        return {"results": [], "next": None}
    return {"results": entries(number, kept), "next": str(kept[-1].version) if more else None}


def entries(number: int, events: Sequence[TicketEvent]) -> list[dict[str, Any]]:
    """These events as entries by version; what was said stands for the event that tells of it."""
    span = {"version__gte": events[-1].version, "version__lte": events[0].version}
    troubled = _troubled(events)
    told = {event.version: event_entry(event, troubled.get(event.version)) for event in events}
    said = [*_messages(number, **span), *map(note_entry, _notes(number).filter(**span))]
    stands = {event.version: event.data["overrides"] for event in events if event.data.get("overrides")}
    told.update({entry["version"]: entry for entry in said})
    for version, overrides in stands.items():
        told[version]["overrides"] = overrides
    return [told[version] for version in sorted(told)]


def said_since(number: int, version: int) -> list[dict[str, Any]]:
    """What was said publicly after a version."""
    return _messages(number, version__gt=version, automatic=False)


def _messages(number: int, **which: Any) -> list[dict[str, Any]]:
    """Messages of a ticket as entries: three queries, and none of the HTML is read."""
    found = Message.objects.filter(ticket=number, **which).order_by("version").values(*MESSAGE, has_html=~Q(html=""))
    messages = list(found)
    numbers = [message["pk"] for message in messages]
    attached = _by_message(Attachment.objects.filter(message__in=numbers))
    sent = _by_message(OutgoingMail.objects.filter(message__in=numbers))
    return [message_entry(one, attached[one["pk"]], sent[one["pk"]]) for one in messages]


def _by_message(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found = defaultdict[int, list[Row]](list)
    for row in rows:
        if row.message_id is not None:
            found[row.message_id].append(row)
    return found


def _notes(number: int) -> Any:
    return Note.objects.filter(ticket=number).prefetch_related("attachments", "mentions")


def message_entry(
    message: Mapping[str, Any], attached: Iterable[Attachment], sent: Iterable[OutgoingMail]
) -> dict[str, Any]:
    here = f"/api/tickets/{message['ticket']}/messages/{message['pk']}"
    speaker = message["participant"] if message["by"] == Message.By.CUSTOMER else message["agent"]
    return {
        "kind": "message",
        "id": message["pk"],
        "version": message["version"],
        "at": iso(message["said_at"]),
        "by": _speaker(message["by"], message["name"], speaker),
        "channel": message["channel"],
        "text": message["text"],
        "html": message["has_html"],
        "quoted": bool(message["full_text"]),
        "full_text": message["full_text"] or None,
        "attachments": files(attached),
        "mood": _mood(message),
        "heard": message["heard"],
        "signals": _signals(message),
        "misheard": len(message["misheard"]),
        "deliveries": [delivery(mail) for mail in sent],
        "raw": f"{here}/raw/" if message["raw_mail"] else None,
        "warning": message["warning"] or None,
        "seal": message["seal"] or None,
        "automatic": message["automatic"],
        "to": message["to"],
        "cc": message["cc"],
        "overrides": [],
    }


def _signals(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What calls for somebody special, once each, with the first words that say so."""
    found = {one["signal"]: one for one in reversed(message["signals"]) if one["signal"] in WORDS}
    return [
        {"kind": kind, "label": WORDS[kind], "text": message["text"][found[kind]["start"] : found[kind]["end"]]}
        for kind in sorted(found, key=lambda kind: found[kind]["start"])
    ]


def note_entry(note: Note) -> dict[str, Any]:
    return {
        "kind": "note",
        "id": note.pk,
        "version": note.version,
        "at": iso(note.said_at),
        "by": _speaker("agent", note.name, note.agent_id),
        "text": note.text,
        "mentions": [person(agent) for agent in note.mentions.all()],
        "attachments": files(note.attachments.all()),
    }


def _troubled(events: Sequence[TicketEvent]) -> dict[int, OutgoingMail]:
    """By version, the mails in trouble that belong to no message, as they are now; no query where there is none.

    A mail that was in trouble more than once is shown where that was said last; `events` begin with the newest.
    """
    told: dict[int, int] = {}
    for event in events:
        if event.kind == "mail_troubled":
            told.setdefault(event.data["mail"], event.version)
    mails = OutgoingMail.objects.filter(pk__in=told, message=None) if told else []
    return {told[mail.pk]: mail for mail in mails}


def event_entry(event: TicketEvent, mail: OutgoingMail | None) -> dict[str, Any]:
    """`mail` is one in trouble that the event tells of, and that no message shows."""
    return {
        "kind": "event",
        "version": event.version,
        "at": iso(event.at),
        "event": event.kind,
        "by": _speaker(event.by_kind, event.by_name, event.by_id),
        "words": words(event.kind, event.by_name, event.data),
        "quote": event.data.get("comment", ""),
        "delivery": delivery(mail) if mail else None,
    }


def delivery(mail: OutgoingMail) -> dict[str, Any]:
    return {
        "id": mail.pk,
        "recipient": mail.recipient,
        "state": SHOWN.get(OutgoingMail.State(mail.state), mail.state),
        "answer": mail.answer,
        "at": iso(mail.sent_at or mail.created_at),
        "due_at": iso(mail.due_at) if mail.state == OutgoingMail.State.DELAYED else None,
        "acts": _delivery_acts(mail),
    }


def _delivery_acts(mail: OutgoingMail) -> list[str]:
    """What a person may say of it now."""
    return [*(["send_again"] if mail.may_be_sent_again else []), *(["arrived"] if mail.is_uncertain else [])]


def files(attachments: Iterable[Attachment]) -> list[dict[str, Any]]:
    return [file(attachment) for attachment in attachments]


def file(attachment: Attachment) -> dict[str, Any]:
    return {
        "id": attachment.pk,
        "filename": attachment.filename,
        "content_type": attachment.content_type,
        "size": attachment.size,
        "url": f"/files/{attachment.pk}/{quote(attachment.filename, safe='')}",
        "image": attachment.content_type in RASTER.values(),
        "inline": is_shown(attachment),
    }


def _mood(message: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if not message["mood"]:
        return None
    reasons = [{key: reason[key] for key in ("text", "start", "end")} for reason in message["mood_reasons"]]
    said = [reason["text"] for reason in reasons]
    return {"label": message["mood"], "unhappy": message["unhappy"], "words": said, "reasons": reasons}


def _speaker(kind: str, name: str, pk: int | None) -> dict[str, Any]:
    words = name.split()
    initials = "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
    return {"kind": kind, "name": name, "initials": initials, "id": pk}
