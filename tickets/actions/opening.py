"""An agent opens a ticket for somebody who rang, or stood at the counter."""

from datetime import datetime

from django.db import transaction

from tickets import access, search
from tickets.actions.assigning import assign
from tickets.actions.beats import check_words
from tickets.actions.customers import check_email, customer_at, take_part
from tickets.actions.noting import leave_note
from tickets.actions.replying import Reply, send_reply
from tickets.errors import Invalid
from tickets.events import Actor, record
from tickets.models import Agent, Channel, Team, Ticket


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
) -> Ticket:
    """Open a ticket and take it; the text is our first message to the customer, or a note of what they said."""
    email, subject = check_email("email", email), " ".join(check_words("subject", subject, 300).split())
    if team.pk not in access.teams_of(by):
        raise Invalid({"team": "You can open a ticket in the teams that you work in."})
    address = customer_at(email, name, now)
    ticket = Ticket.objects.create(
        subject=subject,
        customer=address.customer,
        team=team,
        mailbox=team.mailboxes.first(),
        channel=Channel.DESK,
        created_at=now,
        updated_at=now,
    )
    take_part(ticket, address, name)
    search.begin(ticket.pk, f"{subject} {address.customer.name} {email}")
    record(ticket, "opened_by_agent", by=Actor.agent(by), at=now, customer=address.customer.name)
    assign(ticket, by, by=Actor.agent(by), now=now)
    if as_note:
        leave_note(ticket, text, by=by, now=now)
    else:
        send_reply(ticket, Reply(text=text, seen_version=ticket.version, key=key), by=by, now=now)
    ticket.refresh_from_db()
    return ticket
