"""Keeps a ticket's standing: what was heard, how often the customer had to write again, who had it."""

from collections.abc import Iterable, Sequence

from escalation.models import Standing
from tickets.models import Ticket, TicketEvent
from tickets.models.statements import exists, insert, update
from tickets.states import SETTLED

CORRECTED = {"misheard", "heard_again", "heard_anew", "signal_added"}
SAID = {"received", "customer_wrote"}
OWNING = {"assigned", "opened_by_agent"}
SETTLING = {"resolved", "said_settled"}
LEARNT = ["signals", "repeats", "resolutions", "owners"]
KNOWN = "known_standing"  # where a ticket in hand keeps what was read of its standing


def of(ticket: Ticket) -> Standing:
    """The standing of a ticket in hand, read once; one without a number is not kept yet. What is new has none."""
    if not hasattr(ticket, KNOWN):
        is_kept = ticket.version > 1 and exists(Standing, ticket=ticket.pk)
        found = Standing.objects.get(ticket=ticket) if is_kept else None
        setattr(ticket, KNOWN, found or Standing(ticket=ticket))
    standing: Standing = getattr(ticket, KNOWN)
    return standing


def learn(ticket: Ticket, event: TicketEvent) -> None:
    """Remember what of this fact bears on the customer's recovery; most facts bear on nothing and cost no query."""
    heard = event.data.get("signals", []) if event.kind in SAID else []
    repeated = event.kind == "customer_wrote" and ticket.waiting_since is not None and ticket.waiting_since < event.at
    settled = event.kind in SETTLING and event.data.get("from") not in SETTLED
    owner = event.data.get("agent") if event.kind in OWNING else None
    corrected = event.kind in CORRECTED
    if not (heard or repeated or settled or owner or corrected):
        return
    standing = of(ticket)
    standing.signals = event.data["signals"] if corrected else sorted({*standing.signals, *heard})
    standing.repeats += repeated
    standing.resolutions += settled
    standing.owners = sorted({*standing.owners, owner} - {None})
    if standing.pk:
        update(standing, LEARNT)
    else:
        insert(standing)


def keep_broken(broken: Iterable[tuple[Ticket, Sequence[str]]]) -> None:
    """What of each ticket's promises is broken, in words: one query, however many tickets; they are locked."""
    rows = []
    for ticket, words in broken:
        rows.append(Standing(ticket=ticket, broken=words))
        if hasattr(ticket, KNOWN):
            of(ticket).broken = words
    Standing.objects.bulk_create(rows, update_conflicts=True, unique_fields=["ticket"], update_fields=["broken"])
