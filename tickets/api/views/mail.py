"""Mail that needs a person: in trouble on its way out, held on its way in."""

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access, counts
from tickets.actions.delivering import confirm_arrival, send_again
from tickets.actions.files import image_type
from tickets.api.asking import body, choice, found, word
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.pagination import Order, page
from tickets.api.presenting import mail
from tickets.api.serializers.mail import (
    DiscardSerializer,
    HandledMailSerializer,
    HeldMailDetailSerializer,
    HeldMailsSerializer,
    MailReleaseSerializer,
    TroubledDeliveriesSerializer,
    TroubledDeliverySerializer,
)
from tickets.api.views.messages import MOST_EMBEDDED, framed, kept, original
from tickets.mail import quarantine
from tickets.mail.received import IncomingMail
from tickets.mail.sanitize import safe_html
from tickets.mail.store import unpack
from tickets.models import Agent, OutgoingMail, RawMail

State = OutgoingMail.State
STATES = {
    "failed": [State.FAILED, State.BOUNCED, State.UNCERTAIN],
    "delayed": [State.DELAYED],
    "queued": [State.QUEUED, State.SENDING],
    "sent": [State.SENT],
}
DECIDED = OpenApiParameter(
    "state", str, enum=["held", "decided"], description="`held` (the default) waits for a person."
)
DELIVERIES = Order("deliveries", "created_at")
HELD = Order("held", "received_at")
CURSOR = OpenApiParameter("cursor", str, description="`next` of the page before.")
WHICH = OpenApiParameter(
    "state", str, enum=list(STATES), description="`failed` (the default) is all that a person must look at."
)


def deliveries(agent: Agent) -> QuerySet[OutgoingMail]:
    return counts.deliveries(agent, access.teams_of(agent))


def held(agent: Agent) -> QuerySet[RawMail]:
    """What is held for this person to decide, and what was decided."""
    mails: QuerySet[RawMail] = RawMail.objects.filter(mailbox__team__in=access.teams_of(agent)).select_related(
        "mailbox"
    )
    return mails.filter(Q(outcome=RawMail.Outcome.QUARANTINED) | Q(handled_at__isnull=False))


class DeliveriesView(APIView):
    @tells(TroubledDeliveriesSerializer, parameters=[WHICH, CURSOR])
    def get(self, request: Request) -> Response:
        """Mail of ours, newest first."""
        states = STATES[choice(request, "state", list(STATES), "failed")]
        mine = deliveries(agent_of(request)).filter(state__in=states)
        ids, following = page(mine, DELIVERIES, word(request, "cursor") or None)
        rows = OutgoingMail.objects.filter(pk__in=ids).order_by("-created_at", "-pk")
        return Response({"results": [mail.delivery(row) for row in rows], "next": following})


class RetryView(APIView):
    @tells(TroubledDeliverySerializer, conflicts=True)
    def post(self, request: Request, mail_id: int) -> Response:
        """Send it once more."""
        agent = agent_of(request)
        row = send_again(found(deliveries(agent), mail_id), by=agent, now=timezone.now())
        return Response(mail.delivery(row))


class ArrivalView(APIView):
    @tells(TroubledDeliverySerializer, conflicts=True)
    def post(self, request: Request, mail_id: int) -> Response:
        """Say that an uncertain mail arrived, so that nobody sends it twice."""
        agent = agent_of(request)
        row = confirm_arrival(found(deliveries(agent), mail_id), by=agent, now=timezone.now())
        return Response(mail.delivery(row))


class QuarantineView(APIView):
    @tells(HeldMailsSerializer, parameters=[DECIDED, CURSOR], operation_id="quarantine_list")
    def get(self, request: Request) -> Response:
        """Mail that is held until somebody decides, newest first; or what was decided, and by whom."""
        decided = choice(request, "state", ["held", "decided"], "held") == "decided"
        mine = held(agent_of(request)).filter(handled_at__isnull=not decided)
        ids, following = page(mine, HELD, word(request, "cursor") or None)
        rows = RawMail.objects.filter(pk__in=ids).select_related("mailbox").order_by("-received_at", "-pk")
        return Response({"results": [mail.held(row) for row in rows], "next": following})


class HeldMailView(APIView):
    @tells(HeldMailDetailSerializer)
    def get(self, request: Request, raw_id: int) -> Response:
        """One held mail, with its text and the headers that say whence it came."""
        return Response(mail.held_detail(found(held(agent_of(request)), raw_id)))


class HeldBytesView(APIView):
    """The bytes of a held mail, as a download."""

    schema = None

    def get(self, request: Request, raw_id: int) -> HttpResponse:
        row: Any = found(held(agent_of(request)), raw_id)
        return original(unpack(row), f"held-{raw_id}.eml")


class HeldHtmlView(APIView):
    """The sanitised HTML of a held mail, for an `<iframe sandbox>`; nothing is loaded from afar."""

    schema = None

    @method_decorator(xframe_options_sameorigin)
    def get(self, request: Request, raw_id: int) -> HttpResponse:
        read = quarantine.read(found(held(agent_of(request)), raw_id))
        if not read.html:
            raise Http404
        return framed(safe_html(read.html), False, partial(_picture, read))


class HeldFileView(APIView):
    """A file of a held mail, by its place from 0, as a download whatever it is."""

    schema = None

    def get(self, request: Request, raw_id: int, place: int) -> HttpResponse:
        files = quarantine.read(found(held(agent_of(request)), raw_id)).attachments
        if place >= len(files):
            raise Http404
        answer = kept(files[place].data, "application/octet-stream")
        answer["Content-Disposition"] = content_disposition_header(True, files[place].filename) or "attachment"
        return answer


class HeldReleaseView(APIView):
    @tells(HandledMailSerializer, takes=MailReleaseSerializer, conflicts=True)
    def post(self, request: Request, raw_id: int) -> Response:
        """Let it through: onto a ticket, as a customer's whom it is about, or as a new one of its sender."""
        agent, chosen = agent_of(request), body(MailReleaseSerializer, request)
        row = _mine(agent, raw_id)
        if chosen["customer"]:
            handled = quarantine.open_for(row.pk, chosen["customer"], by=agent, now=timezone.now())
        else:
            ticket = access.ticket_for(agent, chosen["ticket"]) if chosen["ticket"] is not None else None
            handled = quarantine.release(row.pk, ticket, by=agent, now=timezone.now())
        return Response({"outcome": handled.outcome, "ticket": handled.ticket_id})


class HeldDiscardView(APIView):
    @tells(HandledMailSerializer, takes=DiscardSerializer, conflicts=True)
    def post(self, request: Request, raw_id: int) -> Response:
        """Set it aside for good, with the reason; its bytes are kept."""
        agent, reason = agent_of(request), body(DiscardSerializer, request)["reason"]
        handled = quarantine.discard(_mine(agent, raw_id).pk, reason, by=agent, now=timezone.now())
        return Response({"outcome": handled.outcome, "ticket": handled.ticket_id})


def _picture(read: IncomingMail, content_id: str) -> tuple[str, bytes] | None:
    kinds = ((image_type(one.data), one.data) for one in read.attachments if one.content_id == content_id)
    return next(((kind, data) for kind, data in kinds if kind and len(data) <= MOST_EMBEDDED), None)


def _mine(agent: Agent, raw_id: int) -> RawMail:
    """A mail to one of this person's queues, whether it is held still or a colleague was faster."""
    row: RawMail = found(RawMail.objects.filter(mailbox__team__in=access.teams_of(agent)), raw_id)
    return row
