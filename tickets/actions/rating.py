"""How did we handle this? The customer's own word on a closed ticket, and what they would have us change."""

from datetime import datetime

from django.db import transaction

from tickets.actions.beats import check_words, lock
from tickets.errors import Invalid, NotAllowed, TooLate
from tickets.events import Actor, record
from tickets.models import Participant, Rating, Ticket, TicketEvent
from tickets.models.rating import HIGHEST, LOWEST
from tickets.states import State

MOST = 2_000  # characters of the comment
CHOOSE = "Please choose one of the five faces."
NOT_CLOSED = "Your complaint is not closed now, so this cannot be answered. What you write to us below is read."
SOMEBODY_ELSES = "Somebody else has answered this for your complaint. What you write to us below is read."


@transaction.atomic
def rate(participant: Participant, score: int, comment: str, *, now: datetime) -> TicketEvent | None:
    """Keep how the customer rates us: `score` is 1 (very badly) to 5 (very well). None where they said the same before.

    Until the ticket opens again the same person may change it. Raises TooLate where it is not closed, NotAllowed for
    anybody but the customer who rated first, Invalid for what is no score or too long a comment.
    """
    ticket = lock(participant.ticket)
    said = comment.replace("\0", "").strip()
    comment = check_words("comment", said, MOST) if said else ""
    rating = _own(ticket, participant)
    if not LOWEST <= score <= HIGHEST:
        raise Invalid({"score": CHOOSE})
    if (rating.score, rating.comment) == (score, comment):
        return None
    was, rating.score, rating.comment, rating.rated_at = rating.score, score, comment, now
    rating.save()
    kind = "rated_low" if rating.is_low else "rated"
    actor = Actor("customer", ticket.customer_id, str(participant))
    facts = {"rating": rating.pk, "score": score, "was": was, "comment": comment}
    return record(ticket, kind, by=actor, at=now, **facts)


def _own(ticket: Ticket, participant: Participant) -> Rating:
    """Theirs of this settlement, or one that waits for its score."""
    if ticket.state != State.CLOSED or ticket.settled_at is None:
        raise TooLate(NOT_CLOSED)
    found = rating_of(ticket)
    if participant.role != Participant.Role.CUSTOMER or (found and found.participant_id != participant.pk):
        raise NotAllowed(SOMEBODY_ELSES)
    return found or Rating(ticket=ticket, settled_at=ticket.settled_at, participant=participant)


def rating_of(ticket: Ticket) -> Rating | None:
    """What the customer says of the settlement in which the ticket is now; None while it is not settled."""
    if ticket.settled_at is None:
        return None
    return Rating.objects.filter(ticket=ticket, settled_at=ticket.settled_at).first()
