"""Hears every fact about a ticket, inside its transaction, and writes rows of this app alone; what must be done is due."""

from datetime import datetime
from typing import Any

import structlog

from escalation import follow_ups, ladders, promises, reckoning, standings, wakes
from escalation.calendar_text import Unreadable
from escalation.calendars import NoWorkingTime
from tickets.models import Ticket, TicketEvent

log = structlog.get_logger(__name__)

# Facts after which a ticket may be in another state, or be waited for by somebody else.
TURNING = {
    "received",
    "opened_by_agent",
    "customer_wrote",
    "replied",
    "state_changed",
    "resolved",
    "reopened",
    "closed",
    "woken",
    "marked_spam",
    "unmarked_spam",
    "said_settled",
    "said_not_settled",
}
PROMISING = {"replied", "holding_update"}
RETARGETING = {"moved", "prioritised"}


def hear(sender: type[Ticket], ticket: Ticket, event: TicketEvent, **_more: Any) -> None:
    """Keep clocks, escalations, follow-ups and standing in line with what happened."""
    _keep_clocks(ticket, event)
    standings.learn(ticket, event)
    if event.kind in PROMISING:
        promises.make(ticket, event)
    if event.kind in TURNING:
        follow_ups.follow(ticket, event)
        ladders.follow(ticket, event)
        wakes.follow(ticket)
    elif event.kind == "escalated":
        ladders.climb(ticket, event)
    elif event.kind == "acknowledged":
        ladders.acknowledge(ticket, event)


def _keep_clocks(ticket: Ticket, event: TicketEvent) -> None:
    """A calendar that never gets to a deadline costs the ticket its clock, never the customer their mail."""
    try:
        if event.kind in TURNING:
            reckoning.follow(ticket, event.at)
        elif event.kind in RETARGETING:
            reckoning.retarget(ticket, event.at)
        elif event.kind == "clock_extended":
            until = datetime.fromisoformat(event.data["until"])
            reckoning.extend(ticket, event.data["clock"], until, event.data["reason"], event.at)
    except (NoWorkingTime, Unreadable):
        log.exception("clock_without_working_time", ticket=ticket.pk)
