"""Files of a customer's page: downloads, save for pictures that really are pictures."""

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from tickets.actions.files import RASTER, storage_path
from tickets.models import Attachment, Participant
from tickets.portal.private import opened_by_link, unknown


@require_safe
@opened_by_link
def page_file(request: HttpRequest, participant: Participant, number: int) -> HttpResponseBase:
    """A file of a public message of this ticket; one of a note does not exist here."""
    public = Attachment.objects.filter(ticket=participant.ticket_id, message__automatic=False)
    if (attachment := public.filter(pk=number).first()) is None:
        return unknown(request)
    try:
        data = default_storage.open(storage_path(attachment.sha256))
    except FileNotFoundError:
        return unknown(request)
    return _download(attachment, data)


def _download(attachment: Attachment, data: object) -> FileResponse:
    is_picture = attachment.content_type in RASTER.values()
    response = FileResponse(
        data,
        as_attachment=not is_picture,
        filename=attachment.filename,
        content_type=attachment.content_type if is_picture else "application/octet-stream",
    )
    # Whatever the bytes are, a browser that opens them runs nothing of them in our name.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
