"""The buttons of contributed sections."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tickets.models import Participant
from tickets.portal.contributed import sections_of
from tickets.portal.page import back
from tickets.portal.pressing import pressed
from tickets.portal.private import opened_by_link, unknown


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by_link
def section(request: HttpRequest, participant: Participant, key: str) -> HttpResponse:
    act = next((one.act for one in sections_of(participant) if one.key == key), None)
    if act is None:
        return unknown(request)
    return pressed(request, participant, lambda now: back(participant, act(participant.ticket, request.POST, now)))
