"""New links: asked for with a number and an address, or from the page by the one who holds the old link."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tickets.actions import letters
from tickets.actions.customers import address_key
from tickets.actions.linking import renew_link
from tickets.events import Actor
from tickets.models import Participant
from tickets.portal import posted, throttle
from tickets.portal.forms import LinkForm
from tickets.portal.house import house_of, house_of_intake
from tickets.portal.page import address, show_trouble
from tickets.portal.private import opened_by_link, private, without_session
from tickets.throttles import TooMany, came_from

WROTE_OFTEN = "We wrote to you several times in the past hour. Your link still works; ask for a new one in an hour."


@require_http_methods(["GET", "HEAD", "POST"])
@without_session
@private
def ask(request: HttpRequest) -> HttpResponse:
    """Answers the same whether number and address belong together or not, so that nobody can try them out."""
    if request.method != "POST":
        return _show(request, LinkForm())
    try:
        posted.read(request)
    except posted.Unreadable as error:
        return _show(request, LinkForm(), error.words, error.status)
    return _answer(request, LinkForm(request.POST), timezone.now())


def _answer(request: HttpRequest, form: LinkForm, now: datetime) -> HttpResponse:
    try:
        throttle.LINKS.take(came_from(request), now)
    except TooMany as error:
        return _show(request, form, str(error), 429)
    if not form.is_valid():
        return _show(request, form, status=422)
    _send(form.cleaned_data["number"], form.cleaned_data["email"], now)
    return HttpResponseRedirect(reverse("portal:link-sent"))


@require_safe
@private
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "tickets/portal/link_sent.html", {"house": house_of_intake()})


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by_link
def renew(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Explains, when it is looked at; makes the new link when it is posted to."""
    values = {"house": house_of(participant.ticket), "participant": participant, "address": address(participant)}
    if request.method != "POST":
        return render(request, "tickets/portal/renew.html", values)
    if not _renew(participant, timezone.now()):
        return show_trouble(request, participant, WROTE_OFTEN, 429)
    return render(request, "tickets/portal/renewed.html", values)


def _send(number: int, email: str, now: datetime) -> None:
    related = ("ticket__team", "ticket__customer", "address__customer")
    found = Participant.objects.select_related(*related).filter(ticket=number, address__key=address_key(email))
    if participant := found.first():
        _renew(participant, now)


@transaction.atomic
def _renew(participant: Participant, now: datetime) -> bool:
    """False where this address gets too many mails, or this person too many links: the old link then stays."""
    if not letters.may_write_automatically(participant.address.key, now):
        return False
    try:
        throttle.LINKS_OF_ONE.take(str(participant.pk), now)
    except TooMany:
        return False
    renew_link(participant, by=Actor("customer", participant.ticket.customer_id, str(participant)), now=now)
    return True


def _show(request: HttpRequest, form: LinkForm, trouble: str = "", status: int = 200) -> HttpResponse:
    form.describe()
    values = {"form": form, "trouble": trouble, "house": house_of_intake()}
    return render(request, "tickets/portal/link.html", values, status=status)
