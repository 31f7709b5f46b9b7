"""A ticket with all that its page needs, in a number of queries that does not grow with it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from tickets import access, lists
from tickets.actions.letters import spoken_in
from tickets.api.presenting.heard import heard, mood_history, said_of
from tickets.api.presenting.people import iso, person
from tickets.api.presenting.ratings import newest_rating, newest_score
from tickets.api.presenting.timeline import files
from tickets.contributions import contributions
from tickets.empathy.slots import slot_words
from tickets.models import Agent, Attachment, Customer, Draft, LastRead, Message, PendingReply, Ticket
from tickets.states import allowed_moves

OTHERS = 20  # of the customer's other tickets


def ticket_detail(agent: Agent, number: int, now: datetime) -> dict[str, Any]:
    """The ticket as this person sees it now; raises Http404 where they do not."""
    ticket = access.ticket_for(agent, number)
    row = lists.row(ticket)
    read = LastRead.objects.filter(ticket=ticket, agent=agent).values_list("version", flat=True).first() or 0
    said = said_of(ticket)
    return {
        **row,
        "unread": lists.is_unread(row, read),
        "allowed_moves": [move.value for move in allowed_moves(ticket.state)],
        "permissions": access.permissions(agent, ticket),
        "participants": _participants(ticket),
        "customer": _customer(ticket.customer, agent),
        "desired_outcome": ticket.desired_outcome,
        "mood_history": mood_history(said),
        "heard": heard(said),
        "rating": newest_rating(ticket),
        "language": _language(ticket, said),
        "previous": ticket.previous_id,
        "wake_at": iso(ticket.wake_at),
        **own_drafts(ticket, agent),
        "pending": _pending(ticket, agent),
        "read_version": read,
        "clocks": [],
        "promises": [],
        "escalation": None,
        "follow_up": None,
        "sections": [],
        **contributions.merged(contributions.ticket_details, ticket, now),
    }


def _language(ticket: Ticket, said: Iterable[Mapping[str, Any]]) -> str:
    last = [one["words"] for one in said if one["by"] == Message.By.CUSTOMER][-1:]
    return slot_words(spoken_in(". ".join([ticket.subject, *last]))).region


def _participants(ticket: Ticket) -> list[dict[str, Any]]:
    return [
        {
            "id": one.pk,
            "name": str(one),
            "email": one.address.email,
            "answered_at": one.reply_to or one.address.email,
            "role": one.role,
            "undeliverable": one.address.undeliverable_at is not None,
            "undeliverable_because": one.address.undeliverable_because,
        }
        for one in ticket.participants.select_related("address").order_by("pk")
    ]


def _customer(customer: Customer, agent: Agent) -> dict[str, Any]:
    """Who the customer is, and those of their tickets that this person may see."""
    theirs = access.visible_tickets(agent).filter(customer=customer).order_by("-created_at")
    tickets = theirs.values("pk", "subject", "state", "created_at", rating=newest_score())[:OTHERS]
    return {
        "id": customer.pk,
        "name": customer.name,
        "emails": [
            {
                "email": address.email,
                "undeliverable": address.undeliverable_at is not None,
                "undeliverable_because": address.undeliverable_because,
            }
            for address in customer.addresses.all()
        ],
        "about": customer.about,
        "since": iso(customer.created_at),
        "tickets": [
            {
                "number": one["pk"],
                "subject": one["subject"],
                "state": one["state"],
                "created_at": iso(one["created_at"]),
                "rating": one["rating"],
            }
            for one in tickets
        ],
    }


def own_drafts(ticket: Ticket, agent: Agent) -> dict[str, Any]:
    """What this person has begun to write to the customer and to us, with the files that wait for it."""
    begun = {one.kind: draft(one) for one in Draft.objects.filter(ticket=ticket, agent=agent)}
    return {"draft": begun.get("reply"), "note_draft": begun.get("note")}


def draft(draft: Draft) -> dict[str, Any]:
    return {
        "text": draft.text,
        "to": draft.to,
        "cc": draft.cc,
        "template": draft.template or None,
        "promises": draft.promises,
        "overrides": [{"rule": rule, "reason": reason} for rule, reason in draft.overrides.items()],
        "files": files(waiting_files(draft.ticket_id, draft.agent_id)),
        "kind": draft.kind,
        "told": draft.told,
        "updated_at": iso(draft.updated_at),
    }


def waiting_files(ticket: int, agent: int) -> Any:
    """Files that somebody uploaded and has not said anything with yet; those of a reply taken back are theirs again."""
    unsaid = Attachment.objects.filter(ticket=ticket, uploader=agent, message=None, note=None)
    return unsaid.filter(Q(pending=None) | Q(pending__undone_at__isnull=False))


def _pending(ticket: Ticket, agent: Agent) -> dict[str, Any] | None:
    """A reply under way: one's own before a colleague's."""
    waiting = list(ticket.pending_replies.filter(undone_at=None, released_as=None).select_related("agent"))
    own = [reply for reply in waiting if reply.agent_id == agent.pk] or waiting
    return pending(own[-1]) if own else None


def pending(reply: PendingReply) -> dict[str, Any]:
    return {
        "id": reply.pk,
        "text": reply.text,
        "release_at": iso(reply.due_at),
        "then": reply.then or None,
        "by": person(reply.agent),
    }
