"""How customers rate us, as the desk shows it."""

from typing import Any

from django.db.models import OuterRef, Subquery

from tickets.api.presenting.people import iso
from tickets.models import Rating, Ticket


def newest_rating(ticket: Ticket) -> dict[str, Any] | None:
    """What the customer said last of how we handled this; it stands when the ticket opens again, as what was said then."""
    rating = ticket.ratings.select_related("participant__address__customer").last()
    if rating is None:
        return None
    by = str(rating.participant)
    return {"score": rating.score, "comment": rating.comment, "by": by, "at": iso(rating.rated_at)}


def newest_score() -> Subquery:
    """The same in a query of tickets, as its score alone."""
    return Subquery(Rating.objects.filter(ticket=OuterRef("pk")).order_by("-settled_at").values("score")[:1])
