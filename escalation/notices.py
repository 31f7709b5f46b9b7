"""Tells the people of a level by mail, those who are not at the desk: one mail each, however many tickets it is about."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from escalation.models import Escalation
from escalation.policies import Ladders
from tickets.actions import letters
from tickets.models import Agent

LISTED = 200


def tell(rows: Sequence[Escalation], ladders: Ladders, now: datetime) -> None:
    """Mail whoever is called and not here; whoever is here sees it live on the floor."""
    called: dict[Agent, list[Escalation]] = {}
    for row in rows:
        for agent in ladders.people(row.ticket, row.level):
            if not agent.is_here(now):
                called.setdefault(agent, []).append(row)
    for agent, theirs in called.items():
        _mail(agent, theirs, now)


def _mail(agent: Agent, rows: Sequence[Escalation], now: datetime) -> None:
    told = ",".join(f"{row.pk}.{row.raised_at.timestamp()}.{row.told}" for row in rows)
    once = f"escalations:{agent.pk}:{sha256(told.encode()).hexdigest()[:32]}"
    if len(rows) == 1:
        ticket = rows[0].ticket
        subject = f"Level {rows[0].level}: {ticket.subject} ({ticket.pk})"
        letters.notify(agent, subject, f"{_greeting(agent)}\n\n{_paragraph(rows[0])}\n\n{CALL}", once, now, ticket)
    else:
        parts = [_paragraph(row) for row in rows[:LISTED]]
        more = (
            [f"And {len(rows) - LISTED} more, on the floor: {settings.PUBLIC_URL}/desk/floor"]
            if len(rows) > LISTED
            else []
        )
        text = "\n\n".join([_greeting(agent), f"{len(rows)} complaints were raised.", *parts, *more, CALL])
        letters.notify(agent, f"{len(rows)} complaints were raised", text, once, now)


CALL = "Whoever takes one up says so with Acknowledge, so that nobody else is called."


def _greeting(agent: Agent) -> str:
    return f"Hello {agent.name},"


def _paragraph(row: Escalation) -> str:
    ticket = row.ticket
    return (
        f"{ticket.customer.name} waits: “{ticket.subject}”, number {ticket.pk}, {ticket.team.name}, is at level {row.level}.\n"
        f"{row.reason}\n{settings.PUBLIC_URL}/desk/tickets/{ticket.pk}"
    )
