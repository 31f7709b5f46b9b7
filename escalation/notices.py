"""Tells the people of a level by mail, those who are not at the desk: one mail each, however many tickets it is about."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from escalation.models import Escalation
from escalation.policies import Ladders
from tickets.actions import letters
from tickets.letters import kinds
from tickets.models import Agent

LISTED = 200
FOLDER = Path(__file__).parent / "letter_files"
NAME = kinds.Placeholder("The name of whoever is called.", "Lee Osei")
ONE = (
    "Nora Whitcombe waits: “Where is my tent?”, number 1204, Deliveries, is at level 2.\n"
    "Nobody took up level 1 within 15 minutes.\nhttps://support.example.com/desk/tickets/1204"
)
RAISED = kinds.register(
    kinds.Kind(
        "raised",
        "A complaint was raised",
        "When an escalation calls somebody who is not at the desk.",
        {
            "name": NAME,
            "level": kinds.Placeholder("The level that it reached, 1 to 3.", "2"),
            "subject": kinds.Placeholder("The ticket’s subject.", "Where is my tent?"),
            "number": kinds.Placeholder("The ticket’s number.", "1204"),
            "raised": kinds.Placeholder("Who waits, at which level, why, and the link to the ticket.", ONE),
        },
        ("raised",),
        folder=FOLDER,
    )
)
RAISED_TOGETHER = kinds.register(
    kinds.Kind(
        "raised_together",
        "Several complaints were raised",
        "Instead of a mail for each, when several call the same person at once.",
        {
            "name": NAME,
            "count": kinds.Placeholder("How many there are.", "2"),
            "raised": kinds.Placeholder("A paragraph for each, with its link.", f"{ONE}\n\n{ONE}"),
        },
        ("raised",),
        folder=FOLDER,
    )
)


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
        facts = {"level": str(rows[0].level), "subject": ticket.subject, "number": str(ticket.pk)}
        letters.tell(agent, RAISED, {**facts, "raised": _paragraph(rows[0])}, once, now, ticket)
    else:
        letters.tell(agent, RAISED_TOGETHER, {"count": str(len(rows)), "raised": _listed(rows)}, once, now)


def _listed(rows: Sequence[Escalation]) -> str:
    left = len(rows) - LISTED
    more = [f"And {left} more, on the floor: {settings.PUBLIC_URL}/desk/floor"] if left > 0 else []
    return "\n\n".join([*map(_paragraph, rows[:LISTED]), *more])


def _paragraph(row: Escalation) -> str:
    ticket = row.ticket
    return (
        f"{ticket.customer.name} waits: “{ticket.subject}”, number {ticket.pk}, {ticket.team.name}, is at level {row.level}.\n"
        f"{row.reason}\n{settings.PUBLIC_URL}/desk/tickets/{ticket.pk}"
    )
