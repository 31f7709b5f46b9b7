"""`manage.py serve`: the web process, and on one machine everything else in it: worker threads and the mail listener."""

import os
import signal
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any, NoReturn

import uvicorn
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand
from django.db import connection

from config.alone import be_the_only_one
from config.engine import Engine
from config.statistics import Statistics
from tickets import due_work
from tickets.live import requests, wire
from tickets.mail.imap.watching import Watchers
from tickets.mail.smtp.listener import Listener
from tickets.mail.smtp.lmtp import LmtpListener, LmtpSocket

Part = Engine | Listener | LmtpSocket | Watchers | Statistics
GRACE = 1  # seconds for requests under way when it is time to stop
GIVE_UP_ON_SILENT = 30_000  # milliseconds until the kernel drops a peer that takes nothing any more (RFC 5482)


class Command(BaseCommand):
    help = "Serve the desk, the customers' pages and the API, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--no-mail", action="store_true", help="Take no mail by SMTP.")
        parser.add_argument(
            "--no-work", action="store_true", help="Leave all that waits or is due to `manage.py work`."
        )

    def handle(self, *, host: str, port: int, no_mail: bool, no_work: bool, **_: Any) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            # The server stops itself on both; afterwards it raises them again, which must not end us half-way.
            signal.signal(number, _ignore)
        listening = _bind(host, port)
        parts = _parts(host, with_mail=not no_mail, with_work=not no_work)
        self.stdout.write(f"Kintsugi listens on http://{host}:{port}/ (Ctrl-C stops it).")
        if not no_mail:
            self.stdout.write(f"It takes mail by SMTP on {host}:{settings.SMTP_PORT}.")
        self.stdout.flush()
        _leave(_serve(listening, parts))


def _ignore(*_: object) -> None:
    return None


def _server() -> uvicorn.Server:
    config = uvicorn.Config(
        "config.asgi:application",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=settings.BEHIND_PROXY,
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=60,
        ws_max_size=2 * requests.LONGEST,
        ws_per_message_deflate=False,
    )
    return uvicorn.Server(config)


def _bind(host: str, port: int) -> socket.socket:
    """A listening socket; ends with one plain sentence where the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GIVE_UP_ON_SILENT)
    try:
        listening.bind((host, port))
        listening.listen(1024)
    except OSError as error:
        _give_up(
            f"Cannot listen on {host}:{port} ({error.strerror}). Set PORT to another number, or stop what holds it."
        )
    return listening


def _parts(host: str, *, with_mail: bool, with_work: bool) -> list[Part]:
    """What runs beside the server, started; ends with one plain sentence where it cannot be had."""
    parts: list[Part] = []
    try:
        if not settings.REDIS_URL:
            be_the_only_one(settings.VAR_DIR)
        if connection.vendor == "sqlite":
            parts.append(Statistics())
        if with_mail:
            parts += _mail_doors(host)
        if with_work:
            parts += [Watchers()]
        # With Redis, Celery is the engine, in processes of its own.
        if with_work and not settings.REDIS_URL:
            parts += [Engine(due_work.kinds)]
        for part in parts:
            part.start()
    except ImproperlyConfigured as error:
        _give_up(str(error))
    except OSError as error:
        where = f"{host}:{settings.SMTP_PORT}" + (f" or by LMTP on {lmtp}" if (lmtp := _lmtp()) else "")
        _give_up(f"Cannot take mail on {where} ({error.strerror}). Set SMTP_PORT to another number, or use --no-mail.")
    return parts


def _lmtp() -> str:
    return " and ".join(filter(None, [str(settings.LMTP_PORT or ""), settings.LMTP_SOCKET]))


def _mail_doors(host: str) -> list[Part]:
    """Where mail is taken: by SMTP, and by LMTP where that is asked for."""
    doors: list[Part] = [Listener(host, settings.SMTP_PORT)]
    if settings.LMTP_PORT:
        doors.append(LmtpListener(host, settings.LMTP_PORT))
    if settings.LMTP_SOCKET:
        doors.append(LmtpSocket(settings.LMTP_SOCKET))
    return doors


def _serve(listening: socket.socket, parts: Sequence[Part]) -> int:
    """Serve until it is time to stop, then stop everything; the exit status."""
    server = _server()
    try:
        server.run(sockets=[listening])
    except SystemExit:
        return 1  # it has said why
    finally:
        for part in parts:
            part.stop()
        wire.drain(0.2)
    return 0


def _give_up(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(1)


def _leave(status: int) -> NoReturn:
    # A thread with a request that will not end would hold the interpreter; its work is in a transaction or not at all.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
