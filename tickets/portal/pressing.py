"""A button of the customer's page: only a post presses it, so that a mail scanner's visit never does."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from tickets.errors import TicketError
from tickets.models import Participant
from tickets.portal import posted, throttle
from tickets.portal.page import address, show_trouble
from tickets.throttles import TooMany


def pressed(request: HttpRequest, participant: Participant, act: Callable[[datetime], HttpResponse]) -> HttpResponse:
    """What `act` answers to a post that can be read; a visit leads to the page, and what stands against it is said there."""
    if request.method != "POST":
        return HttpResponseRedirect(address(participant))
    now = timezone.now()
    try:
        throttle.ANSWERS.take(str(participant.pk), now)
        posted.read(request)
        return act(now)
    except posted.Unreadable as error:
        return show_trouble(request, participant, error.words, error.status)
    except TooMany as error:
        return show_trouble(request, participant, str(error), 429)
    except TicketError as error:
        return show_trouble(request, participant, str(error), 409)
