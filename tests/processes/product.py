"""The product as it runs on real servers: two web processes, two workers, PostgreSQL, Redis, and a mail server's ear."""

import json
import os
import signal
import smtplib
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests import servers

ROOT = Path(__file__).resolve().parent.parent.parent
MANAGE = [sys.executable, "manage.py"]
WORKER = [
    sys.executable,
    "-m",
    "celery",
    "-A",
    "config.celery",
    "worker",
    "--beat",
    "--concurrency",
    "1",
    "--loglevel",
    "ERROR",
]


class Ear:
    """The receiving end of outgoing mail: remembers who got what, however often."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.mails: list[tuple[str, bytes]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        with self.lock:
            self.mails += [(recipient, content) for recipient in envelope.rcpt_tos]
        return "250 OK"

    def received(self) -> Counter[tuple[str, str]]:
        """How often each recipient got each Message-ID."""
        with self.lock:
            return Counter((recipient, str(message_from_bytes(mail)["Message-ID"])) for recipient, mail in self.mails)


@dataclass
class Product:
    environment: dict[str, str]
    ear: Ear
    ports: list[int]
    smtp_ports: list[int]
    redis_port: int
    redis: ExitStack
    webs: list[subprocess.Popen[bytes]] = field(default_factory=list)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def manage(self, *arguments: str, given: bytes = b"") -> str:
        done = subprocess.run(
            [*MANAGE, *arguments], cwd=ROOT, env=self.environment, input=given, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def write_in(self, web: int, email: str) -> None:
        """A customer's mail, taken by one of the two."""
        mail = f"From: {email.partition('@')[0]} <{email}>\nTo: support@kintsugi.example\nSubject: My tent\n"
        mail += f"Message-ID: <{email}>\n\nMy tent has not come. Where is it?\n"
        with smtplib.SMTP("127.0.0.1", self.smtp_ports[web], timeout=20) as server:
            server.sendmail(email, ["support@kintsugi.example"], mail)

    def sign_in(self, web: int, email: str) -> "SignedIn":
        return SignedIn(self.ports[web], email)

    @contextmanager
    def without_redis(self) -> Iterator[None]:
        """Redis is gone for as long as this lasts, and comes back empty on the same port."""
        self.redis.close()
        try:
            yield
        finally:
            self.redis.enter_context(servers.redis(self.redis_port))

    def serving(self, port: int, smtp_port: int) -> subprocess.Popen[bytes]:
        own = self.environment | {"PORT": str(port), "SMTP_PORT": str(smtp_port)}
        return subprocess.Popen([*MANAGE, "serve"], cwd=ROOT, env=own, stdout=subprocess.DEVNULL)

    @contextmanager
    def without_web(self, pid: int) -> Iterator[None]:
        """The web process of this number is killed, and another takes its ports when this is over."""
        place = [web.pid for web in self.webs].index(pid)
        self.webs[place].kill()
        self.webs[place].wait(10)
        try:
            yield
        finally:
            port, smtp_port = self.ports[place], self.smtp_ports[place]
            self.webs[place] = self.serving(port, smtp_port)
            servers.until(lambda: servers.answers(port) and servers.answers(smtp_port), "it did not start again", 40)

    def start_worker(self) -> None:
        self.workers.append(
            subprocess.Popen(WORKER, cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL, start_new_session=True)
        )


class SignedIn:
    """A person at one web process."""

    def __init__(self, port: int, email: str) -> None:
        self.port, self.cookies = port, dict[str, str]()
        self.ask("GET", "session/")
        self.ask("POST", "session/", {"email": email, "password": "kintsugi"})

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(self, method: str, path: str, data: Any = None) -> Any:
        headers = {
            "Content-Type": "application/json",
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
            "Cookie": self.cookie,
        }
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api/{path}", body, headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            said = answer.read()
        return json.loads(said) if said else None


@contextmanager
def product() -> Iterator[Product]:
    """Everything started, with the demo in it; everything ended afterwards."""
    with ExitStack() as stack:
        redis_port = servers.free_port()
        database = stack.enter_context(servers.postgresql())
        redis = stack.enter_context(ExitStack())
        url = redis.enter_context(servers.redis(redis_port))
        ear = Ear()
        mail_server = Controller(ear, hostname="127.0.0.1", port=servers.free_port())
        mail_server.start()
        stack.callback(mail_server.stop)
        environment = {
            **os.environ,
            "DATABASE_URL": database,
            "REDIS_URL": url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}",
            "VAR_DIR": stack.enter_context(tempfile.TemporaryDirectory(prefix="kintsugi-many-")),
        }
        made = Product(environment, ear, free_ports(), free_ports(), redis_port, redis)
        made.manage("migrate", "--verbosity", "0")
        made.manage("demo")
        stack.callback(end, made)
        for port, smtp_port in zip(made.ports, made.smtp_ports, strict=True):
            made.webs.append(made.serving(port, smtp_port))
        for _ in range(2):
            made.start_worker()
        servers.until(
            lambda: all(servers.answers(port) for port in made.ports + made.smtp_ports),
            "the web processes did not start",
            40,
        )
        yield made


def free_ports() -> list[int]:
    return [servers.free_port(), servers.free_port()]


def end(made: Product) -> None:
    for process in made.webs + made.workers:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in made.webs + made.workers:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
    for worker in made.workers:
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)  # what a killed worker leaves behind of its own
