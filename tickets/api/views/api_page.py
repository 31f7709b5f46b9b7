"""The API in words: its schema, and pages to read and try it, with nothing loaded from elsewhere."""

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView


class SchemaView(SpectacularAPIView):
    """OpenAPI 3 of this very server."""

    schema = None


class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI from our own files; its start lies in a script of its own, since pages of ours allow none inline."""

    schema = None
    template_name = "desk/api.html"
    url_name = "schema"
