"""Reading words knows no database, so it is tried once and not on each."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        asks_rows = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames)  # type: ignore[attr-defined]
        if item.path.is_relative_to(HERE) and not asks_rows:
            item.add_marker(pytest.mark.sqlite_only)
