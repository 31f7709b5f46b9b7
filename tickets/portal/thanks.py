"""The page after a complaint: its number and what was just typed, nothing else.

Anybody can type anybody's address into the form, so this page must not open the ticket; the mailed link does.
"""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tickets.contributions import contributions
from tickets.models import Ticket
from tickets.portal.house import house_of
from tickets.portal.private import private, unknown
from tickets.wording import moment

SALT = "kintsugi.portal.thanks"
OPEN_FOR = 3600  # seconds


def address(ticket: Ticket) -> str:
    """The path of this ticket's thank-you page, good for an hour."""
    return reverse("portal:thanks", args=[signing.dumps(ticket.pk, salt=SALT)])


@require_safe
@private
def thanks(request: HttpRequest, signed: str) -> HttpResponse:
    if (ticket := _ticket(signed)) is None:
        return unknown(request)
    message = ticket.messages.select_related("participant__address").prefetch_related("attachments").first()
    hear_by = contributions.merged(contributions.mail_values, ticket, timezone.now()).get("hear_by")
    return render(
        request,
        "tickets/portal/thanks.html",
        {
            "house": house_of(ticket),
            "ticket": ticket,
            "message": message,
            "hear_by": moment(hear_by) if hear_by else "",
        },
    )


def _ticket(signed: str) -> Ticket | None:
    try:
        number = signing.loads(signed, salt=SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return None
    return Ticket.objects.select_related("team", "mailbox").filter(pk=number).first()
