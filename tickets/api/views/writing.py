"""What is written on a ticket: replies with their undo, drafts, notes."""

from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access
from tickets.actions import drafting, noting, replying
from tickets.actions.promising import Promised
from tickets.actions.replying import Reply
from tickets.api.asking import body, choice, found, idempotency_key, moment
from tickets.api.authentication import agent_of
from tickets.api.documenting import KEY, tells
from tickets.api.presenting.ticket import draft, pending
from tickets.api.presenting.timeline import note_entry
from tickets.api.serializers.checking import UNMENDED
from tickets.api.serializers.drafts import (
    KINDS,
    DraftChangeSerializer,
    DraftSerializer,
    NewNoteSerializer,
    PendingSerializer,
    ReplySerializer,
)
from tickets.api.serializers.timeline import NoteEntrySerializer
from tickets.errors import TooLate
from tickets.live import tell_person
from tickets.models import Agent, Note, PendingReply, Receipt, Ticket

WRITTEN = [kind for kind, _label in KINDS]
TAKEN_BACK = "This reply was taken back and waits in your draft. Send it from there."


class RepliesView(APIView):
    @tells(PendingSerializer, 202, takes=ReplySerializer, conflicts=True, also=UNMENDED, parameters=[KEY])
    def post(self, request: Request, number: int) -> Response:
        """Send a reply. It leaves in ten seconds, unless it is undone or the customer speaks first.

        The server checks it as /api/reply-check/ does: each error wants a mend, or a reason in `overrides`.
        """
        agent, said = agent_of(request), body(ReplySerializer, request)
        ticket = access.ticket_for(agent, number)
        waiting = replying.send_reply(ticket, _reply(said, request), by=agent, now=timezone.now())
        if waiting.ticket_id != ticket.pk or waiting.undone_at:
            raise TooLate(TAKEN_BACK)
        tell_person(agent.pk, ticket.pk)
        return Response(pending(waiting), status=202)


def _reply(said: dict[str, Any], request: Request) -> Reply:
    variant = "" if said["variant"] is None else f":{said['variant']}"
    return Reply(
        text=said["text"],
        seen_version=said["seen_version"],
        key=idempotency_key(request) or uuid4().hex,
        to=said["to"],
        cc=said["cc"],
        files=said["files"],
        template=f"{said['template']}{variant}" if said["template"] else "",
        promises=_promised(said),
        then=said["then"] or "",
        reason=said["reason"],
        wake_at=moment(said.get("wake_at")),
        overrides=_reasons(said),
    )


def _promised(said: dict[str, Any]) -> list[Promised]:
    return [Promised(promise["what"], promise["due_at"], promise["words"]) for promise in said["promises"]]


def _reasons(said: dict[str, Any]) -> dict[str, str]:
    return {override["rule"]: override["reason"] for override in said["overrides"]}


def _own(agent: Agent, number: int, reply: int) -> PendingReply:
    """A reply that this person wrote on this ticket."""
    ticket = access.ticket_for(agent, number)
    own: PendingReply = found(ticket.pending_replies.filter(agent=agent).select_related("ticket", "agent"), reply)
    return own


class ReplyView(APIView):
    @tells(DraftSerializer, conflicts=True)
    def delete(self, request: Request, number: int, reply: int) -> Response:
        """Take one's reply back into the draft, while it has not left."""
        agent = agent_of(request)
        back = replying.undo_reply(_own(agent, number, reply), by=agent, now=timezone.now())
        return Response(draft(back))


class ReleaseView(APIView):
    @tells(PendingSerializer, conflicts=True)
    def post(self, request: Request, number: int, reply: int) -> Response:
        """Let one's reply leave now."""
        own = _own(agent_of(request), number, reply)
        replying.release_reply(own.pk, now=timezone.now())
        own.refresh_from_db()
        if own.undone_at:
            raise TooLate(TAKEN_BACK)
        return Response(pending(own))


class DraftView(APIView):
    @tells(DraftSerializer, takes=DraftChangeSerializer)
    def put(self, request: Request, number: int) -> Response:
        """Keep what was typed so far."""
        agent, said = agent_of(request), body(DraftChangeSerializer, request)
        ticket = access.ticket_for(agent, number)
        kept = drafting.save_draft(
            ticket,
            said["text"],
            by=agent,
            now=timezone.now(),
            kind=said["kind"],
            to=said["to"],
            cc=said["cc"],
            template=said["template"] or "",
            promises=_promised(said),
            overrides=_reasons(said),
        )
        tell_person(agent.pk, ticket.pk)
        return Response(draft(kept))

    @tells(status=204, parameters=[OpenApiParameter("kind", enum=WRITTEN, default="reply")])
    def delete(self, request: Request, number: int) -> Response:
        """Throw one's draft of a reply away, with its files, or that of a note."""
        agent, kind = agent_of(request), choice(request, "kind", WRITTEN, "reply")
        ticket = access.ticket_for(agent, number)
        drafting.discard_draft(ticket, by=agent, kind=kind)
        tell_person(agent.pk, ticket.pk)
        return Response(status=204)


class NotesView(APIView):
    @tells(NoteEntrySerializer, 201, takes=NewNoteSerializer, parameters=[KEY])
    def post(self, request: Request, number: int) -> Response:
        """Leave a note, which only we read; those mentioned are told."""
        agent, said = agent_of(request), body(NewNoteSerializer, request)
        note = _leave(access.ticket_for(agent, number), said, agent, idempotency_key(request))
        tell_person(agent.pk, number)
        return Response(note_entry(note), status=201)


@transaction.atomic
def _leave(ticket: Ticket, said: dict[str, Any], agent: Agent, key: str) -> Note:
    """The note that this key left before, else a new one. The ticket's lock makes two at once into one."""
    ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
    scope = f"note:{agent.pk}:{ticket.pk}"
    if key and (receipt := Receipt.objects.filter(scope=scope, key=key).first()):
        return Note.objects.get(pk=receipt.answer["note"])
    now = timezone.now()
    note = noting.leave_note(ticket, said["text"], by=agent, now=now, mentions=said["mentions"], files=said["files"])
    if key:
        Receipt.objects.create(scope=scope, key=key, ticket=ticket, answer={"note": note.pk}, created_at=now)
    return note
