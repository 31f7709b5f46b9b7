"""The buttons of contributed sections: only a post presses them, so that a mail scanner's visit never does."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tickets.errors import TicketError
from tickets.models import Participant
from tickets.portal import posted, throttle
from tickets.portal.contributed import sections_of
from tickets.portal.page import address, back, show_trouble
from tickets.portal.private import opened_by_link, unknown
from tickets.throttles import TooMany


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by_link
def section(request: HttpRequest, participant: Participant, key: str) -> HttpResponse:
    act = next((one.act for one in sections_of(participant) if one.key == key), None)
    if act is None:
        return unknown(request)
    if request.method != "POST":
        return HttpResponseRedirect(address(participant))
    now = timezone.now()
    try:
        throttle.ANSWERS.take(str(participant.pk), now)
        posted.read(request)
        told = act(participant.ticket, request.POST, now)
    except posted.Unreadable as error:
        return show_trouble(request, participant, error.words, error.status)
    except TooMany as error:
        return show_trouble(request, participant, str(error), 429)
    except TicketError as error:
        return show_trouble(request, participant, str(error), 409)
    return back(participant, told)
