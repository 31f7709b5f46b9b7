"""Mail that lay in a mailbox before it was ours: history, which can be read and found, and hurries nobody.

Who connects a mailbox with three thousand old mails has dealt with them elsewhere, and wants to find what a customer once
wrote when that customer writes again. Three thousand open tickets would bury those who wait today, with clocks that were
late before they began. So each is kept as a closed ticket as of the day when it came: it is acknowledged to nobody, no
clock knows of it, and it counts in no figure of today. An agent opens one that is not done with; and what the customer
writes from now on does whatever it always does, opens the ticket or begins another that is linked to it.
"""

from datetime import datetime

from django.db import transaction

from tickets.actions import speaking
from tickets.actions.beats import lock, set_state
from tickets.actions.customers import check_email
from tickets.actions.receiving import Answer, Complaint, said, set_down, words_of
from tickets.events import Actor, record
from tickets.models import Message, Ticket
from tickets.states import State

KIND = "imported"


@transaction.atomic
def import_complaint(complaint: Complaint, *, now: datetime) -> Ticket:
    """Keep an old complaint as a closed ticket; `now` is when it came. Raises Invalid for an address that is none."""
    email = check_email("email", complaint.email)
    ticket, _, message = set_down(complaint, email, words_of(complaint), now)
    _keep(ticket, message, now)
    return ticket


@transaction.atomic
def import_answer(ticket: Ticket, answer: Answer, *, now: datetime) -> Message:
    """Add an old answer to the history that it belongs to; `now` is when it came. Raises Invalid where there are no words."""
    ticket = lock(ticket)
    name = answer.name or (str(answer.participant) if answer.participant else ticket.customer.name)
    message = said(ticket, answer, name, words_of(answer), answer.participant, now)
    speaking.index(message)
    _keep(ticket, message, now)
    return message


def is_history(ticket: Ticket) -> bool:
    """Whether nothing ever happened to this ticket but that it was imported."""
    return ticket.state == State.CLOSED and not ticket.events.exclude(kind=KIND).exists()


def _keep(ticket: Ticket, message: Message, now: datetime) -> None:
    last = max(now, ticket.settled_at or now)
    set_state(ticket, State.CLOSED, last)
    ticket.settled_at = last  # from here the team's window counts, within which an answer opens it
    ticket.mended = None  # what was mended then, was mended elsewhere
    record(ticket, KIND, by=Actor.customer(ticket.customer), at=now, message=message.pk)
