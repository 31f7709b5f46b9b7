"""Files that come with a form: each is taken or refused by itself, and those taken survive a failure elsewhere.

What was taken lies in storage already; the form that is shown again carries a signed token for each, so that nobody
can name a file that they did not send.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from tickets.actions.files import MOST_BYTES, MOST_FILES, StoredFile, check_upload, safe_name, store
from tickets.errors import Invalid
from tickets.portal.posted import MOST_TOGETHER

SALT = "kintsugi.portal.upload"
KEPT_FOR = 24 * 3600  # seconds between the upload and the form that uses it


@dataclass(frozen=True)
class Kept:
    """A file that was taken, with the token by which the form names it."""

    file: StoredFile
    token: str

    @property
    def is_image(self) -> bool:
        return self.file.content_type.startswith("image/")


@dataclass(frozen=True)
class Uploads:
    """The files of one post: those that are kept, and a sentence for each that was left out."""

    kept: Sequence[Kept] = ()
    refused: Sequence[str] = field(default=())

    @property
    def limits(self) -> dict[str, int]:
        """What fits, for the page to say and its script to heed: files, bytes of one, bytes of one post."""
        return {"files": MOST_FILES, "bytes": MOST_BYTES, "megabytes": MOST_BYTES // 1048576, "together": MOST_TOGETHER}

    @property
    def files(self) -> list[StoredFile]:
        return [kept.file for kept in self.kept]


def take(request: HttpRequest) -> Uploads:
    """The files sent with this post and those kept from the one before, without those that the customer removed."""
    kept = _kept_before(request)
    refused: list[str] = []
    for upload in request.FILES.getlist("files"):
        _take_one(upload, kept, refused)
    return Uploads(kept, refused)


def turn_away(request: HttpRequest) -> Uploads:
    """Only the files kept from before: what comes with a post that comes too often is not stored."""
    refused = [f"“{safe_name(upload.name or '')}” was left out." for upload in request.FILES.getlist("files")]
    return Uploads(_kept_before(request), refused)


def _kept_before(request: HttpRequest) -> list[Kept]:
    removed = set(request.POST.getlist("remove"))
    tokens = [token for token in request.POST.getlist("kept")[:MOST_FILES] if token not in removed]
    return [known for token in tokens if (known := _known(token))]


def _take_one(upload: UploadedFile, kept: list[Kept], refused: list[str]) -> None:
    name, size = upload.name or "", upload.size or 0
    try:
        if len(kept) >= MOST_FILES:
            raise Invalid({"files": f"“{safe_name(name)}” is one too many; {MOST_FILES} files fit."})
        check_upload("files", name, size)
    except Invalid as error:
        refused.append(f"{error} It was left out.")
        return
    file = store(name, upload.content_type or "", upload.read())
    if all(file.sha256 != one.file.sha256 for one in kept):
        kept.append(Kept(file, signing.dumps(asdict(file), salt=SALT)))


def _known(token: str) -> Kept | None:
    try:
        return Kept(StoredFile(**signing.loads(token, salt=SALT, max_age=KEPT_FOR)), token)
    except (signing.BadSignature, TypeError):
        return None
