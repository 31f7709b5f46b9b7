"""The letters that come with the product: a file a letter and language, its subject in the first line."""

from functools import cache
from pathlib import Path

from tickets.letters.filling import Text
from tickets.letters.kinds import kinds

SUBJECT = "Subject: "


def shipped(key: str, locale: str) -> Text:
    """The text as we ship it. Raises KeyError for a letter, FileNotFoundError for a language that there is not."""
    kind = kinds[key]
    return _read(kind.folder / locale / f"{key}.txt", kind.has_subject)


@cache
def _read(file: Path, has_subject: bool) -> Text:
    content = file.read_text("utf-8").strip()
    if not has_subject:
        return Text("", content)
    first, _, body = content.partition("\n")
    return Text(first.removeprefix(SUBJECT).strip(), body.strip())
