"""Every refusal as problem details (RFC 9457): a type, a sentence, and the fields that it is about."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from tickets.api.presenting.checking import finding, utf16_place
from tickets.api.presenting.timeline import said_since
from tickets.errors import IllegalMove, Invalid, NotAllowed, StaleReply, TicketError, TooLate, Unavailable, Unmended
from tickets.throttles import TooMany

TITLES = {
    400: "This cannot be used",
    401: "Please sign in",
    403: "This is not allowed",
    404: "There is no such thing",
    405: "This cannot be done here",
    406: "This cannot be answered in that form",
    409: "It does not fit any more",
    413: "This is too large",
    415: "This form of data is not understood",
    422: "Something should be mended first",
    429: "Too many attempts",
    503: "This is not there right now",
}
MISSING = {"required", "null", "blank", "empty"}
NOTHING_HERE = "There is nothing here that you can see."


def handle(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer to an error of a view; None lets it be a 500, which is logged."""
    if isinstance(error, TicketError):
        return _refused(error, context)
    if isinstance(error, exceptions.APIException):
        return _api(error)
    if isinstance(error, Http404 | exceptions.NotFound):
        return problem(404, NOTHING_HERE)
    if isinstance(error, PermissionDenied):
        return problem(403, str(error) or "You may not do this.")
    if isinstance(error, RequestDataTooBig):
        return problem(413, "This is more than we can take at once. Nothing was changed.")
    if isinstance(error, SuspiciousOperation):
        return problem(400, "This request cannot be read. Nothing was changed.")
    return None


def problem(status: int, detail: str, kind: str = "about:blank", **more: Any) -> Response:
    """One problem; `more` are members of its own, such as `fields` or `allowed_moves`."""
    body = {"type": kind, "title": TITLES[status], "status": status, "detail": detail, **more}
    return Response(body, status=status, content_type="application/problem+json")


def _refused(error: TicketError, context: Mapping[str, Any]) -> Response:
    if isinstance(error, Invalid):
        return problem(400, str(error), "urn:kintsugi:invalid", fields=error.fields)
    if isinstance(error, IllegalMove):
        return problem(409, str(error), "urn:kintsugi:illegal-move", allowed_moves=error.allowed)
    if isinstance(error, StaleReply):
        since = said_since(context["kwargs"]["number"], error.seen)
        return problem(409, str(error), "urn:kintsugi:stale-reply", version=error.version, since=since)
    if isinstance(error, Unmended):
        place = utf16_place(error.text)
        findings = [finding(one, place) for one in error.findings]
        return problem(422, str(error), "urn:kintsugi:unmended", findings=findings)
    if isinstance(error, TooLate):
        return problem(409, str(error), "urn:kintsugi:too-late")
    if isinstance(error, TooMany):
        refused = problem(429, str(error), "urn:kintsugi:too-many")
        refused["Retry-After"] = str(error.seconds)
        return refused
    if isinstance(error, Unavailable):
        return problem(503, str(error), "urn:kintsugi:unavailable")
    return problem(403 if isinstance(error, NotAllowed) else 400, str(error))


def _api(error: exceptions.APIException) -> Response:
    if isinstance(error, exceptions.ValidationError):
        fields = flat(error.detail)
        return problem(400, " ".join(dict.fromkeys(fields.values())), "urn:kintsugi:invalid", fields=fields)
    status = error.status_code if error.status_code in TITLES else 400
    refused = problem(status, str(error.detail))
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed) and error.status_code == 401:
        refused["WWW-Authenticate"] = getattr(error, "auth_header", "Session")
    return refused


def flat(detail: Any, under: str = "") -> dict[str, str]:
    """DRF's nested errors as one sentence a field: `customer.email`, `files.2`; what has no field is `body`."""
    if isinstance(detail, Mapping):
        inner = {key: "" if key == "non_field_errors" else str(key) for key in detail}
        parts = [flat(value, ".".join(filter(None, (under, inner[key])))) for key, value in detail.items()]
        return {field: words for part in parts for field, words in part.items()}
    if isinstance(detail, list) and any(isinstance(one, Mapping | list) for one in detail):
        parts = [flat(one, f"{under}.{place}".strip(".")) for place, one in enumerate(detail) if one]
        return {field: words for part in parts for field, words in part.items()}
    said = detail if isinstance(detail, list) else [detail]
    field = under or "body"
    return {field: " ".join(_named(one, field) for one in said)}


def _named(error: Any, field: str) -> str:
    """DRF's sentence about a field, with the field's name, since people read it beside others."""
    if getattr(error, "code", "") in MISSING:
        return f"“{field}” is missing."
    return str(error).replace("This field", f"“{field}”")
