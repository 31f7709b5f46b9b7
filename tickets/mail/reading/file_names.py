"""Makes the names of attachments safe to store, to show and to save."""

import re
from mimetypes import guess_extension

from tickets.mail.reading import limits
from tickets.mail.reading.charsets import storable
from tickets.mail.reading.encoded_words import decode_words

# Control characters, and the marks that make "exe.gpj" read as "jpg.exe" (Unicode bidi overrides and isolates).
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
FORBIDDEN = re.compile(r'[<>:"|?*]')
EXTENSIONS = {"text/plain": ".txt", "message/rfc822": ".eml", "image/jpeg": ".jpg", "text/calendar": ".ics"}


def clean_file_name(name: str) -> str:
    """The name without path, control characters and bidi marks, at most 150 characters; may be empty."""
    name = HIDDEN.sub("", storable(decode_words(name)))
    name = " ".join(re.split(r"[/\\]", name)[-1].split())
    name = FORBIDDEN.sub("_", name).strip(". ")
    if len(name) > limits.FILE_NAME_CHARACTERS:
        stem, dot, extension = name.rpartition(".")
        keep = f"{dot}{extension}" if 0 < len(extension) <= 10 else ""
        name = (stem if keep else name)[: limits.FILE_NAME_CHARACTERS - len(keep)] + keep
    return name


def made_up_name(content_type: str, number: int) -> str:
    """A name for a part that has none, such as `image-2.png`; `number` counts from 1."""
    extension = EXTENSIONS.get(content_type) or guess_extension(content_type) or ".bin"
    kind = "message" if content_type == "message/rfc822" else content_type.partition("/")[0]
    kind = kind if kind in ("image", "text", "audio", "video", "message") else "file"
    return f"{kind}-{number}{extension}"


def unique_names(names: list[str]) -> list[str]:
    """The names with a number added where one stands twice."""
    taken: set[str] = set()
    done: list[str] = []
    for name in names:
        stem, dot, extension = name.rpartition(".")
        stem, ending = (stem, dot + extension) if stem else (name, "")
        number, candidate = 2, name
        while candidate.lower() in taken:
            candidate, number = f"{stem} ({number}){ending}", number + 1
        taken.add(candidate.lower())
        done.append(candidate)
    return done
