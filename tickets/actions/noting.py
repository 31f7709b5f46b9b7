"""Notes: words to us only."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tickets import access, search
from tickets.actions import letters
from tickets.actions.beats import check_words, lock
from tickets.errors import Invalid
from tickets.events import Actor, record
from tickets.models import Agent, Attachment, Note, Ticket


@transaction.atomic
def leave_note(
    ticket: Ticket, text: str, *, by: Agent, now: datetime, mentions: Sequence[int] = (), files: Sequence[int] = ()
) -> Note:
    """Leave a note; those mentioned are told. Raises Invalid for no words, or for somebody who may not see the ticket."""
    ticket = lock(ticket)
    text = check_words("text", text)
    people = list(Agent.objects.filter(pk__in=mentions, is_active=True))
    if strangers := [person.name for person in people if not access.may_see(person, ticket)]:
        raise Invalid({"mentions": f"{', '.join(strangers)} cannot see this ticket, so they would not learn of it."})
    note = Note.objects.create(
        ticket=ticket, version=ticket.version + 1, agent=by, name=by.name, text=text, said_at=now
    )
    note.mentions.set(people)
    Attachment.objects.filter(pk__in=files, ticket=ticket, uploader=by, message=None, note=None).update(note=note)
    search.add(ticket.pk, text)
    ticket.drafts.filter(agent=by, kind="note").delete()
    record(ticket, "noted", by=Actor.agent(by), at=now, note=note.pk, mentions=[person.pk for person in people])
    for person in people:
        if person != by and not person.is_here(now):
            told = f"{by.name} mentioned you in a note on ticket {ticket.pk}. The note itself stays on the desk."
            letters.notify(
                person,
                f"{by.name} mentioned you: ticket {ticket.pk}",
                told,
                f"mention:{note.pk}:{person.pk}",
                now,
                ticket,
            )
    return note
