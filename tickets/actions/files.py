"""Files: checked, named safely, and stored under the hash of their bytes before any transaction begins."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from tickets.errors import Invalid
from tickets.models import Attachment

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 10
RASTER = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
DANGEROUS = frozenset(
    [
        "exe",
        "msi",
        "bat",
        "cmd",
        "com",
        "scr",
        "pif",
        "cpl",
        "jar",
        "js",
        "jse",
        "vbs",
        "vbe",
        "wsf",
        "wsh",
        "ps1",
        "psm1",
        "lnk",
        "hta",
        "reg",
        "dll",
        "sys",
        "app",
        "dmg",
        "apk",
        "iso",
        "img",
    ]
)
UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\\u202a-\u202e\u2066-\u2069\u200e\u200f]")


@dataclass(frozen=True)
class StoredFile:
    """A file whose bytes are in storage. `content_type` is what the bytes are for images, else what was said of them."""

    filename: str
    content_type: str
    size: int
    sha256: str
    content_id: str = ""
    inline: bool = False


def store(filename: str, content_type: str, data: bytes, content_id: str = "", inline: bool = False) -> StoredFile:
    """Keep the bytes (once, however often they come) and answer what to remember of them."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not default_storage.exists(path := storage_path(sha256)):
        default_storage.save(path, ContentFile(data))
    kind = image_type(data) or _plain_type(content_type)
    return StoredFile(safe_name(filename), kind, len(data), sha256, content_id[:300], inline)


def check_upload(field: str, filename: str, size: int) -> None:
    """Raises Invalid for a file that people should not send us: too large, empty, or a program."""
    if size > MOST_BYTES:
        raise Invalid(
            {field: f"“{safe_name(filename)}” has {size / 1048576:.1f} MB; up to {MOST_BYTES // 1048576} MB fit."}
        )
    if size == 0:
        raise Invalid({field: f"“{safe_name(filename)}” is empty."})
    if PurePosixPath(safe_name(filename)).suffix.lower().removeprefix(".") in DANGEROUS:
        raise Invalid({field: f"“{safe_name(filename)}” is a program, which we cannot take. A photo or a PDF is fine."})


def is_shown(file: Attachment) -> bool:
    """Whether it is a picture that stands in the words of a mail, by its Content-ID; else it is a file beside them."""
    return file.inline and bool(file.content_id) and file.content_type in RASTER.values()


def new_content_id() -> str:
    """What a mail calls one of its parts by, like no other in the world (RFC 2392)."""
    return f"{uuid4().hex}@kintsugi"


def image_width(data: bytes) -> int:
    """Of a raster image, in pixels; 0 where it cannot be told."""
    try:
        with Image.open(BytesIO(data), formats=list(RASTER)) as image:
            return image.width
    except Exception:  # Pillow raises whatever the file provokes
        return 0


def storage_path(sha256: str) -> str:
    return f"attachments/{sha256[:2]}/{sha256}"


def safe_name(filename: str) -> str:
    """The name without paths, controls or text-direction tricks, at most 120 characters, its suffix kept."""
    name = UNSAFE.sub("_", unicodedata.normalize("NFC", filename.replace("\\", "/").rpartition("/")[2])).strip(" .")
    path = PurePosixPath(name or "file")
    return path.stem[: 120 - len(path.suffix)] + path.suffix[:20]


def image_type(data: bytes) -> str:
    """The type of a raster image that really is one, else an empty string. SVG is none: it can carry scripts."""
    try:
        with Image.open(BytesIO(data), formats=list(RASTER)) as image:
            return RASTER[image.format or ""]
    except Exception:  # Pillow raises whatever the file provokes
        return ""


def _plain_type(content_type: str) -> str:
    known = re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,59}", content_type.strip().lower())
    claims_image = known and content_type.lower().startswith("image/")
    return content_type.strip().lower() if known and not claims_image else "application/octet-stream"
