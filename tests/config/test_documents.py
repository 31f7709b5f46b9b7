"""What the documents name is what there is: each setting of the environment, each piece of data that others made."""

import ast
import gzip
from pathlib import Path

import pytest

from config.settings import PROVIDERS

ROOT = Path(__file__).resolve().parents[2]
RUNNING = (ROOT / "docs" / "running.md").read_text()
NOTICE = (ROOT / "NOTICE").read_text()
EMPATHY = ROOT / "tickets" / "empathy"


def read_from_the_environment() -> set[str]:
    """The names that settings.py and environment.py hand to their readers."""
    called = (
        node
        for file in ("settings.py", "environment.py")
        for node in ast.walk(ast.parse((ROOT / "config" / file).read_text()))
        if isinstance(node, ast.Call)
    )
    given = (argument for call in called for argument in call.args if isinstance(argument, ast.Constant))
    return {str(one.value) for one in given if str(one.value).isupper() and str(one.value).isidentifier()}


def test_every_setting_stands_in_the_document() -> None:
    names = read_from_the_environment()
    assert {"PORT", "DATABASE_URL", "DKIM_SELECTOR", "ASSISTANT_MODEL"} <= names
    assert sorted(name for name in names if f"`{name}`" not in RUNNING) == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_providers_secret_stands_in_the_document(provider: str) -> None:
    assert f"`{provider.upper()}_" in RUNNING


def test_data_that_others_made_stands_in_the_notice() -> None:
    """Each table of texts says in each row where it is from; each list of rated words says in its first line whose it is."""
    tables = sorted((EMPATHY / "training_data").rglob("*.tsv.gz"))
    others = [table for table in tables if b"\town_" not in gzip.decompress(table.read_bytes())]
    lists = [path for path in (EMPATHY / "data").rglob("*.tsv") if "NOTICE" in path.read_text().splitlines()[0]]
    assert len(others) == 4 and len(lists) == 2
    assert [path.name for path in others + lists if str(path.relative_to(ROOT)) not in NOTICE] == []
