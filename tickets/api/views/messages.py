"""A message as it came: its HTML in a frame that can do nothing, its bytes as a download."""

import re
from base64 import b64encode
from collections.abc import Callable
from functools import partial
from html import escape, unescape
from urllib.parse import unquote

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin
from rest_framework.request import Request
from rest_framework.views import APIView

from tickets import access
from tickets.actions.files import RASTER, storage_path
from tickets.api.asking import found, word
from tickets.api.authentication import agent_of
from tickets.mail.store import unpack
from tickets.models import Message

POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; img-src data:"
)
REMOTE = re.compile(r' data-remote-src="(https?:[^"]*)"')
OWN = re.compile(r' data-cid="([^"]*)"')
MOST_EMBEDDED = 8 * 1024 * 1024  # bytes of pictures of one mail that are shown within it
LOOK = (
    "body{margin:0;padding:4px;font:15px/1.5 system-ui,sans-serif;color:#1f1d24;background:#fff;overflow-wrap:anywhere}"
    "img{max-width:100%;height:auto}table{max-width:100%}"
)


class HtmlView(APIView):
    """The sanitised HTML of a message, for an `<iframe sandbox>`; remote images only where `?images=1` asks."""

    schema = None

    @method_decorator(xframe_options_sameorigin)
    def get(self, request: Request, number: int, message: int) -> HttpResponse:
        said = _message(request, number, message)
        if not said.html:
            raise Http404
        return framed(said.html, word(request, "images") == "1", partial(_picture, said))


class RawView(APIView):
    """The bytes of a mail as they came, as a download."""

    schema = None

    def get(self, request: Request, number: int, message: int) -> HttpResponse:
        said = _message(request, number, message)
        if said.raw_mail is None:
            raise Http404
        return original(unpack(said.raw_mail), f"ticket-{number}-message-{message}.eml")


def framed(html: str, remote_images: bool, picture: Callable[[str], tuple[str, bytes] | None]) -> HttpResponse:
    """Sanitised HTML as a page that can do nothing. `picture` gives type and bytes for a Content-ID, or None."""
    shown = OWN.sub(lambda own: _embedded(picture(unquote(unescape(own[1])))), html)
    if remote_images:
        shown = REMOTE.sub(r' src="\1" referrerpolicy="no-referrer"', shown)
    answer = HttpResponse(_page(shown))
    answer["Content-Security-Policy"] = POLICY + (" http: https:" if remote_images else "")
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "private, no-store"
    return answer


def original(raw: bytes, filename: str) -> HttpResponse:
    """Bytes of a mail that a browser keeps and does not open."""
    answer = kept(raw, "message/rfc822")
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def kept(data: bytes, content_type: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _message(request: Request, number: int, message: int) -> Message:
    ticket = access.ticket_for(agent_of(request), number)
    said: Message = found(ticket.messages.select_related("raw_mail"), message)
    return said


def _page(html: str) -> str:
    return f'<!doctype html><meta charset="utf-8"><base target="_blank"><style>{LOOK}</style><body>{html}</body>'


def _embedded(picture: tuple[str, bytes] | None) -> str:
    """A picture of the mail itself as data, since a frame without an origin has no session to fetch it with."""
    if picture is None:
        return ""
    return f' src="data:{escape(picture[0])};base64,{b64encode(picture[1]).decode()}"'


def _picture(message: Message, content_id: str) -> tuple[str, bytes] | None:
    pictures = message.attachments.filter(content_id=content_id, content_type__in=RASTER.values())
    picture = pictures.filter(size__lte=MOST_EMBEDDED).first()
    if picture is None or not default_storage.exists(path := storage_path(picture.sha256)):
        return None
    with default_storage.open(path) as file:
        return picture.content_type, file.read()
