"""`make bench`: the workload on SQLite, and on PostgreSQL with Redis; prints one JSON object of figures.

`--tickets N` fills a smaller store, to try the bench itself; figures are stated for 100,000.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests import servers

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    figures: dict[str, Any] = {"tickets": options.tickets, "cores": os.cpu_count()}
    figures["reading"] = in_a_process_of_its_own({}, "tests.bench.reading")
    if options.only != "postgresql":
        figures["sqlite"] = round_on({}, options.tickets)
    if options.only != "sqlite":
        if servers.postgresql_binaries() and servers.redis_binary():
            with ExitStack() as stack:
                database, redis = stack.enter_context(servers.postgresql()), stack.enter_context(servers.redis())
                figures["postgresql"] = round_on({"DATABASE_URL": database, "REDIS_URL": redis}, options.tickets)
        else:
            figures["postgresql"] = "PostgreSQL or Redis is not installed"
    print(json.dumps(figures, indent=2))


def round_on(environment: dict[str, str], tickets: int) -> dict[str, Any]:
    return in_a_process_of_its_own(environment, "tests.bench.round", str(tickets))


def in_a_process_of_its_own(environment: dict[str, str], *module: str) -> dict[str, Any]:
    """What a module of the bench prints, run so that each database gets settings of its own."""
    with tempfile.TemporaryDirectory(prefix="kintsugi-bench-") as folder:
        own = {**os.environ, "VAR_DIR": folder, "PORT": str(servers.free_port()), "SMTP_PORT": str(servers.free_port())}
        command = [sys.executable, "-m", *module]
        with subprocess.Popen(command, cwd=ROOT, env=own | environment, stdout=subprocess.PIPE, text=True) as process:
            try:
                printed, _ = process.communicate()
            except BaseException:
                process.terminate()  # not killed: it ends what it has started
                raise
        if process.returncode:
            sys.exit(process.returncode)
        return dict(json.loads(printed))


if __name__ == "__main__":
    main()
