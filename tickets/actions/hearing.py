"""How a customer's words are heard: read when they come, read anew by a newer version, corrected by a person."""

from datetime import datetime

from django.db import transaction

from tickets.actions.beats import lock
from tickets.actions.mood_models import model_in_use
from tickets.empathy import heard, mood, signals
from tickets.errors import Invalid
from tickets.events import Actor, record
from tickets.models import Message, MoodCorrection, Ticket, TicketEvent

CORRECTED = ["heard", "signals", "misheard", "missed"]
READ = ["unhappy", "mood", "mood_reasons", "mood_version", "heard", "signals"]


def listen(message: Message) -> None:
    """Read the message's text into its fields; the caller saves it."""
    version, learnt = model_in_use()
    read, found = mood.read(message.text, learnt), heard.read(message.text)
    message.mood_version = version
    message.unhappy, message.mood = read.unhappy, read.label
    message.mood_reasons = [
        {"text": reason.text, "start": reason.start, "end": reason.end, "cue": reason.cue} for reason in read.reasons
    ]
    message.heard = [
        {"text": span.text, "start": span.start, "end": span.end, "kind": span.kind}
        for span in (*found.questions, *found.facts, *found.wishes, *found.already_tried)
    ]
    message.signals = [{"signal": one.signal, "start": one.start, "end": one.end} for one in signals.read(message.text)]
    _correct(message)


def show_mood(ticket: Ticket, message: Message) -> None:
    """Let the ticket show how its customer last sounded; the caller records it."""
    ticket.mood, ticket.unhappy = message.mood, message.unhappy
    ticket.mood_words = [reason["text"] for reason in message.mood_reasons[:3]]
    if message.mood == "unhappy" and ticket.mended is None:
        ticket.mended = {}


@transaction.atomic
def correct_mood(ticket: Ticket, label: str, *, by: Actor, now: datetime) -> TicketEvent | None:
    """Let a person's reading of the customer's last words stand over the machine's, and keep it to learn from."""
    ticket = lock(ticket)
    if label not in MoodCorrection.Label.values:
        raise Invalid({"mood": "A mood is unhappy, neutral or happy."})
    message = _last_read(ticket)
    if message is None:
        raise Invalid({"mood": "Nothing that the customer said has been read yet."})
    if message.mood == label == ticket.mood:
        return None
    _keep(message, label, by, now)
    was, message.mood, message.mood_reasons = message.mood, label, []
    message.save(update_fields=["mood", "mood_reasons"])
    show_mood(ticket, message)
    return record(ticket, "mood_corrected", by=by, at=now, message=message.pk, **{"from": was, "to": label})


@transaction.atomic
def leave_unheard(ticket: Ticket, said: int, kind: str, text: str, *, by: Actor, now: datetime) -> TicketEvent:
    """Take out of a message what a person says was misheard: a signal by its kind, anything else by its text too.

    It stays out, whichever version reads the message; a signal that only a person added is gone as if never added.
    Raises Invalid where nothing like that was heard.
    """
    ticket = lock(ticket)
    message, wrong = _theirs(ticket, said), {"kind": kind, "text": "" if kind in signals.WORDS else text}
    if not _holds(message, wrong):
        raise Invalid({"kind": "Nothing like that was heard in this message."})
    message.missed = [missed for missed in message.missed if missed != kind]
    _correct(message)
    if _holds(message, wrong):
        message.misheard = [*message.misheard, wrong]
        _correct(message)
    message.save(update_fields=CORRECTED)
    return _corrected(ticket, "misheard", message, by, now, what=signals.WORDS.get(kind, text))


@transaction.atomic
def add_signal(ticket: Ticket, said: int, kind: str, *, by: Actor, now: datetime) -> TicketEvent | None:
    """Add to a message a signal, one of SIGNALS, that a person heard in it and we missed; it stays, whichever version reads.

    Raises Invalid where there is no such signal. One that was taken out as misheard comes back with its words.
    """
    if kind not in signals.WORDS:
        raise Invalid({"kind": "There is no such signal."})
    ticket = lock(ticket)
    message = _theirs(ticket, said)
    if _holds(message, {"kind": kind, "text": ""}):
        return None
    message.misheard = [wrong for wrong in message.misheard if wrong["kind"] != kind]
    message.missed = [*message.missed, kind]
    listen(message)
    message.save(update_fields=CORRECTED)
    return _corrected(ticket, "signal_added", message, by, now, what=signals.WORDS[kind])


