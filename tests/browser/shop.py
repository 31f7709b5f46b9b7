"""The product as people meet it: a server process with its own data, the demo in it, and its desk built."""

import fcntl
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.set_up import FRONTEND, ROOT, build_desk
from tests.servers import free_port, until
from tests.story import Outbox, Post

MANAGE = [sys.executable, "manage.py"]
# A shop has its own, or none; the last would hide what a server must not do.
OF_THE_TESTS = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "PUBLIC_URL", "DJANGO_ALLOW_ASYNC_UNSAFE", "ASSISTANT_URL"}


@dataclass(frozen=True)
class Shop:
    """Where it is, how mail comes in, and what mail left."""

    url: str
    post: Post
    outbox: Outbox


@contextmanager
def open_shop(folder: Path, **settings: str) -> Iterator[Shop]:
    """Serve from this folder until the end, with settings of its own; mail that leaves is kept as files in it."""
    require_desk()
    port, smtp_port = free_port(), free_port()
    environment = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
    environment |= {"VAR_DIR": str(folder), "PORT": str(port), "SMTP_PORT": str(smtp_port), **settings}
    for command in (["migrate", "--verbosity", "0"], ["demo"]):
        subprocess.run([*MANAGE, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    url = f"http://localhost:{port}"
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen([*MANAGE, "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        until(lambda: is_healthy(url), "the server did not start", 40)
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
