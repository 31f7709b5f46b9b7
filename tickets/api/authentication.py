"""Who asks: a person by their session, an integration by its token."""

from typing import Any

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from tickets.models import Agent, ApiToken


class SessionWithChallenge(SessionAuthentication):
    """Django's session with CSRF; it names a scheme, so that one who is signed out gets 401 and not 403."""

    def authenticate_header(self, request: Request) -> str:
        return 'Session realm="kintsugi"'

    def challenge_csrf(self, request: Request) -> None:
        """Check the CSRF token of somebody who is not signed in yet (RFC 6749 §10.12 calls it login CSRF)."""
        self.enforce_csrf(request)


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer …` (RFC 6750 §2.1): the token of an integration, which acts as one agent."""

    def authenticate(self, request: Request) -> tuple[Agent, ApiToken] | None:
        scheme, _, said = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = ApiToken.objects.read(said.decode("ascii", "replace").strip(), timezone.now())
        if token is None:
            raise AuthenticationFailed("This token is unknown, was revoked, or its owner has left.")
        return token.agent, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="kintsugi"'


def agent_of(request: Request) -> Agent:
    """The person who asks; only for views that strangers cannot reach."""
    agent: Any = request.user
    if not isinstance(agent, Agent):
        raise AuthenticationFailed("Please sign in first.")
    return agent
