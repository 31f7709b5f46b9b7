"""The product as people meet it: a server process with its own data, the demo in it, and its desk built."""

import fcntl
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.set_up import FRONTEND, ROOT, build_desk
from tests.servers import free_port, until
from tests.story import Outbox, Post

MANAGE = [sys.executable, "manage.py"]
# A shop has its own, or none; the last would hide what a server must not do.
OF_THE_TESTS = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "PUBLIC_URL", "DJANGO_ALLOW_ASYNC_UNSAFE", "ASSISTANT_URL"}


@dataclass(frozen=True)
class Shop:
    """Where it is, how mail comes in, what mail left, and the cookies of those who have signed in there."""

    url: str
    post: Post
    outbox: Outbox
    sessions: dict[str, list[Any]] = field(default_factory=dict)


def furnish(folder: Path) -> Path:
    """Fill this folder with the demo, unless it is; of several test processes one fills it, and the others wait."""
    folder.mkdir(exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (filled := folder.parent / f"{folder.name}.filled").exists():
            for command in (["migrate", "--verbosity", "0"], ["demo"]):
                manage(folder, *command)
            filled.touch()
    return folder


def environment_of(folder: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
    return {**kept, "VAR_DIR": str(folder), **settings}


def manage(folder: Path, *command: str) -> None:
    subprocess.run([*MANAGE, *command], cwd=ROOT, env=environment_of(folder), check=True, stdout=subprocess.DEVNULL)


@contextmanager
def open_shop(folder: Path, furnished: Path, **settings: str) -> Iterator[Shop]:
    """Serve from this folder until the end, with settings of its own and what is in the furnished one at first.

    Mail that leaves is kept as files in it.
    """
    require_desk()
    shutil.copytree(furnished, folder, dirs_exist_ok=True)
    port, smtp_port = free_port(), free_port()
    environment = environment_of(folder, PORT=str(port), SMTP_PORT=str(smtp_port), **settings)
    url = f"http://localhost:{port}"
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen([*MANAGE, "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        until(lambda: is_healthy(url), "the server did not start", 60)
        yield Shop(url, Post(smtp_port), Outbox(folder / "outbox"))
    finally:
        server.terminate()
        server.wait(20)


def is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def require_desk() -> None:
    """Build the desk where it is not built yet; of several test processes one builds, and the others wait for it."""
    with (FRONTEND / "package.json").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (FRONTEND / "dist" / "index.html").is_file():
            build_desk()
