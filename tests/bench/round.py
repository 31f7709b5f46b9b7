"""One round of the bench on the database that the environment names: `python -m tests.bench.round TICKETS`."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
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
    tickets = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    long_one = store.fill(tickets, min(DUE, tickets // 10), timezone.now())
    figures: dict[str, Any] = {"sweep": sweep()}
    connections.close_all()
    with mailing.serving(settings.PORT, settings.SMTP_PORT) as server:
        figures |= reading(tickets, long_one)
        note(f"taking {mailing.MAILS} new mails, then a reply to each")
        figures |= mailing.mailing(server.pid)
        figures |= broadcasting(server.pid)
        figures["memory_mb"] = mailing.megabytes(server.pid, "VmRSS")
    print(json.dumps(figures))


def note(words: str) -> None:
    print(f"  {words}", file=sys.stderr, flush=True)


def sweep() -> dict[str, Any]:
    """All that is due of every kind, once; then what a look at nothing due costs."""
    note("sweeping what is due")
    connection.force_debug_cursor = True
    reset_queries()
    began = time.perf_counter()
    now, done = timezone.now(), 0
    while count := due_work.do("clocks", now):
        done += count
    seconds, queries = time.perf_counter() - began, len(connection.queries_log)
    reset_queries()
    idle = [clients.milliseconds(lambda: due_work.do("clocks", now)) for _ in range(20)]
    idle_queries = len(connection.queries_log) / len(idle)
    connection.force_debug_cursor = False
    return {
        "due": done,
        "seconds": round(seconds, 2),
        "queries": queries,
        "nothing_due_ms": round(sorted(idle)[10], 2),
        "nothing_due_queries": idle_queries,
    }


def desk() -> clients.Desk:
    return clients.Desk(settings.PORT, "ana@kintsugi.example", store.PASSWORD)


def reading(tickets: int, long_one: int) -> dict[str, Any]:
    note("reading lists, tickets, searches and counts")
    ana = desk()
    page = [f"/api/tickets/{long_one}/", f"/api/tickets/{long_one}/timeline/"]
    path = "/api/tickets/?view=all_open&team=1"
    return {
        "list_ms": clients.repeated(lambda: ana.ask("GET", path), 60),
        "list_4_clients_ms": clients.by_clients([desk() for _ in range(4)], path, 40),
        "ticket_ms": clients.repeated(lambda: [ana.ask("GET", one) for one in page], 60),
        "search_rare_ms": clients.repeated(lambda: ana.ask("GET", f"/api/tickets/?q={store.RARE}"), 40),
        "search_common_ms": clients.repeated(lambda: ana.ask("GET", f"/api/tickets/?q={store.COMMON}"), 40),
        "counts_ms": clients.repeated(lambda: ana.ask("GET", "/api/counts/"), 40),
        "create_ms": clients.repeated(lambda: create(ana), 40),
    }


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
