"""The web process as a person starts and stops it."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

pytestmark = pytest.mark.sqlite_only  # its houses have no other database and no Redis
ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., subprocess.Popen[str]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL", "PUBLIC_URL"}}
    return {**kept, "VAR_DIR": str(folder), "PORT": str(free_port()), "SMTP_PORT": str(free_port()), **more}


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> dict[str, str]:
    """A folder with a database of its own, as the migrations made it."""
    folder = tmp_path_factory.mktemp("house")
    with django_db_blocker.unblock(), closing(sqlite3.connect(folder / "kintsugi.sqlite3")) as own:
        connection.ensure_connection()
        connection.connection.backup(own)
        connection.close()
    return environment(folder)


@pytest.fixture
def start(house: dict[str, str]) -> Iterator[Start]:
    running: list[subprocess.Popen[str]] = []

    def run(command: str = "serve", **more: str) -> subprocess.Popen[str]:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        args = [sys.executable, "manage.py", command]
        running.append(subprocess.Popen(args, cwd=ROOT, env={**house, **more}, **pipes))
        return running[-1]

    yield run
    for process in running:
        process.kill()
        process.communicate()


def answers(port: str, process: subprocess.Popen[str]) -> int:
    """The status of a page, once there is somebody to give it."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/no-such-page", timeout=5) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.05)
    raise AssertionError(process.communicate(timeout=5))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_stop_and_then_all_of_it_is_gone(
    start: Start, house: dict[str, str], number: signal.Signals
) -> None:
    process = start()
    assert answers(house["PORT"], process) == 404
    with socket.create_connection(("127.0.0.1", int(house["SMTP_PORT"])), timeout=5) as line:
        assert line.recv(100).startswith(b"220")
    process.send_signal(number)
    out, err = process.communicate(timeout=5)
    assert process.returncode == 0
    assert "Traceback" not in err
    assert f":{house['PORT']}/" in out


def test_a_taken_port_is_one_plain_sentence(start: Start, house: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(PORT=str(taken.getsockname()[1]))
        _, err = process.communicate(timeout=30)
    assert process.returncode == 1
    assert err.startswith("Cannot listen on 127.0.0.1:")
    assert err.count("\n") == 1


def test_a_taken_mail_port_is_one_plain_sentence(start: Start, house: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(SMTP_PORT=str(taken.getsockname()[1]))
        _, err = process.communicate(timeout=30)
    assert process.returncode == 1
    assert err.startswith("Cannot take mail on 127.0.0.1:")
    assert err.count("\n") == 1


def test_a_second_web_process_without_redis_is_refused(start: Start, house: dict[str, str]) -> None:
    first = start()
    answers(house["PORT"], first)
    second = start(PORT=str(free_port()), SMTP_PORT=str(free_port()))
    _, err = second.communicate(timeout=30)
    assert second.returncode == 1
    assert "need REDIS_URL" in err
    assert err.count("\n") == 1


def test_a_worker_stops_when_it_is_told_to(start: Start) -> None:
    process = start("work")
    assert process.stdout is not None
    assert process.stdout.readline().startswith("At work on ")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=5)
    assert (process.returncode, err) == (0, "")
