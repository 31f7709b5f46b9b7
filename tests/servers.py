"""Real servers for tests: a private PostgreSQL and Redis on free ports, gone when the test is."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgresql_binaries() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def redis_binary() -> str | None:
    return shutil.which("redis-server")


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL of its own; answers its DATABASE_URL. It forgets durability, which no test needs of it."""
    binaries = postgresql_binaries()
    if binaries is None:
        raise RuntimeError("PostgreSQL is not installed.")
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder, port = Path(tempfile.mkdtemp(prefix="kintsugi-pg-")), free_port()
    if as_postgres:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL, "cwd": folder}
    initdb = [
        binaries / "initdb",
        "-D",
        folder / "data",
        "-U",
        "kintsugi",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run([*as_postgres, *initdb, "--no-sync"], check=True, **quiet)
    options = f"-F -c listen_addresses=127.0.0.1 -p {port} -k {folder} -c max_connections=200 -c full_page_writes=off"
    server = subprocess.Popen([*as_postgres, binaries / "postgres", "-D", folder / "data", *options.split()], **quiet)
    ready = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    try:
        until(lambda: subprocess.run(ready, check=False).returncode == 0, "PostgreSQL did not start")
        createdb = [binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "kintsugi", "kintsugi"]
        subprocess.run(createdb, check=True, **quiet)
        yield f"postgres://kintsugi@127.0.0.1:{port}/kintsugi"
    finally:
        stop = [binaries / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"]
        subprocess.run([*as_postgres, *stop], check=False, **quiet)
        server.wait(SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis(port: int | None = None) -> Iterator[str]:
    """A Redis of its own; answers its REDIS_URL."""
    binary = redis_binary()
    if binary is None:
        raise RuntimeError("Redis is not installed.")
    port = port or free_port()
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    try:
        until(lambda: answers(port), "Redis did not start")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(SECONDS)


def answers(port: int) -> bool:
    """Whether something listens on this port of the loopback address."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(condition: Callable[[], bool], otherwise: str, seconds: float = SECONDS) -> None:
    """Wait until a condition holds; raises TimeoutError with `otherwise` where it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(otherwise)
        time.sleep(0.02)
