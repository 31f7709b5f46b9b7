"""What every test stands on: a database of its own process, frozen time where asked for, and the cast."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.db import connections
from pytest_django import Settings

from tests.cast import NOW, Cast, assemble


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Each run has its own database: a file on SQLite (as in life, with WAL and real locks), a name on PostgreSQL."""
    settings = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        settings["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        settings["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"  # no test pulls the plug of the machine
    else:
        settings["TEST"]["NAME"] = f"test_kintsugi_{os.getpid()}"


@pytest.fixture(autouse=True)
def rooms_of_its_own(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Files, outgoing mail and counters of one test are no other's; passwords are hashed quickly."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """The clock stands at NOW until the test moves it."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()
