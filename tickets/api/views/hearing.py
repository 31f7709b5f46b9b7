"""How a customer was heard, as people correct it: the mood, what was misheard, what was missed."""

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets.actions import hearing
from tickets.api.asking import body
from tickets.api.documenting import tells
from tickets.api.serializers.hearing import (
    MisheardSerializer,
    MissedSerializer,
    MoodChangeSerializer,
    SignalKindsSerializer,
)
from tickets.api.serializers.tickets import TicketSerializer
from tickets.api.views.doing import done
from tickets.empathy.signals import WORDS
from tickets.events import Actor


class MoodView(APIView):
    @tells(TicketSerializer, takes=MoodChangeSerializer)
    def post(self, request: Request, number: int) -> Response:
        """Say how the customer's last words sound; this stands over what was read, and teaches it."""
        label = body(MoodChangeSerializer, request)["mood"]
        return done(
            request, number, lambda ticket, by, now: hearing.correct_mood(ticket, label, by=Actor.agent(by), now=now)
        )


class MisheardView(APIView):
    @tells(TicketSerializer, takes=MisheardSerializer)
    def post(self, request: Request, number: int, message: int) -> Response:
        """Say that something was misheard in a message; it is taken out and stays out."""
        said = body(MisheardSerializer, request)
        return done(
            request,
            number,
            lambda ticket, by, now: hearing.leave_unheard(
                ticket, message, said["kind"], said["text"], by=Actor.agent(by), now=now
            ),
        )

    @tells(TicketSerializer)
    def delete(self, request: Request, number: int, message: int) -> Response:
        """Put back all that was taken out of a message."""
        return done(
            request, number, lambda ticket, by, now: hearing.hear_again(ticket, message, by=Actor.agent(by), now=now)
        )


class MissedView(APIView):
    @tells(TicketSerializer, takes=MissedSerializer)
    def post(self, request: Request, number: int, message: int) -> Response:
        """Add a signal that was missed in a message; it stays, and counts as one that was read."""
        kind = body(MissedSerializer, request)["kind"]
        return done(
            request,
            number,
            lambda ticket, by, now: hearing.add_signal(ticket, message, kind, by=Actor.agent(by), now=now),
        )


class SignalsView(APIView):
    @tells(SignalKindsSerializer)
    def get(self, request: Request) -> Response:
        """All signals that a message may bear, in words."""
        return Response({"results": [{"kind": kind, "label": label} for kind, label in WORDS.items()]})
