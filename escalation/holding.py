"""We are still on it: a letter that says by when there is news, which is a promise from then on."""

from datetime import datetime, timedelta

from django.db import transaction

from escalation.policies import zone_of
from tickets.actions import letters
from tickets.actions.beats import lock
from tickets.errors import Invalid, TooLate
from tickets.events import Actor, record
from tickets.models import Participant, Ticket, TicketEvent
from tickets.states import LABELS, UNSETTLED, State
from tickets.wording import moment

FARTHEST = timedelta(days=60)
PROMISED = "Give you news"


@transaction.atomic
def send_holding_update(ticket: Ticket, news_by: datetime, *, by: Actor, now: datetime) -> TicketEvent:
    """Write to everyone who complained. The same time said twice is said once: a retry gives the first fact.

    Raises Invalid for a time that has passed or is more than 60 days away, TooLate where nobody waits any more.
    """
    ticket = lock(ticket)
    if ticket.state not in UNSETTLED:
        raise TooLate(f"Nobody waits for news here: the ticket is {LABELS[State(ticket.state)].lower()}.")
    if not now < news_by <= now + FARTHEST:
        raise Invalid({"news_by": f"Name a time that is still to come, within {FARTHEST.days} days."})
    told = ticket.events.filter(kind="holding_update", data__news_by=news_by.isoformat()).first()
    return told or _send(ticket, news_by, by, now)


def _send(ticket: Ticket, news_by: datetime, by: Actor, now: datetime) -> TicketEvent:
    wall = news_by.astimezone(zone_of(ticket))
    customers = ticket.participants.select_related("address__customer").filter(role=Participant.Role.CUSTOMER)
    for participant in customers:
        once = f"holding_update:{ticket.pk}:{ticket.version + 1}:{participant.pk}"
        letters.hold_update(ticket, participant, once, wall, now)
    promised = [{"what": PROMISED, "due_at": news_by.isoformat()}]
    facts = {"news_by": news_by.isoformat(), "words": moment(wall), "promises": promised}
    return record(ticket, "holding_update", by=by, at=now, **facts)
