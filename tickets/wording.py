"""Facts in words: what a timeline, a stream and a politely spoken screen say of an event."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tickets.states import LABELS, State

Words = Callable[[str, Mapping[str, Any]], str]


def day(time: datetime) -> str:
    """A day as we write it to people: "Friday 15 May"."""
    return f"{time:%A} {time.day} {time:%B}"


def moment(time: datetime) -> str:
    """A moment on the wall of its own zone: "Friday 15 May, 17:00"."""
    return f"{day(time)}, {time:%H:%M}"


def _state(data: Mapping[str, Any]) -> str:
    return LABELS[State(data["to"])].lower()


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _because(data: Mapping[str, Any]) -> str:
    return f": {data['reason']}" if data.get("reason") else ""


def _brought(data: Mapping[str, Any]) -> str:
    return f" and brought in {', '.join(data['brought'])}" if data.get("brought") else ""


def _assigned(who: str, data: Mapping[str, Any]) -> str:
    if data.get("agent") is None:
        return f"{who} put it back for anybody to take"
    if data.get("took"):
        return f"{who} took it"
    return f"{who} gave it to {data['name']}"


def _late(data: Mapping[str, Any]) -> str:
    return ", late" if data.get("is_late") else ""


def _promises(data: Mapping[str, Any]) -> str:
    return " and ".join(f"“{promise['what']}”" for promise in data["promises"])


def _rated(who: str, data: Mapping[str, Any]) -> str:
    """Without the comment: whoever shows the fact quotes it."""
    if data.get("was") in {None, data["score"]}:
        return f"{who} rated this {data['score']} of 5"
    return f"{who} now rates this {data['score']} of 5, no longer {data['was']}"


WORDINGS: dict[str, Words] = {
    "received": lambda who, data: f"{who} complained",
    "opened_by_agent": lambda who, data: f"{who} opened it for {data['customer']}",
    "customer_wrote": lambda who, data: f"{who} wrote again{_brought(data)}",
    "imported": lambda who, data: f"A mail of {who} from before was taken over",
    "automatic_mail": lambda who, data: f"An automatic mail came from {who}",
    "replied": lambda who, data: f"{who} replied",
    "noted": lambda who, data: f"{who} left a note",
    "reply_undone": lambda who, data: f"{who} took back a reply",
    "reply_returned": lambda who, data: (
        f"A reply of {data['name']} went back to its draft, since {_lower(data.get('why', 'Something new was said'))}"
    ),
    "assigned": _assigned,
    "moved": lambda who, data: f"{who} moved it from {data['from']} to {data['to']}",
    "prioritised": lambda who, data: f"{who} set the priority to {data['to']}",
    "renamed": lambda who, data: f"{who} changed the subject",
    "state_changed": lambda who, data: f"{who} set it to {_state(data)}{_because(data)}",
    "resolved": lambda who, data: f"{who} resolved it{_because(data)}",
    "reopened": lambda who, data: f"{who} opened it again{_because(data)}",
    "closed": lambda who, data: f"{who} closed it{_because(data)}",
    "woken": lambda who, data: "It came back from hold",
    "marked_spam": lambda who, data: f"{who} marked it as spam",
    "unmarked_spam": lambda who, data: f"{who} took it back from spam",
    "escalated": lambda who, data: f"Raised to level {data['level']}{_because(data)}",
    "acknowledged": lambda who, data: f"{who} acknowledged the escalation",
    "clock_warned": lambda who, data: f"{data['label']} is close",
    "clock_extended": lambda who, data: f"{who} moved {data['label'].lower()}{_because(data)}",
    "promise_kept": lambda who, data: f"{who} kept the promise “{data['what']}”{_late(data)}{_because(data)}",
    "promise_missed": lambda who, data: f"We did not keep our promise {_promises(data)}",
    "promise_withdrawn": lambda who, data: f"{who} took back the promise “{data['what']}”{_because(data)}",
    "holding_update": lambda who, data: f"{who} wrote that there is news by {data['words']}",
    "asked_if_settled": lambda who, data: "We asked whether it is settled",
    "said_settled": lambda who, data: f"{who} says it is settled",
    "said_not_settled": lambda who, data: f"{who} says it is not settled",
    "rated": _rated,
    "rated_low": _rated,
    "link_renewed": lambda who, data: f"A new link was made for {data['name']}; the old one no longer opens",
    "mail_troubled": lambda who, data: (
        f"Mail to {data['recipient']} "
        f"{'may not have arrived' if data.get('state') == 'uncertain' else 'did not arrive'}{_because(data)}"
    ),
    "mail_sent_again": lambda who, data: f"{who} sent the mail to {data['recipient']} again",
    "mail_confirmed": lambda who, data: f"{who} says that the mail to {data['recipient']} arrived",
    "mail_unwanted": lambda who, data: f"{data['recipient']} marked a mail of ours as unwanted",
    "mail_opened": lambda who, data: f"{data['recipient']} opened our mail",
    "mail_unopened": lambda who, data: f"{data['recipient']} put our mail away without opening it",
    "address_believed": lambda who, data: f"{who} let mail go to {data['recipient']} again{_because(data)}",
    "heard_anew": lambda who, data: "Read anew" + (f", it sounds {data['to']}" if data["to"] != data["from"] else ""),
    "misheard": lambda who, data: f"{who} took out what was misheard: “{data['what']}”",
    "signal_added": lambda who, data: f"{who} added what was missed: “{data['what']}”",
    "heard_again": lambda who, data: f"{who} put back what was taken out as misheard",
    "mood_corrected": lambda who, data: f"{who} read the mood as {data['to']}",
}


def words(kind: str, by_name: str, data: Mapping[str, Any]) -> str:
    """The event as one sentence without a full stop; an event that nobody worded is its own name."""
    wording = WORDINGS.get(kind)
    return wording(by_name, data) if wording else kind.replace("_", " ")
