"""What just happened, as the floor tells it: the words of each fact, and of what customers said its beginning."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q

from tickets.api.presenting.people import iso
from tickets.models import Message, TicketEvent
from tickets.wording import words

SHOWN = 40
QUOTED = 90  # characters
SAID = frozenset({"received", "customer_wrote", "said_not_settled"})
REMEMBERED = timedelta(hours=12)


def stream(scope: Q) -> list[dict[str, Any]]:
    """The newest facts first, of the tickets of `scope`; what is imported is no news, however much of it there is."""
    facts = TicketEvent.objects.filter(scope).exclude(kind="imported").select_related("ticket__customer")
    newest = list(facts.order_by("-pk")[:SHOWN])
    newest.sort(key=lambda event: event.at, reverse=True)
    quotes = _quotes(newest)
    return [{**told(event), "quote": quotes.get(event.pk, "")} for event in newest]


def told(event: TicketEvent) -> dict[str, Any]:
    return {
        "at": iso(event.at),
        "kind": event.kind,
        "by": event.by_name,
        "words": words(event.kind, event.by_name, event.data),
        "customer": event.ticket.customer.name,
        "number": event.ticket_id,
        "version": event.version,
    }


def last_acts(agents: Sequence[int], now: datetime) -> dict[int, dict[str, Any]]:
    """The last fact of each of ours within half a day: two queries, however many people."""
    done = TicketEvent.objects.filter(by_kind="agent", by_id__in=agents, at__gt=now - REMEMBERED)
    newest = done.order_by().values("by_id").annotate(newest=Max("pk")).values("newest")
    acts = TicketEvent.objects.filter(pk__in=newest).select_related("ticket__customer")
    return {event.by_id: told(event) for event in acts if event.by_id is not None}


def _quotes(events: Iterable[TicketEvent]) -> Mapping[int, str]:
    """By event, what the customer said with it: a message, or a few words of its own."""
    spoken = {event.data["message"]: event.pk for event in events if event.kind in SAID and "message" in event.data}
    texts = dict(Message.objects.filter(pk__in=spoken).values_list("pk", "text"))
    quotes = {spoken[message]: _beginning(text) for message, text in texts.items()}
    return quotes | {event.pk: _beginning(event.data["comment"]) for event in events if event.data.get("comment")}


def _beginning(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTED else f"{flat[:QUOTED].rsplit(' ', 1)[0]}…"
