"""How a view tells the schema what it takes, what it answers and how it refuses."""

from collections.abc import Callable, Mapping
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from tickets.api.serializers.people import ProblemSerializer
from tickets.api.serializers.timeline import ConflictSerializer

PROBLEM = ("application/problem+json",)
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Made by the client; a retry with it gives nothing new.",
)
Endpoint = Callable[..., Any]


def tells(
    answer: Any = None,
    status: int = 200,
    *,
    takes: Any = None,
    conflicts: bool = False,
    also: Mapping[int, Any] | None = None,
    **more: Any,
) -> Callable[[Endpoint], Endpoint]:
    """Document an endpoint: it answers `status` with `answer`, else a problem; `conflicts` where it may be a 409.

    `also` are further problems with members of their own, by status.
    """
    refusals = dict.fromkeys((400, 401, 403, 404, 429), ProblemSerializer)
    responses: dict[Any, Any] = {(code, *PROBLEM): shape for code, shape in refusals.items()}
    responses.update({(code, *PROBLEM): shape for code, shape in (also or {}).items()})
    if conflicts:
        responses[(409, *PROBLEM)] = ConflictSerializer
    responses[status] = answer if answer is not None else OpenApiResponse(description="Done.")
    return extend_schema(request=takes, responses=responses, **more)


class BearerTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "tickets.api.authentication.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> Any:
        return build_bearer_security_scheme_object(header_name="Authorization", token_prefix="Bearer")  # noqa: S106 (a scheme)


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "tickets.api.authentication.SessionWithChallenge"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> Any:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
