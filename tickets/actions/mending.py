"""The mend of an unhappy customer's ticket: which of its steps a public reply has taken."""

from collections.abc import Mapping
from datetime import datetime

from tickets.empathy import check
from tickets.models import Message, Ticket

# The steps of the reply check (what a text does) and the steps of the mend that they take.
TAKEN_BY = {"own": "owned", "options": "offered"}
UNHAPPY = check.Context(mood="negative", our_fault=True)  # whose fault it was is theirs to say, and they complained


def mend(ticket: Ticket, reply: str, at: datetime) -> None:
    """Mark what this reply does for the customer: it heard them, and perhaps owned the fault or offered a choice."""
    if ticket.mended is None:
        return
    heard = ticket.messages.filter(by=Message.By.CUSTOMER, automatic=False).order_by("-version").first()
    steps = check.check(reply, heard.text if heard else "", UNHAPPY).steps
    ticket.mended = {**dict.fromkeys(taken_by(steps), at.isoformat()), **ticket.mended}


def taken_by(steps: Mapping[str, bool]) -> list[str]:
    """The steps of the mend that a reply with these steps of the check takes."""
    return ["heard", *(step for said, step in TAKEN_BY.items() if steps.get(said))]
