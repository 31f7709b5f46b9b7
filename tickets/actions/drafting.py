"""Drafts: what an agent has begun to write, kept as they type."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from types import MappingProxyType

from django.db import transaction

from tickets.actions.promising import Promised
from tickets.errors import Invalid
from tickets.live import tell_person
from tickets.models import Agent, Draft, Ticket

MOST = 200_000  # characters


def save_draft(
    ticket: Ticket,
    text: str,
    *,
    by: Agent,
    now: datetime,
    kind: str = "reply",
    to: Sequence[str] = (),
    cc: Sequence[str] = (),
    template: str = "",
    promises: Sequence[Promised] = (),
    overrides: Mapping[str, str] = MappingProxyType({}),
) -> Draft:
    """Keep the draft of a reply or a note; the last word of its writer wins, on whatever device.

    Raises Invalid where it is too long to keep.
    """
    if len(text) > MOST:
        raise Invalid(
            {"text": f"This draft is {len(text):,} characters long; {MOST:,} fit. What was kept before stands."}
        )
    values = {
        "text": text.replace("\0", ""),
        "to": list(to),
        "cc": list(cc),
        "template": template,
        "promises": [promise.as_json() for promise in promises],
        "overrides": dict(overrides),
        "told": "",
        "updated_at": now,
    }
    draft, is_new = Draft.objects.update_or_create(ticket=ticket, agent=by, kind=kind, defaults=values)
    if is_new:
        transaction.on_commit(partial(tell_person, by.pk, ticket.pk))
    return draft


def discard_draft(ticket: Ticket, *, by: Agent, kind: str = "reply") -> None:
    """Throw one draft away; with that of a reply the files that were attached to nothing else."""
    Draft.objects.filter(ticket=ticket, agent=by, kind=kind).delete()
    if kind == "reply":
        ticket.attachments.filter(uploader=by, message=None, note=None, pending=None).delete()
    transaction.on_commit(partial(tell_person, by.pk, ticket.pk))
