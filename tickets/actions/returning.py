"""A reply that was under way goes back to its draft, by its writer's wish or since somebody spoke in between."""

from datetime import datetime

from tickets.events import Actor, record
from tickets.models import Draft, PendingReply, Ticket
from tickets.models.statements import exists

SPOKE = "Something new was said"
CHANGED = "The ticket was changed"
FAILED = "Something failed on our side"
TOLD = "{why} before your reply left, so it waits here. Read what is new, then send it again."


def return_to_draft(pending: PendingReply, told: str, now: datetime) -> Draft:
    """Undo a pending reply: its words stand in the writer's draft again, before any reply begun since, and never in a note."""
    pending.undone_at, pending.due_at = now, None
    pending.save(update_fields=["undone_at", "due_at"])
    draft, _ = Draft.objects.get_or_create(
        ticket_id=pending.ticket_id, agent_id=pending.agent_id, kind="reply", defaults={"updated_at": now}
    )
    begun = draft.text.strip()
    draft.text = f"{pending.text}\n\n{begun}" if begun and begun != pending.text.strip() else pending.text
    draft.to, draft.cc, draft.template = pending.to, pending.cc, pending.template
    draft.promises = [*pending.promises, *(one for one in draft.promises if one not in pending.promises)]
    draft.overrides |= {one["rule"]: one["reason"] for one in pending.extra.get("overrides", ())}
    draft.told, draft.updated_at = told, now
    draft.save()
    return draft


def return_pending(ticket: Ticket, now: datetime) -> None:
    """Somebody has spoken: every reply of this ticket that has not left yet goes back, and its writer is told."""
    for pending in under_way(ticket):
        give_back(ticket, pending, SPOKE, now)


def give_back(ticket: Ticket, pending: PendingReply, why: str, now: datetime) -> None:
    """Return one reply to its draft and tell its writer why."""
    return_to_draft(pending, TOLD.format(why=why), now)
    facts = {"agent": pending.agent_id, "name": pending.agent.name, "why": why}
    record(ticket, "reply_returned", by=Actor.system(), at=now, **facts)


def under_way(ticket: Ticket) -> list[PendingReply]:
    if not exists(PendingReply, ticket=ticket.pk, undone_at=None, released_as=None):
        return []
    waiting = ticket.pending_replies.filter(undone_at__isnull=True, released_as__isnull=True)
    return list(waiting.order_by("pk"))
