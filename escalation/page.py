"""What time and recovery add to the customer's page: what we promised, and the question whether it is settled.

A button answers that question, never a link.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from escalation import promises
from escalation.policies import zone_of
from tickets.actions import settling
from tickets.contributions import PageSection
from tickets.errors import Invalid
from tickets.models import Participant, Ticket
from tickets.states import SET_ASIDE, State

SETTLED = "Thank you. We are glad that it is settled, and have closed your complaint. Writing to us opens it again."
NOT_SETTLED = (
    "Thank you for telling us. Your complaint is open again, and somebody with more authority looks at it now."
)
NOT_NOW = "This cannot be answered with a button now. Please write to us below: what you write is read."
PROMISES_SHOWN = 20
UNCLEAR = "Please tell us with one of the two buttons whether it is settled."


def values(ticket: Ticket, now: datetime) -> Mapping[str, Any] | None:
    """Shown while we ask, that is while the ticket is resolved."""
    return {"number": ticket.pk} if ticket.state == State.RESOLVED else None


def act(ticket: Ticket, data: QueryDict, now: datetime) -> str:
    """Take the customer's answer; raises Invalid for one that is neither yes nor no. Said twice, it is said once."""
    customers = ticket.participants.filter(role=Participant.Role.CUSTOMER)
    participant = customers.select_related("ticket", "address").order_by("pk").first()
    answer = data.get("answer")
    if participant is None or answer not in {"yes", "no"}:
        raise Invalid({"answer": _(UNCLEAR)})
    if ticket.state in SET_ASIDE:
        raise Invalid({"answer": _(NOT_NOW)})
    if answer == "yes":
        settling.say_settled(participant, now=now)
        return _(SETTLED)
    settling.say_not_settled(participant, now=now)
    return _(NOT_SETTLED)


def promised(ticket: Ticket, now: datetime) -> Mapping[str, Any] | None:
    """Our promises in the order of their times, each with what became of it; times on the wall of the team."""
    rows = promises.latest(ticket, PROMISES_SHOWN)
    return {"promises": rows, "zone": zone_of(ticket)} if rows else None


SETTLING = PageSection("settled", "escalation/settled.html", values, act)
PROMISED = PageSection("promises", "escalation/promised.html", promised, beside=True)
