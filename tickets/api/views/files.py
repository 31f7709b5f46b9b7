"""Files: uploaded to a draft, taken away again, and given out so that a browser runs nothing of them."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tickets import access
from tickets.actions.files import MOST_FILES, RASTER, check_upload, new_content_id, storage_path, store
from tickets.api.asking import body, found
from tickets.api.authentication import agent_of
from tickets.api.documenting import tells
from tickets.api.parsing import Multipart
from tickets.api.presenting.ticket import waiting_files
from tickets.api.presenting.timeline import file
from tickets.api.serializers.drafts import AttachmentSerializer, UploadSerializer
from tickets.errors import Invalid
from tickets.models import Attachment

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


class FilesView(APIView):
    parser_classes = [Multipart]

    @tells(AttachmentSerializer, 201, takes={"multipart/form-data": UploadSerializer})
    def post(self, request: Request, number: int) -> Response:
        """Add a file to one's draft."""
        agent = agent_of(request)
        ticket = access.ticket_for(agent, number)
        said = body(UploadSerializer, request)
        upload = said["file"]
        check_upload("file", upload.name, upload.size)
        if waiting_files(ticket.pk, agent.pk).count() >= MOST_FILES:
            raise Invalid({"file": f"{MOST_FILES} files fit on one message. Take one away first."})
        kept = store(upload.name, upload.content_type or "", upload.read())
        shown = said["inline"] and kept.content_type in RASTER.values()
        attachment = Attachment.objects.create(
            ticket=ticket,
            uploader=agent,
            filename=kept.filename,
            content_type=kept.content_type,
            size=kept.size,
            sha256=kept.sha256,
            inline=shown,
            content_id=new_content_id() if shown else "",
            created_at=timezone.now(),
        )
        return Response(file(attachment), status=201)


class FileView(APIView):
    @tells(status=204)
    def delete(self, request: Request, number: int, file: int) -> Response:
        """Take a file away from one's draft."""
        agent = agent_of(request)
        ticket = access.ticket_for(agent, number)
        found(waiting_files(ticket.pk, agent.pk), file).delete()
        return Response(status=204)


class DownloadView(APIView):
    """A file, for those who see its ticket; an unsaid one only for its uploader."""

    schema = None

    def get(self, request: Request, file: int, name: str) -> FileResponse:
        agent = agent_of(request)
        attachment: Attachment = found(Attachment.objects.filter(ticket__in=access.visible_tickets(agent)), file)
        unsaid = attachment.message_id is None and attachment.note_id is None
        if unsaid and attachment.uploader_id != agent.pk:
            raise Http404
        return download(attachment)


def download(attachment: Attachment) -> FileResponse:
    """The bytes, as a download; only what really is a raster image may be looked at in the browser."""
    picture = attachment.content_type in RASTER.values()
    try:
        data = default_storage.open(storage_path(attachment.sha256))
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(
        data,
        as_attachment=not picture,
        filename=attachment.filename,
        content_type=attachment.content_type if picture else "application/octet-stream",
    )
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
