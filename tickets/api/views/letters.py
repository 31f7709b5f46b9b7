"""The letters of the house: read by whoever runs it, reworded by administrators."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access
from tickets.actions.rewriting import drop_letter, rewrite_letter
from tickets.api.asking import body, choice, whole, word
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.presenting import letters
from tickets.api.serializers.letters import (
    LetterKindsSerializer,
    LetterPreviewSerializer,
    LetterSerializer,
    RewriteSerializer,
    WordingSerializer,
)
from tickets.errors import Invalid
from tickets.letters.filling import LONGEST_BODY, LONGEST_SUBJECT, Text
from tickets.letters.kinds import Kind, kinds
from tickets.mail.sending.html import page
from tickets.models import Agent, Team

POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
LOCALE = OpenApiParameter("locale", str, description="A language of the letter; its first one where none is given.")
TEAM = OpenApiParameter("team", int, description="A team's own words; the house's where none is given.")
SEEN = OpenApiParameter("seen", int, description="The version that was seen in force.")


class LettersView(APIView):
    @tells(LetterKindsSerializer, operation_id="letters_list")
    def get(self, request: Request) -> Response:
        """Every letter that the system writes by itself, with its placeholders."""
        _reader(request)
        return Response(letters.overview())


class LetterView(APIView):
    @tells(LetterSerializer, parameters=[LOCALE, TEAM])
    def get(self, request: Request, key: str) -> Response:
        """The words that hold in one place, and the versions that there were."""
        kind, _ = _kind(request, key)
        locale = choice(request, "locale", list(kind.locales), kind.locales[0])
        place = _team(whole(request, "team"))
        return Response(letters.letter(kind, locale, place.pk if place else None))

    @tells(LetterSerializer, takes=RewriteSerializer, conflicts=True)
    def put(self, request: Request, key: str) -> Response:
        """Put these words in force; refused with the line that is wrong, and then nothing changes."""
        kind, agent = _kind(request, key)
        said = body(RewriteSerializer, request)
        place, now = _team(said["team"]), timezone.now()
        text = Text(said["subject"], said["body"])
        rewrite_letter(kind, said["locale"], place, text, seen=said["seen"], by=agent, now=now)
        return Response(letters.letter(kind, said["locale"], place.pk if place else None))

    @tells(LetterSerializer, parameters=[LOCALE, TEAM, SEEN], conflicts=True)
    def delete(self, request: Request, key: str) -> Response:
        """Give up the words of this place, so that those below them hold again."""
        kind, agent = _kind(request, key)
        locale = choice(request, "locale", list(kind.locales), kind.locales[0])
        place = _team(whole(request, "team"))
        drop_letter(kind, locale, place, seen=whole(request, "seen"), by=agent, now=timezone.now())
        return Response(letters.letter(kind, locale, place.pk if place else None))


class LetterPreviewView(APIView):
    @tells(LetterPreviewSerializer, takes=WordingSerializer)
    def post(self, request: Request, key: str) -> Response:
        """These words with believable facts, and what is wrong with them. Nothing is kept."""
        kind, _ = _kind(request, key)
        said = body(WordingSerializer, request)
        return Response(letters.preview(kind, Text(said["subject"], said["body"])))


class LetterPageView(APIView):
    """The letter as a mail program shows it, for an `<iframe sandbox>`: words and language come in the query."""

    schema = None

    @method_decorator(xframe_options_sameorigin)
    def get(self, request: Request, key: str) -> HttpResponse:
        kind, _ = _kind(request, key)
        locale = choice(request, "locale", list(kind.locales), kind.locales[0])
        text = Text(word(request, "subject")[:LONGEST_SUBJECT], word(request, "body")[:LONGEST_BODY])
        answer = HttpResponse(page(letters.preview(kind, text)["text"], locale))
        answer["Content-Security-Policy"] = POLICY
        answer["Cache-Control"] = "private, no-store"
        return answer


def _reader(request: Request) -> Agent:
    agent = agent_of(request)
    if not {"policies", "settings"} & set(access.desk_permissions(agent)):
        raise Http404
    return agent


def _kind(request: Request, key: str) -> tuple[Kind, Agent]:
    agent, kind = _reader(request), kinds.get(key)
    if kind is None:
        raise Http404
    return kind, agent


def _team(number: Any) -> Team | None:
    if number is None:
        return None
    team = Team.objects.filter(pk=number).first()
    if team is None:
        raise Invalid({"team": "There is no such team any more."})
    return team
