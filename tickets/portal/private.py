"""What holds for every page that only one customer may see."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from tickets import tokens
from tickets.actions.letters import customers_locale
from tickets.empathy.slots import slot_words
from tickets.models import Participant
from tickets.portal.house import house_of_intake
from tickets.tokens import Purpose

View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """Neither cached, nor referred from, nor indexed: whoever knows the address of the page may read it."""

    @wraps(view)
    def kept_private(request: HttpRequest, **named: Any) -> HttpResponseBase:
        response = view(request, **named)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return kept_private


def without_session(view: View) -> View:
    """A public door, free of the check for forged requests.

    That check keeps a foreign site from using a visitor's session. Here is none: nobody is signed in, and what a
    request may do hangs on the link that it carries, which a foreign site cannot know. With the check, a browser that
    keeps no cookies, or that sends `Origin: null` from a page without a referrer, could not complain.
    """
    return csrf_exempt(view)


def opened_by_link(view: View) -> View:
    """The view of one participant, opened by the token in its address; any other token learns nothing."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **named: Any) -> HttpResponseBase:
        participant = tokens.read(token, Purpose.PAGE)
        if not participant:
            return unknown(request)
        with spoken_to(participant):
            return view(request, participant, **named)

    return without_session(private(opened))


def spoken_to(participant: Participant) -> override:
    """Within it, words and days are in the language in which the customer writes."""
    return override(slot_words(customers_locale(participant.ticket)).region.lower())


def unknown(request: HttpRequest) -> HttpResponse:
    """One answer to every link that opens nothing: expired, revoked, mistyped or made up."""
    return render(request, "tickets/portal/unknown.html", {"house": house_of_intake()}, status=404)
