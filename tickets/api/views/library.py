"""The library of guided replies: everybody at the desk reads it, administrators change it."""

from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access
from tickets.actions import guides
from tickets.api.asking import body, found
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.presenting import library
from tickets.api.serializers.library import (
    EditedTemplateSerializer,
    FormerTemplateSerializer,
    NewTemplateSerializer,
    RestorationSerializer,
    TemplateActivitySerializer,
    TemplateLibrarySerializer,
    TriedTemplateSerializer,
    WholeTemplateSerializer,
)
from tickets.errors import Invalid, NotAllowed
from tickets.models import Agent, Team, Template, TemplateVersion


def editor(request: Request) -> Agent:
    """Who asks, an administrator; raises NotAllowed for anybody else."""
    agent = agent_of(request)
    if "settings" not in access.desk_permissions(agent):
        raise NotAllowed("Only an administrator changes templates.")
    return agent


def template(number: int) -> Template:
    row: Template = found(Template.objects.select_related("team"), number)
    return row


class LibraryView(APIView):
    @tells(TemplateLibrarySerializer, operation_id="template_library_list")
    def get(self, request: Request) -> Response:
        """Every template with what came of it: by stage, the best proven first."""
        agent_of(request)
        return Response(library.library())

    @tells(WholeTemplateSerializer, 201, takes=NewTemplateSerializer)
    def post(self, request: Request) -> Response:
        """Add a template of the house's own, or of one team."""
        by, said = editor(request), body(NewTemplateSerializer, request)
        key, locale, team = said.pop("key"), said.pop("locale"), _team(said.pop("team"))
        row = guides.add_template(key, locale, team, said, by=by, now=timezone.now())
        return Response(library.whole(row), status=201)


def _team(number: int | None) -> Team | None:
    team = Team.objects.filter(pk=number).first() if number else None
    if number and team is None:
        raise Invalid({"team": "There is no such team any more; choose another."})
    return team


class LibraryTemplateView(APIView):
    @tells(WholeTemplateSerializer)
    def get(self, request: Request, template_id: int) -> Response:
        """One template, with its text and its versions."""
        agent_of(request)
        return Response(library.whole(template(template_id)))

    @tells(WholeTemplateSerializer, takes=EditedTemplateSerializer, conflicts=True)
    def put(self, request: Request, template_id: int) -> Response:
        """Put an edited text in force as a new version; refused with the line and the reason where it may not be."""
        by, row, said = editor(request), template(template_id), body(EditedTemplateSerializer, request)
        guides.edit_template(row, said, said.pop("seen_version"), by=by, now=timezone.now())
        return Response(library.whole(template(template_id)))


def _version(template_id: int, number: int) -> TemplateVersion:
    version = TemplateVersion.objects.filter(template=template_id, number=number).first()
    if version is None:
        raise Http404
    return version


class LibraryVersionView(APIView):
    @tells(FormerTemplateSerializer)
    def get(self, request: Request, template_id: int, version: int) -> Response:
        """One version with the text that it keeps."""
        agent_of(request)
        return Response(library.former(_version(template_id, version)))


class LibraryRestorationView(APIView):
    @tells(WholeTemplateSerializer, takes=RestorationSerializer, conflicts=True)
    def post(self, request: Request, template_id: int) -> Response:
        """Put a former version, or one that came with Kintsugi, in force again."""
        by, row, said = editor(request), template(template_id), body(RestorationSerializer, request)
        guides.restore_version(row, said["version"], said["seen_version"], by=by, now=timezone.now())
        return Response(library.whole(template(template_id)))


class LibraryActivityView(APIView):
    @tells(WholeTemplateSerializer, takes=TemplateActivitySerializer)
    def put(self, request: Request, template_id: int) -> Response:
        """Offer it to agents, or do not."""
        editor(request)
        row = template(template_id)
        guides.switch_template(row, body(TemplateActivitySerializer, request)["is_active"])
        return Response(library.whole(row))


class LibraryPreviewView(APIView):
    @tells(TriedTemplateSerializer, takes=NewTemplateSerializer)
    def post(self, request: Request) -> Response:
        """How a text reads for a believable customer, and what keeps it from coming into force. Nothing is kept."""
        agent_of(request)
        said = body(NewTemplateSerializer, request)
        return Response(library.tried_out(said.pop("key"), said.pop("locale"), said))
