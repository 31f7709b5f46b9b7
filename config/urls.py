"""Every address of the house."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from config.desk import desk
from config.health import healthz, metrics
from tickets.api.views.api_page import DocsView, SchemaView
from tickets.api.views.files import DownloadView
from tickets.api.views.nowhere import NowhereView

urlpatterns = [
    path("api/schema/", SchemaView.as_view(), name="schema"),
    path("api/docs/", DocsView.as_view(), name="docs"),
    path("api/", include("tickets.api.urls")),
    path("api/", include("escalation.api.urls")),
    re_path(r"^api/", NowhereView.as_view()),
    path("files/<int:file>/<str:name>", DownloadView.as_view(), name="download"),
    path("hooks/", include("tickets.hooks.urls")),
    path("account/", include("tickets.account.urls")),
    path("admin/", admin.site.urls),
    path("desk", RedirectView.as_view(url="/desk/")),
    path("desk/", desk, name="desk"),
    path("desk/<path:rest>", desk),
    path("healthz", healthz),
    path("metrics", metrics),
    path("", include("tickets.portal.urls")),
]
