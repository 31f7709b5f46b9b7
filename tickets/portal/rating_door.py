"""Takes the customer's rating: only a post does, so that a mail scanner's visit never rates anybody."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tickets.actions.rating import rate
from tickets.errors import Invalid, TicketError
from tickets.models import Participant
from tickets.models.rating import GOOD, LOW
from tickets.portal import posted, throttle
from tickets.portal.forms import RatingForm
from tickets.portal.page import address, back, show_rating, show_trouble
from tickets.portal.private import opened_by_link
from tickets.portal.rating import FAIR, GLAD, SORRY
from tickets.throttles import TooMany


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by_link
def rating(request: HttpRequest, participant: Participant) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(address(participant))
    now = timezone.now()
    try:
        throttle.ANSWERS.take(str(participant.pk), now)
        posted.read(request)
        return _receive(request, participant, now)
    except posted.Unreadable as error:
        return show_trouble(request, participant, error.words, error.status)
    except TooMany as error:
        return show_trouble(request, participant, str(error), 429)
    except TicketError as error:
        return show_trouble(request, participant, str(error), 409)


def _receive(request: HttpRequest, participant: Participant, now: datetime) -> HttpResponse:
    form = RatingForm(request.POST)
    if not form.is_valid():
        return show_rating(request, participant, form)
    score = form.cleaned_data["score"]
    try:
        rate(participant, score, form.cleaned_data["comment"], now=now)
    except Invalid as error:
        for field, sentence in error.fields.items():
            form.add_error(field, sentence)
        return show_rating(request, participant, form)
    return back(participant, SORRY if score <= LOW else GLAD if score >= GOOD else FAIR)
