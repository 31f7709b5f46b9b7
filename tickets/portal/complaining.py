"""The complaint form at `/`: works without scripts, keeps everything that was typed, never sends twice."""

import re
from datetime import datetime
from textwrap import shorten

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tickets.actions import letters
from tickets.actions.customers import address_key
from tickets.actions.receiving import Complaint, receive_complaint
from tickets.models import Channel, Team, Ticket
from tickets.portal import posted, thanks, throttle, uploads
from tickets.portal.crack import Box, draw
from tickets.portal.forms import ComplaintForm
from tickets.portal.house import house_of_intake, intake_team
from tickets.portal.private import without_session
from tickets.portal.repeats import key_of, new_key
from tickets.portal.uploads import Uploads
from tickets.throttles import TooMany, came_from

CLOSED = "Nobody takes complaints here yet. What you typed is kept below; please try again later."
TOO_MANY_MAILS = (
    "We wrote to this address several times in the past hour, and stop there so that nobody is flooded through this "
    "form. What you typed is kept: please send it in an hour, or answer one of our mails."
)
SEAM = draw(0, Box(18, 330), [])


@require_http_methods(["GET", "HEAD", "POST"])
@without_session
def complain(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _show(request, _fresh_form())
    try:
        posted.read(request)
    except posted.Unreadable as error:
        return _show(request, _fresh_form(), trouble=error.words, status=error.status)
    return _receive(request, timezone.now())


def _receive(request: HttpRequest, now: datetime) -> HttpResponse:
    form, team = ComplaintForm(request.POST), intake_team()
    try:
        throttle.COMPLAINTS.take(came_from(request), now)
    except TooMany as error:
        return _show(request, form, uploads.turn_away(request), str(error), 429)
    files = uploads.take(request)
    if not form.is_valid() or files.refused:
        return _show(request, form, files, status=422)
    if team is None:
        return _show(request, form, files, CLOSED, 503)
    if _is_flooded(form.cleaned_data["email"], now):
        return _show(request, form, files, TOO_MANY_MAILS, 429)
    return HttpResponseRedirect(thanks.address(_begin(form, files, team, now)))


def _begin(form: ComplaintForm, files: Uploads, team: Team, now: datetime) -> Ticket:
    typed = form.cleaned_data
    words = [typed["email"], typed["name"], typed["text"], typed["desired_outcome"]]
    complaint = Complaint(
        email=typed["email"],
        name=typed["name"],
        subject=_title(typed["text"]),
        text=typed["text"],
        desired_outcome=typed["desired_outcome"],
        channel=Channel.FORM,
        team=team,
        files=files.files,
        key=key_of("form", typed["key"], words, files.files, now),
    )
    return receive_complaint(complaint, now=now)


def _title(text: str) -> str:
    """The form asks for no subject: the first sentence serves, cut between words at 80 characters."""
    first = re.split(r"(?<=[.!?])\s|\n", text, maxsplit=1)[0]
    title = shorten(first, 80, placeholder="…")
    return title if title != "…" else f"{first[:79]}…"


def _is_flooded(email: str, now: datetime) -> bool:
    """The breaker of mail, which a machine's address never trips: it gets no acknowledgement anyway."""
    key = address_key(email)
    return not (letters.may_write_automatically(key, now) or key.startswith(letters.NEVER_ANSWERED))


def _fresh_form() -> ComplaintForm:
    return ComplaintForm(initial={"key": new_key()})


def _show(
    request: HttpRequest, form: ComplaintForm, files: Uploads | None = None, trouble: str = "", status: int = 200
) -> HttpResponse:
    form.describe()
    values = {
        "form": form,
        "files": files or Uploads(),
        "trouble": trouble,
        "house": house_of_intake(),
        "seam": SEAM,
    }
    return render(request, "tickets/portal/complain.html", values, status=status)
