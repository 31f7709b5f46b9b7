"""What every test stands on: a database of its own process, frozen time where asked for, and the cast."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from pytest_django import DjangoDbBlocker, Settings

from config.celery import waker
from tests.cast import NOW, Cast, assemble
from tickets.live import nudging
from tickets.models import Template, TemplateVersion
from tickets.models.kept import forget_all

TESTS = Path(__file__).parent
# Here what asks for no rows asks no Redis either, so it is tried once and not on each database.
PURE = {
    TESTS / room for room in ("escalation", "tickets/assistant", "tickets/empathy", "tickets/letters", "tickets/mail")
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What really commits is emptied table by table after the test, and with that what hangs on them.

    On PostgreSQL the table of the search hangs on the tickets, and no model names it: with the apps named, it cascades.
    """
    # What takes longest begins first, so that the other core has all the rest to do meanwhile.
    items.sort(key=lambda item: "processes" not in item.path.parts)
    for item in items:
        marker = item.get_closest_marker("django_db")
        asks_rows = marker or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        if not asks_rows and not PURE.isdisjoint(item.path.parents):
            item.add_marker(pytest.mark.sqlite_only)
        commits = "transactional_db" in getattr(item, "fixturenames", ()) or (
            marker and marker.kwargs.get("transaction")
        )
        if commits:
            item.add_marker(
                pytest.mark.django_db(transaction=True, available_apps=settings.INSTALLED_APPS), append=False
            )
            item.fixturenames.insert(0, "guides_return")  # type: ignore[attr-defined]


def pytest_configure(config: pytest.Config) -> None:
    """On Redis each worker counts in a database of its own, which it may empty; and nobody is woken by a test's commits."""
    if settings.REDIS_URL:
        nudging.forget(waker.hear)
        number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
        settings.CACHES["default"]["LOCATION"] = f"{settings.REDIS_URL.rpartition('/')[0]}/{number}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Each run has its own database: a file on SQLite (as in life, with WAL and real locks), a name on PostgreSQL."""
    database = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"  # no test pulls the plug of the machine
    else:
        database["TEST"]["NAME"] = f"test_kintsugi_{os.getpid()}"


@pytest.fixture(scope="session")
def guides(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> tuple[list[Template], list[TemplateVersion]]:
    """The guided replies that the migrations brought, as rows."""
    with django_db_blocker.unblock():
        return list(Template.objects.all()), list(TemplateVersion.objects.all())


@pytest.fixture
def guides_return(
    guides: tuple[list[Template], list[TemplateVersion]], django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """They are there again, once a test that commits is cleared away; to read their files each time would take longer."""
    yield
    with django_db_blocker.unblock():
        Template.objects.bulk_create(guides[0])
        TemplateVersion.objects.bulk_create(guides[1])


@pytest.fixture(autouse=True)
def rooms_of_its_own(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Files, outgoing mail and counters of one test are no other's; passwords are hashed quickly.

    Static files are looked for when they are asked for: each new client would read all of the desk's for itself.
    """
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    forget_all()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def an_emptied_search(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What really commits leaves its search entries behind, since no model names their table."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
            cursor.execute("DELETE FROM tickets_search")


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
