"""Takes the customer's rating."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tickets.actions.rating import rate
from tickets.errors import Invalid
from tickets.models import Participant
from tickets.models.rating import GOOD, LOW
from tickets.portal.forms import RatingForm
from tickets.portal.page import back, show_rating
from tickets.portal.pressing import pressed
from tickets.portal.private import opened_by_link
from tickets.portal.rating import FAIR, GLAD, SORRY


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by_link
def rating(request: HttpRequest, participant: Participant) -> HttpResponse:
    return pressed(request, participant, lambda now: _receive(request, participant, now))


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
    return back(participant, _(SORRY if score <= LOW else GLAD if score >= GOOD else FAIR))
