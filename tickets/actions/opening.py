"""An agent opens a ticket for somebody who rang, or stood at the counter."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tickets import access, search
from tickets.actions.beats import check_words
from tickets.actions.customers import check_email, customer_at
from tickets.actions.noting import write_note
from tickets.actions.replying import Reply, send_reply
from tickets.errors import Invalid
from tickets.events import Actor, record
from tickets.models import Agent, Channel, Participant, Team, Ticket
from tickets.models.statements import insert
from tickets.states import State


@transaction.atomic
def open_for_customer(
    *,
    name: str,
    email: str,
    subject: str,
    text: str,
    team: Team,
    by: Agent,
    now: datetime,
    key: str,
    as_note: bool = False,
    overrides: Mapping[str, str] | None = None,
) -> Ticket:
    """Open a ticket, whose owner is who opens it; the text is our first message to the customer, or a note of theirs."""
    email, subject = check_email("email", email), " ".join(check_words("subject", subject, 300).split())
    if not access.may_work_in(by, team):
        raise Invalid({"team": "You can open a ticket in the teams that you work in."})
    address = customer_at(email, name, now)
    ticket = Ticket(
        subject=subject,
        customer=address.customer,
        team=team,
        assignee=by,
        state=State.OPEN,
        mailbox=team.mailboxes.first(),
        channel=Channel.DESK,
        created_at=now,
        updated_at=now,
    )
    insert(ticket)
    insert(Participant(ticket=ticket, address=address, name=name[:200]))
    search.begin(ticket.pk, f"{subject} {address.customer.name} {email}")
    record(ticket, "opened_by_agent", by=Actor.agent(by), at=now, customer=address.customer.name, agent=by.pk)
    if as_note:
        write_note(ticket, text, by=by, now=now)
    else:
        send_reply(
            ticket, Reply(text=text, seen_version=ticket.version, key=key, overrides=overrides or {}), by=by, now=now
        )
    return ticket
