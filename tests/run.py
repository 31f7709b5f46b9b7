"""All tests, as `make test` runs them: on SQLite, on PostgreSQL and Redis where they are installed, and in a browser.

`python -m tests.run`; with KINTSUGI_TEST_ALL=1 (as in CI) a part that cannot run is a failure, not a line.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests import servers

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [
    sys.executable,
    "-m",
    "pytest",
    "-q",
    "-p",
    "no:cacheprovider",
    "--dist",
    "loadfile",
    "--no-loadscope-reorder",
    "-n",
    "2",
]
BROWSER = "tests/browser"


def main() -> int:
    began = time.monotonic()
    parts = [on_sqlite(), on_real_servers(), in_a_browser(), of_the_desk()]
    print(f"All of it took {time.monotonic() - began:.0f} s.")
    return max(parts)


def on_sqlite() -> int:
    title("On SQLite")
    return pytest({}, "tests", f"--ignore={BROWSER}")


def on_real_servers() -> int:
    title("On PostgreSQL and Redis")
    missing = [
        name
        for name, found in (("PostgreSQL", servers.postgresql_binaries()), ("Redis", servers.redis_binary()))
        if not found
    ]
    if missing:
        return skipped(f"{' and '.join(missing)} not installed, so nothing was tried on real servers.")
    with ExitStack() as stack:
        real = {
            "DATABASE_URL": stack.enter_context(servers.postgresql()),
            "REDIS_URL": stack.enter_context(servers.redis()),
        }
        return pytest(real, "tests", f"--ignore={BROWSER}", "-m", "not sqlite_only")


def in_a_browser() -> int:
    title("In a browser")
    if not shutil.which("chromium"):
        return skipped("Chromium is not installed, so no screen was looked at.")
    return pytest({}, BROWSER, "--dist", "worksteal")  # whoever is done takes tests of the other's longest file


def of_the_desk() -> int:
    title("The desk's own parts")
    return subprocess.run(
        ["npm", "test", "--silent"], cwd=ROOT / "frontend", env=desk_environment(), check=False
    ).returncode


def desk_environment() -> dict[str, str]:
    """The environment in which npm is found: the machine's, or the one in the virtual environment."""
    return {**os.environ, "PATH": f"{os.environ['PATH']}{os.pathsep}{Path(sys.executable).parent}"}


def pytest(environment: dict[str, str], *arguments: str) -> int:
    with tempfile.TemporaryDirectory(prefix="kintsugi-test-") as folder:
        own = {**os.environ, "VAR_DIR": folder, **environment}
        return subprocess.run([*PYTEST, *arguments], cwd=ROOT, env=own, check=False).returncode


def skipped(why: str) -> int:
    print(f"Skipped: {why}", flush=True)
    return int(os.environ.get("KINTSUGI_TEST_ALL") == "1")


def title(words: str) -> None:
    print(f"\n{words}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
