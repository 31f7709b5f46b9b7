"""Notes: words to us only."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from tickets import access, search
from tickets.actions import letters
from tickets.actions.beats import check_words, lock
from tickets.errors import Invalid
from tickets.events import Actor, record
from tickets.letters import kinds
from tickets.models import Agent, Attachment, Note, Ticket
from tickets.models.statements import insert


@transaction.atomic
def leave_note(
    ticket: Ticket, text: str, *, by: Agent, now: datetime, mentions: Sequence[int] = (), files: Sequence[int] = ()
) -> Note:
    """Leave a note; those mentioned are told. Raises Invalid for no words, or for somebody who may not see the ticket."""
    ticket = lock(ticket)
    people = list(Agent.objects.filter(pk__in=mentions, is_active=True)) if mentions else []
    if strangers := [person.name for person in people if not access.may_see(person, ticket)]:
        raise Invalid({"mentions": f"{', '.join(strangers)} cannot see this ticket, so they would not learn of it."})
    note = write_note(ticket, text, by=by, now=now, mentions=people)
    Attachment.objects.filter(pk__in=files, ticket=ticket, uploader=by, message=None, note=None).update(note=note)
    ticket.drafts.filter(agent=by, kind="note").delete()
    for person in people:
        if person != by and not person.is_here(now):
            _tell(person, note, by, now)
    return note


def write_note(ticket: Ticket, text: str, *, by: Agent, now: datetime, mentions: Sequence[Agent] = ()) -> Note:
    """Write and record the note of a ticket in hand, which the caller has locked. Raises Invalid for no words."""
    text = check_words("text", text)
    note = Note(ticket=ticket, version=ticket.version + 1, agent=by, name=by.name, text=text, said_at=now)
    insert(note)
    if mentions:
        note.mentions.set(mentions)
    search.add(ticket.pk, text)
    record(ticket, "noted", by=Actor.agent(by), at=now, note=note.pk, mentions=[person.pk for person in mentions])
    return note


def _tell(person: Agent, note: Note, by: Agent, now: datetime) -> None:
    link = f"{settings.PUBLIC_URL}/desk/tickets/{note.ticket_id}"
    facts = {"by": by.name, "number": str(note.ticket_id), "link": link}
    letters.tell(person, kinds.MENTION, facts, f"mention:{note.pk}:{person.pk}", now, note.ticket)
