"""Without Redis nothing joins two web processes, so that a second one on the same data is refused."""

import fcntl
from pathlib import Path
from typing import TextIO

from django.core.exceptions import ImproperlyConfigured

_held: dict[Path, TextIO] = {}


def be_the_only_one(folder: Path) -> None:
    """Hold `folder`/web.lock until this process ends; raises ImproperlyConfigured where another process holds it."""
    path = folder / "web.lock"
    if path in _held:
        return
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise ImproperlyConfigured(
            f"Another web process already serves the data in {folder}. Two of them need REDIS_URL, "
            "or changes made through one would not reach the screens of the other."
        ) from None
    _held[path] = file  # closing the file would let go of the lock
