"""The desk's one page, which the browser's program fills; without a build, a sentence says how to make one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe


@require_safe
@ensure_csrf_cookie
def desk(request: HttpRequest, rest: str = "") -> HttpResponse:
    """The same page for every address below /desk/: what it shows, the program decides by the address."""
    index = settings.DESK_DIST / "index.html"
    answer = HttpResponse(index.read_bytes()) if index.is_file() else render(request, "desk/not_built.html", status=503)
    answer["Cache-Control"] = "no-cache"
    return answer