@transaction.atomic
def hear_again(ticket: Ticket, said: int, *, by: Actor, now: datetime) -> TicketEvent | None:
    """Put back all that was taken out of a message as misheard. The mood is left as it is."""
    ticket = lock(ticket)
    message = _theirs(ticket, said)
    if not message.misheard:
        return None
    message.misheard = []
    listen(message)
    message.save(update_fields=CORRECTED)
    return _corrected(ticket, "heard_again", message, by, now)


@transaction.atomic
def hear_anew(message: Message, *, by: Actor, now: datetime) -> TicketEvent | None:
    """Read a message as today's version does. A person's reading stands.

    The ticket tells it if it sounds different, or speaks of something else.
    """
    ticket = lock(message.ticket)
    message = Message.objects.select_related("correction").get(pk=message.pk)
    kept, spoke = (message.mood, message.mood_reasons), _named(message)
    listen(message)
    if hasattr(message, "correction"):
        message.mood, message.mood_reasons = kept
    message.save(update_fields=READ)
    was = ticket.mood, ticket.unhappy, ticket.mood_words
    if message == _last_read(ticket):
        show_mood(ticket, message)
    if (was, spoke) == ((ticket.mood, ticket.unhappy, ticket.mood_words), _named(message)):
        return None
    return _corrected(ticket, "heard_anew", message, by, now, **{"from": was[0], "to": ticket.mood})


def unheard(version: str) -> list[int]:
    """The messages of customers that another version than this has read, oldest first, by number."""
    theirs = Message.objects.filter(by=Message.By.CUSTOMER, automatic=False).exclude(mood_version=version)
    return list(theirs.order_by("pk").values_list("pk", flat=True))


def _last_read(ticket: Ticket) -> Message | None:
    return ticket.messages.filter(unhappy__isnull=False).order_by("-version").first()


def _keep(message: Message, label: str, by: Actor, now: datetime) -> None:
    said = {"label": label, "agent_id": by.id if by.kind == "agent" else None, "corrected_at": now}
    read = {"unhappy": message.unhappy, "read_by": message.mood_version}
    MoodCorrection.objects.update_or_create(message=message, defaults=said, create_defaults={**said, **read})


def _named(message: Message) -> set[str]:
    return {found["signal"] for found in message.signals}


def _theirs(ticket: Ticket, said: int) -> Message:
    message = ticket.messages.filter(pk=said, by=Message.By.CUSTOMER, automatic=False).first()
    if message is None:
        raise Invalid({"message": "This ticket has no such message of the customer's."})
    return message


def _holds(message: Message, found: dict[str, str]) -> bool:
    heard = [{"kind": one["kind"], "text": one["text"]} for one in message.heard]
    signalled = [{"kind": one["signal"], "text": ""} for one in message.signals]
    return found in [*heard, *signalled]


def _correct(message: Message) -> None:
    """Let what people said of it stand over what was read; what they added has no words, and its place is the end."""
    wrong = {(one["kind"], one["text"]) for one in message.misheard}
    message.heard = [one for one in message.heard if (one["kind"], one["text"]) not in wrong]
    read = [one for one in message.signals if one["start"] < one["end"] and (one["signal"], "") not in wrong]
    there, end = {one["signal"] for one in read}, len(message.text)
    missed = [{"signal": kind, "start": end, "end": end} for kind in message.missed if kind not in there]
    message.signals = [*read, *missed]


def _corrected(ticket: Ticket, kind: str, message: Message, by: Actor, now: datetime, **data: str) -> TicketEvent:
    """The fact, with all signals that the ticket has now."""
    theirs = ticket.messages.filter(by=Message.By.CUSTOMER).values_list("signals", flat=True)
    left = sorted({one["signal"] for found in theirs for one in found})
    return record(ticket, kind, by=by, at=now, message=message.pk, signals=left, **data)
