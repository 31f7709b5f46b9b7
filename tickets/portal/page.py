"""The customer's own page: where it stands, what was said, and a place to answer. Looking at it changes nothing."""

from datetime import datetime

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tickets import tokens
from tickets.actions.letters import customers_locale
from tickets.contributions import contributions
from tickets.letters.phrases import said_moment
from tickets.models import Participant, Ticket
from tickets.portal import posted, thanks, throttle, uploads
from tickets.portal.answering import answer
from tickets.portal.contributed import shown_sections
from tickets.portal.conversation import conversation
from tickets.portal.forms import AnswerForm, RatingForm
from tickets.portal.house import house_of
from tickets.portal.private import opened_by_link
from tickets.portal.rating import rating_form
from tickets.portal.repeats import new_key
from tickets.portal.standing import mending, standing
from tickets.portal.uploads import Uploads
from tickets.throttles import TooMany
from tickets.tokens import Purpose

SALT = "kintsugi.portal.told"
TOLD_FOR = 600  # seconds that a sentence about what was just done can be shown again
NOTHING_SAID = gettext_lazy("Please write something first, or add a file.")


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by_link
def page(request: HttpRequest, participant: Participant) -> HttpResponse:
    if request.method != "POST":
        return _show(request, participant, _fresh_form(), notice=_told(request))
    try:
        posted.read(request)
    except posted.Unreadable as error:
        return show_trouble(request, participant, error.words, error.status)
    return _receive(request, participant, timezone.now())


@require_safe
@opened_by_link
def state(request: HttpRequest, participant: Participant) -> JsonResponse:
    """The version of the last public words, so that an open page can say that something new was said."""
    return JsonResponse({"version": participant.ticket.public_version})


def show_trouble(request: HttpRequest, participant: Participant, trouble: str, status: int) -> HttpResponse:
    """The page with a sentence about what could not be done."""
    return _show(request, participant, _fresh_form(), trouble=trouble, status=status)


def show_rating(request: HttpRequest, participant: Participant, rating: RatingForm) -> HttpResponse:
    """The page with what is wrong about a rating, beside what was typed."""
    return _show(request, participant, _fresh_form(), rating=rating, status=422)


def back(participant: Participant, told: str) -> HttpResponseRedirect:
    """To the page, which says what was just done. The sentence is signed, so that no link can put words there."""
    told = signing.dumps(told, salt=SALT)
    return HttpResponseRedirect(f"{address(participant)}?told={told}")


def address(participant: Participant) -> str:
    return reverse("portal:page", args=[tokens.make(participant, Purpose.PAGE)])


def _receive(request: HttpRequest, participant: Participant, now: datetime) -> HttpResponse:
    form = AnswerForm(request.POST)
    try:
        throttle.ANSWERS.take(str(participant.pk), now)
    except TooMany as error:
        return _show(request, participant, form, uploads.turn_away(request), str(error), status=429)
    files = uploads.take(request)
    if form.is_valid() and not form.cleaned_data["text"] and not files.kept:
        form.add_error("text", NOTHING_SAID)
    if not form.is_valid() or files.refused:
        return _show(request, participant, form, files, status=422)
    begun = answer(participant, form.cleaned_data, files.files, now)
    if begun:
        return HttpResponseRedirect(thanks.address(begun))
    return back(participant, _("We have what you wrote. It is below, with everything else that was said."))


def _show(
    request: HttpRequest,
    participant: Participant,
    form: AnswerForm,
    files: Uploads | None = None,
    trouble: str = "",
    notice: str = "",
    rating: RatingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now, ticket = timezone.now(), participant.ticket
    form.describe()
    rating = rating or rating_form(participant)
    if rating:
        rating.describe()
    values = {
        "form": form,
        "rating": rating,
        "files": files or Uploads(),
        "trouble": trouble,
        "notice": notice,
        "house": house_of(ticket),
        "ticket": ticket,
        "reader": ticket.assignee.name.split()[0] if ticket.assignee else _("us"),
        "address": address(participant),
        "standing": standing(ticket, _hear_by(ticket, now), now),
        "mending": mending(ticket),
        "conversation": conversation(participant),
        "sections": shown_sections(request, participant, now),
    }
    return render(request, "tickets/portal/page.html", values, status=status)


def _hear_by(ticket: Ticket, now: datetime) -> str:
    hear_by = contributions.merged(contributions.mail_values, ticket, now).get("hear_by")
    return said_moment(hear_by, customers_locale(ticket)) if hear_by else ""


def _fresh_form() -> AnswerForm:
    return AnswerForm(initial={"key": new_key()})


def _told(request: HttpRequest) -> str:
    try:
        return str(signing.loads(request.GET.get("told", ""), salt=SALT, max_age=TOLD_FOR))
    except signing.BadSignature:
        return ""
