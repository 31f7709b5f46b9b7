"""Keeps a ticket's standing: what was heard, how often the customer had to write again, who had it."""

from escalation.models import Standing
from tickets.models import Ticket, TicketEvent
from tickets.states import SETTLED

SAID = {"received", "customer_wrote"}
SETTLING = {"resolved", "said_settled"}


def learn(ticket: Ticket, event: TicketEvent) -> None:
    """Remember what of this fact bears on the customer's recovery; most facts bear on nothing and cost no query."""
    heard = event.data.get("signals", []) if event.kind in SAID else []
    repeated = event.kind == "customer_wrote" and ticket.waiting_since is not None and ticket.waiting_since < event.at
    settled = event.kind in SETTLING and event.data.get("from") not in SETTLED
    owner = event.data.get("agent") if event.kind == "assigned" else None
    if not (heard or repeated or settled or owner):
        return
    standing = Standing.objects.filter(ticket=ticket).first() or Standing(ticket=ticket)
    standing.signals = sorted({*standing.signals, *heard})
    standing.repeats += repeated
    standing.resolutions += settled
    standing.owners = sorted({*standing.owners, owner} - {None})
    standing.save()
