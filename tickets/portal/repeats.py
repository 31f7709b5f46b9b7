"""What makes a repeated post the same post: a double click, a reload, a retry after a lost connection."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from secrets import token_hex

from tickets.actions.files import StoredFile


def new_key() -> str:
    """A key for a form that is being shown."""
    return token_hex(16)


def key_of(door: str, key: str, words: Iterable[str], files: Iterable[StoredFile], now: datetime) -> str:
    """The key of what was posted: its form's key and its content.

    The content is part of it, since people go back, change what they wrote and send the same form again. A form
    without a key is told from others by its content alone, within a day.
    """
    parts = [door, key or f"{now:%Y-%m-%d}", *words, *(file.sha256 for file in files)]
    lengths = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(lengths.encode("utf-8", "replace")).hexdigest()
