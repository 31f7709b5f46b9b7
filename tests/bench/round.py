"""One round of the bench on the database that the environment names: `python -m tests.bench.round TICKETS`."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402 (Django must be set up before its models are imported)
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, reset_queries  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.bench import clients, mailing, mails, store  # noqa: E402
from tickets import due_work  # noqa: E402

DUE, SOCKETS, ROUNDS = 1_000, 1_000, 40


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    tickets = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    long_one = store.fill(tickets, min(DUE, tickets // 10), timezone.now())
    figures: dict[str, Any] = {"sweep": sweep()}
    settle()
    connections.close_all()
    with mailing.serving(settings.PORT, settings.SMTP_PORT) as server:
        figures |= reading(server.pid, long_one)
        note(f"taking {mailing.MAILS} new mails, then a reply to each")
        figures |= mailing.mailing(server.pid)
        figures |= broadcasting(server.pid)
        figures["memory_mb"] = mailing.megabytes(server.pid, "VmRSS")
    print(json.dumps(figures))


def note(words: str) -> None:
    print(f"  {words}", file=sys.stderr, flush=True)


def sweep() -> dict[str, Any]:
    """The tickets that are due: their escalation, its record, the notice; then what a look at nothing due costs."""
    note("sweeping what is due")
    now = timezone.now()
    connection.force_debug_cursor = True
    reset_queries()
    began, busy = time.perf_counter(), time.process_time()
    figures: dict[str, Any] = {"due": all_of("clocks", now), "told": all_of("escalations", now)}
    figures |= {"seconds": round(time.perf_counter() - began, 2), "cpu_seconds": round(time.process_time() - busy, 2)}
    figures["queries"] = len(connection.queries_log)
    reset_queries()
    idle = [clients.milliseconds(lambda: due_work.do("clocks", now)) for _ in range(20)]
    figures["nothing_due_ms"] = round(sorted(idle)[10], 2)
    figures["nothing_due_queries"] = len(connection.queries_log) / len(idle)
    connection.force_debug_cursor = False
    return figures


def all_of(kind: str, now: datetime) -> int:
    """Do all that is due of a kind; how many that was."""
    done = 0
    while count := due_work.do(kind, now):
        done += count
    return done


def settle() -> None:
    """Do what came of the sweep, so that no mail leaves while lists are measured."""
    note("sending the notices")
    for kind in due_work.kinds:
        all_of(kind, timezone.now())


def desk() -> clients.Desk:
    return clients.Desk(settings.PORT, "ana@kintsugi.example", store.PASSWORD)


def reading(server: int, long_one: int) -> dict[str, Any]:
    """Milliseconds on the wall, and of the server's processor time for each."""
    note("reading lists, tickets, searches and counts")
    ana = desk()
    path = "/api/tickets/?view=all_open&team=1"
    asked = {
        "list_ms": [path],
        "ticket_ms": [f"/api/tickets/{long_one}/", f"/api/tickets/{long_one}/timeline/"],
        "search_rare_ms": [f"/api/tickets/?q={store.RARE}"],
        "search_common_ms": [f"/api/tickets/?q={store.COMMON}"],
        "counts_ms": ["/api/counts/"],
    }
    acts = {name: partial(in_turn, ana, paths) for name, paths in asked.items()}
    figures = {name: measured(server, act) for name, act in [*acts.items(), ("create_ms", partial(create, ana))]}
    return figures | {"list_4_clients_ms": clients.by_clients([desk() for _ in range(4)], path, 40)}


def in_turn(ana: clients.Desk, paths: Sequence[str]) -> None:
    for path in paths:
        ana.ask("GET", path)


def measured(server: int, act: Callable[[], object], times: int = 60) -> dict[str, float]:
    for _ in range(3):
        act()
    busy = cpu_seconds(server)
    spread = clients.p50_p95(clients.milliseconds(act) for _ in range(times))
    return spread | {"cpu": round((cpu_seconds(server) - busy) * 1000 / times, 1)}


def create(ana: clients.Desk) -> None:
    number = time.perf_counter_ns()
    customer = {"name": f"Person {number}", "email": f"{number}@create.example"}
    text = " ".join(mails.paragraphs(number, 1, 80))[:480]
    ana.ask(
        "POST", "/api/tickets/", {"customer": customer, "team": 1, "subject": "A tent", "text": text, "as_note": True}
    )


def broadcasting(server: int) -> dict[str, Any]:
    """One change, a thousand open lists: from the time of its event until the last of them has heard.

    The processor time of a broadcast is that of the same changes with the sockets less that without them.
    """
    note(f"telling {SOCKETS} sockets of {ROUNDS} changes")
    ana = desk()
    alone = changes(ana, server, lambda: None)
    cookie = f"sessionid={ana.cookies['sessionid']}"
    command = [sys.executable, "-m", "tests.bench.sockets", str(settings.PORT), cookie, "queue:2", str(SOCKETS)]
    listening = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        heard = listening.stdout
        assert heard and heard.readline().strip() == "ready"
        times: list[float] = []
        together = changes(ana, server, lambda: times.append(json.loads(heard.readline())["last_ms"]))
    finally:
        listening.terminate()
        listening.wait(20)
    ordered = sorted(times)
    spread = {"p50": round(ordered[ROUNDS // 2], 1), "worst": round(ordered[-1], 1)}
    return {"sockets": SOCKETS, "last_socket_ms": spread, "cpu_per_broadcast_ms": round(together - alone, 1)}


def changes(ana: clients.Desk, server: int, heard: Callable[[], object]) -> float:
    """Milliseconds of the server's processor time for one change, over ROUNDS of them a tenth of a second apart."""
    before = cpu_seconds(server)
    for turn in range(ROUNDS):
        ana.ask("POST", "/api/tickets/1/priority/", {"priority": ["high", "low"][turn % 2]})
        heard()
        time.sleep(0.1)
    return (cpu_seconds(server) - before) * 1000 / ROUNDS


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
