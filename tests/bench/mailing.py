"""Mail by the product's own door: how many a second become tickets, and what one of 25 MB costs in memory."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from tests.bench import clients, mails
from tests.servers import answers, free_port, until
from tickets.models import OutgoingMail, RawMail

MAILS = 400
LARGE = 18_000_000  # bytes of a file, which are 25 MB as base64
MANAGE = [sys.executable, "manage.py"]
WORKER = [*f"{sys.executable} -m celery -A config.celery worker --beat --concurrency 1 --loglevel ERROR".split()]


@contextmanager
def serving(port: int, smtp_port: int) -> Iterator[subprocess.Popen[bytes]]:
    """One web process, which takes mail too; with Redis a Celery worker beside it, which then sends the answers."""
    with ExitStack() as stack:
        environment = {**os.environ, "PORT": str(port), "SMTP_PORT": str(smtp_port)}
        if settings.REDIS_URL:
            stack.enter_context(running(WORKER, environment))
        server = stack.enter_context(running([*MANAGE, "serve"], environment))
        until(lambda: answers(port) and answers(smtp_port), "the product did not start", 60)
        yield server


@contextmanager
def running(command: Sequence[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def mailing(server: int) -> dict[str, Any]:
    """New mails, a reply to each, on several machines the same by two processes at once, and a very large one."""
    one, numbers = [settings.SMTP_PORT], range(MAILS)
    figures: dict[str, Any] = {
        "new_mail_per_second": by(one, new(numbers)),
        "reply_per_second": by(one, replies(numbers)),
    }
    if settings.REDIS_URL:
        port = free_port()
        with serving(free_port(), port):
            both, more = [*one, port], range(MAILS, 3 * MAILS)
            figures["new_mail_per_second_by_two"] = by(both, new(more))
            figures["reply_per_second_by_two"] = by(both, replies(more))
    figures["large_mail"] = large(server)
    figures["outcomes"] = Counter(RawMail.objects.order_by().values_list("outcome", flat=True))
    connections.close_all()
    return figures


def new(numbers: range) -> list[tuple[str, bytes]]:
    return [(mails.sender(number), mails.new_mail(number)) for number in numbers]


def replies(numbers: range) -> list[tuple[str, bytes]]:
    """A reply to the acknowledgement that each of them got, once the last has left."""
    acknowledgements = OutgoingMail.objects.filter(kind="acknowledgement")
    until(lambda: not acknowledgements.exclude(state="sent").exists(), "not every mail was acknowledged", 120)
    sent = dict(acknowledgements.values_list("recipient", "mail_id"))
    return [(mails.sender(n), mails.reply_to(n, sent[mails.sender(n)], "Your order")) for n in numbers]


def by(ports: Sequence[int], batch: Sequence[tuple[str, bytes]]) -> float:
    """Mails a second, shared out among the doors, each mail answered with 250 before the next of its door."""
    shares = [batch[turn :: len(ports)] for turn in range(len(ports))]
    began = time.perf_counter()
    with ThreadPoolExecutor(len(ports)) as threads:
        list(threads.map(lambda port, share: clients.send(port, share, mails.SUPPORT), ports, shares))
    return round(len(batch) / (time.perf_counter() - began), 1)


def large(server: int) -> dict[str, float]:
    """Resident megabytes before a mail of 25 MB, and at most while it passes."""
    Path(f"/proc/{server}/clear_refs").write_text("5")  # the high-water mark begins anew (proc(5))
    before = megabytes(server, "VmRSS")
    mail = mails.new_mail(random.randrange(10**6, 10**7), LARGE)
    took = clients.milliseconds(
        lambda: clients.send(settings.SMTP_PORT, [("large@bench.example", mail)], mails.SUPPORT)
    )
    return {"before_mb": before, "peak_mb": megabytes(server, "VmHWM"), "seconds": round(took / 1000, 2)}


def megabytes(pid: int, name: str) -> float:
    """VmRSS (resident now) or VmHWM (at most) of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    line = next(line for line in lines if line.startswith(name))
    return round(int(line.split()[1]) / 1024, 1)
