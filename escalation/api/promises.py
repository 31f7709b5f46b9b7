"""What becomes of a promise, and the times that a new one may name."""

from datetime import UTC, datetime

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from escalation import promises
from escalation.api.serializers import PromiseEndSerializer, PromiseTimesSerializer
from escalation.models import Promise
from escalation.policies import hours_of, zone_of
from escalation.promise_times import Time, chosen, offered, typed
from tickets import access
from tickets.actions.letters import customers_locale
from tickets.api.asking import body, found, word
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.presenting.people import iso
from tickets.api.serializers.tickets import TicketSerializer
from tickets.api.views.doing import done
from tickets.errors import Invalid
from tickets.events import Actor
from tickets.models import Agent, Ticket


class PromiseView(APIView):
    @tells(TicketSerializer, takes=PromiseEndSerializer, conflicts=True)
    def post(self, request: Request, number: int, promise: int) -> Response:
        """Say that it was kept, or take it back with a reason; the customer reads both on their page."""
        said = body(PromiseEndSerializer, request)

        def end(ticket: Ticket, by: Agent, now: datetime) -> None:
            row: Promise = found(Promise.objects.filter(ticket=ticket).select_related("ticket"), promise)
            if said["to"] == "kept":
                promises.keep_promise(row, by=Actor.agent(by), now=now, reason=said["reason"])
            else:
                promises.withdraw_promise(row, said["reason"], by=Actor.agent(by), now=now)

        return done(request, number, end)


class PromiseTimesView(APIView):
    @tells(
        PromiseTimesSerializer,
        parameters=[
            OpenApiParameter("at", str, description="A picked time on the team's wall: 2026-12-01T17:00."),
            OpenApiParameter("said", str, description="A promise as it was typed: I will call you on 1 December."),
        ],
    )
    def get(self, request: Request, number: int) -> Response:
        """Times within the team's working hours, each with the words for a letter in the customer's language.

        `chosen` is the picked one, or the one that the typed words name; then they are its words.
        """
        ticket, now = access.ticket_for(agent_of(request), number), timezone.now()
        hours, zone, locale = hours_of(ticket), zone_of(ticket), customers_locale(ticket)
        picked, said = word(request, "at"), word(request, "said")
        own = chosen(_wall(picked), hours, zone, now) if picked else typed(said, hours, zone, now) if said else None
        return Response(
            {
                "time_zone": str(zone),
                "results": [_shown(time, locale) for time in offered(hours, zone, now)],
                "chosen": _shown(own, locale) if own else None,
            }
        )


def _wall(said: str) -> datetime:
    try:
        time = datetime.fromisoformat(said)
    except ValueError:
        time = None
    if time is None or time.tzinfo or not 2000 <= time.year <= 2200:
        raise Invalid({"at": "“at” is a date and time such as 2026-12-01T17:00."})
    return time


def _shown(time: Time, locale: str) -> dict[str, object]:
    words = time.words(locale)
    return {"label": time.label, "at": iso(time.at.astimezone(UTC)), "words": words, "remark": time.remark}
