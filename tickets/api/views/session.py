"""Signing in and out, and oneself."""

from django.contrib.auth import login, logout
from django.middleware.csrf import get_token
from django.utils import timezone
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets.api.asking import body
from tickets.api.authentication import SessionWithChallenge, agent_of
from tickets.api.documenting import tells
from tickets.api.presenting import people
from tickets.api.serializers.people import MeChangeSerializer, MeSerializer, SessionSerializer, SignInSerializer
from tickets.api.signing_in import check_password
from tickets.models import Agent

PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"  # noqa: S105 (a path)


class SessionView(APIView):
    """The session of this browser, signed in or not."""

    permission_classes = [AllowAny]
    authentication_classes = [SessionWithChallenge]

    @tells(SessionSerializer)
    def get(self, request: Request) -> Response:
        """Who is signed in, if anybody; sets the CSRF cookie."""
        return _session(request)

    @tells(SessionSerializer, takes=SignInSerializer)
    def post(self, request: Request) -> Response:
        """Sign in."""
        SessionWithChallenge().challenge_csrf(request)
        said = body(SignInSerializer, request)
        agent = check_password(request._request, said["email"], said["password"], timezone.now())
        login(request._request, agent, backend=PASSWORD_BACKEND)
        request.user = agent
        return _session(request)

    @tells(status=204)
    def delete(self, request: Request) -> Response:
        """Sign out."""
        logout(request._request)
        return Response(status=204)


def _session(request: Request) -> Response:
    agent = people.me(request.user) if isinstance(request.user, Agent) else None
    answer = Response({"csrf": get_token(request._request), "agent": agent})
    answer["Cache-Control"] = "no-store"
    return answer


class MeView(APIView):
    """Oneself."""

    @tells(MeSerializer)
    def get(self, request: Request) -> Response:
        return Response(people.me(agent_of(request)))

    @tells(MeSerializer, takes=MeChangeSerializer)
    def patch(self, request: Request) -> Response:
        """Say whether one is here; change how the desk looks."""
        agent, change = agent_of(request), body(MeChangeSerializer, request)
        agent.status = change.get("status", agent.status)
        agent.preferences = {**agent.preferences, **change.get("preferences", {})}
        agent.save(update_fields=["status", "preferences"])
        return Response(people.me(agent))
