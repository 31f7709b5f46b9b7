"""What travels to screens: a batch of events becomes frames, each encoded once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tickets import lists
from tickets.models import Ticket, TicketEvent
from tickets.wording import words


@dataclass(frozen=True)
class Frame:
    """`body` is a JSON object; `team` owns the ticket of which it tells, so that nobody hears who may not see it."""

    topics: tuple[str, ...]
    body: str
    team: int | None = None
    ticket: int | None = None


def encode(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def of_events(events: Sequence[TicketEvent], now: datetime) -> list[Frame]:
    """The frames of these events in their order: two queries, however many."""
    numbers = {event.ticket_id for event in events}
    rows = {row["number"]: row for row in lists.rows(Ticket.objects.filter(pk__in=numbers))}
    views = lists.membership(sorted(numbers), now)
    known = [event for event in events if event.ticket_id in rows]
    return [frame for event in known for frame in _of_event(event, rows[event.ticket_id], views[event.ticket_id])]


def _of_event(event: TicketEvent, row: Mapping[str, Any], views: Sequence[str]) -> Iterable[Frame]:
    team, ticket = row["team"]["id"], event.ticket_id
    body = {
        "kind": "ticket",
        "event": event.kind,
        "ticket": ticket,
        "version": event.version,
        "row": row,
        "views": views,
        "words": words(event.kind, event.by_name, event.data),
    }
    yield Frame((f"queue:{team}", f"ticket:{ticket}", "floor"), encode(body), team, ticket)
    if event.kind == "moved" and event.data["from_team"] != team:
        yield left(event.data["from_team"], ticket)


def left(team: int, ticket: int) -> Frame:
    """The queue that a ticket left learns its number, and nothing of it."""
    return Frame((f"queue:{team}",), encode({"kind": "left", "ticket": ticket}))
