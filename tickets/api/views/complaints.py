"""The public intake: anybody may complain, from any site, without a session."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets.actions import letters
from tickets.actions.customers import address_key, check_email
from tickets.actions.files import MOST_FILES, StoredFile, check_upload, store
from tickets.actions.receiving import Complaint, receive_complaint
from tickets.api.asking import body, idempotency_key
from tickets.api.documenting import KEY, tells
from tickets.api.parsing import Json, Multipart
from tickets.api.serializers.mail import (
    ComplaintFormSerializer,
    ComplaintJsonSerializer,
    ComplaintTakenSerializer,
)
from tickets.errors import Invalid
from tickets.models import Channel, Receipt, Team
from tickets.portal import thanks, throttle
from tickets.portal.house import intake_team
from tickets.portal.repeats import key_of
from tickets.throttles import TooMany, came_from

SAME_WITHIN = timedelta(hours=24)
FORM = "multipart/form-data"


class ComplaintsView(APIView):
    """Open to other sites too: nothing here knows who a browser is signed in as, so no site gains by asking."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    parser_classes = [Json, Multipart]

    @tells(
        ComplaintTakenSerializer,
        201,
        takes={"application/json": ComplaintJsonSerializer, FORM: ComplaintFormSerializer},
        parameters=[KEY],
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Complain. The same complaint twice within a day, or twice with one Idempotency-Key, is one ticket."""
        now = timezone.now()
        throttle.COMPLAINTS.take(came_from(request._request), now)
        is_form = (request.content_type or "").startswith(FORM)
        said = body(ComplaintFormSerializer if is_form else ComplaintJsonSerializer, request)
        said["email"] = check_email("email", said["email"])
        _check_breaker(said["email"], now)
        team = _team()
        files = [_uploaded(place, one) for place, one in enumerate(_counted(said.get("files", [])))]
        key = _key(said, idempotency_key(request), now)
        ticket = receive_complaint(_complaint(said, team, [store(*file) for file in files], key), now=now)
        return Response({"ticket": ticket.pk, "url": f"{settings.PUBLIC_URL}{thanks.address(ticket)}"}, status=201)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Access-Control-Allow-Origin"] = "*"
        return answer

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """What a browser asks before it posts from another site."""
        answer = Response(status=204)
        answer["Access-Control-Allow-Methods"] = "POST"
        answer["Access-Control-Allow-Headers"] = "Content-Type, Idempotency-Key"
        answer["Access-Control-Max-Age"] = "86400"
        return answer


def _check_breaker(email: str, now: datetime) -> None:
    """The breaker of mail: nobody can be flooded with acknowledgements through this door."""
    key = address_key(email)
    if not key.startswith(letters.NEVER_ANSWERED) and not letters.may_write_automatically(key, now):
        raise TooMany(3600)


def _team() -> Team:
    if (team := intake_team()) is None:
        raise Invalid({"body": "Nobody takes complaints here yet. Please try again later."})
    return team


def _counted(files: Sequence[Any]) -> Sequence[Any]:
    if len(files) > MOST_FILES:
        raise Invalid({"files": f"{len(files)} files are too many; {MOST_FILES} fit."})
    return files


def _uploaded(place: int, file: Any) -> tuple[str, str, bytes]:
    """Name, type and bytes of a file of the form, or of one in base64; raises Invalid, which names the file."""
    field = f"files.{place}"
    if not isinstance(file, dict):
        check_upload(field, file.name, file.size)
        return file.name, file.content_type or "", file.read()
    try:
        data = b64decode(file["data"], validate=True)
    except (NotBase64, ValueError):
        raise Invalid({field: "The bytes of this file are not base64."}) from None
    check_upload(field, file["filename"], len(data))
    return file["filename"], file["content_type"], data


def _key(said: dict[str, Any], given: str, now: datetime) -> str:
    """What makes a repetition the same complaint: the client's key with the words, else the words within 24 hours."""
    words = [address_key(said["email"]), said["subject"].strip(), said["text"].strip()]
    if given:
        return key_of("api", given, words, [], now)
    yesterday = key_of("api", "", words, [], now - SAME_WITHIN)
    seen = Receipt.objects.filter(scope="complaint", key=yesterday, created_at__gt=now - SAME_WITHIN)
    return yesterday if seen.exists() else key_of("api", "", words, [], now)


def _complaint(said: dict[str, Any], team: Team, files: Sequence[StoredFile], key: str) -> Complaint:
    return Complaint(
        email=said["email"],
        name=said["name"],
        subject=said["subject"],
        text=said["text"],
        desired_outcome=said["desired_outcome"],
        channel=Channel.API,
        team=team,
        files=files,
        key=key,
    )
