"""How did we handle this? Asked on the page of a closed complaint, and filled in with what was answered before."""

from tickets.actions.rating import rating_of
from tickets.models import Participant
from tickets.portal.forms import RatingForm
from tickets.states import State

GLAD = "Thank you. We are glad to read it, and so are the people who looked after you."
FAIR = "Thank you. It helps us to do better."
SORRY = "Thank you for saying so. Those who lead our team see it now. If something is still wrong, write to us below."


def rating_form(participant: Participant) -> RatingForm | None:
    """For the customer whose complaint is closed; None where there is nothing to ask, or somebody else has answered."""
    ticket = participant.ticket
    if ticket.state != State.CLOSED or participant.role != Participant.Role.CUSTOMER:
        return None
    said = rating_of(ticket)
    if said is None:
        return RatingForm()
    if said.participant_id != participant.pk:
        return None
    return RatingForm(initial={"score": said.score, "comment": said.comment})
