"""One Chromium and one open shop for all tests of a process."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.shop import Shop, furnish, open_shop

CHROMIUM = shutil.which("chromium")
# The pages behind Chromium's own address bar, which nobody sees, cost more than most of ours. This list takes the place of
# Playwright's, whose names follow.
SWITCHED_OFF = """
WebUIOmniboxPopup WebUIOmniboxAimPopup
AimEnabled AvoidCorsURLLoaderRestartOnRedirect AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose
HttpsFirstBalancedModeAutoEnable HttpsUpgrades LensOverlay MediaRouter NetworkTimeServiceQuerying OptimizationHints
PaintHolding PreconnectToSearch ThirdPartyStoragePartitioning
""".split()
LONGEST = 30_000  # milliseconds in which a screen shows what is expected; a test is no stopwatch


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if CHROMIUM is None and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed."))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in this thread; the tests do not use it
    expect.set_options(timeout=LONGEST)
    with sync_playwright() as playwright:
        switches = ["--no-sandbox", f"--disable-features={','.join(SWITCHED_OFF)}"]
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=switches)
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def closed_screens(browser: Browser) -> Iterator[None]:
    """What a test opened is closed after it, so that no page goes on asking."""
    yield
    for context in browser.contexts:
        context.close()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as it is at first, for all test processes of a run."""
    own = tmp_path_factory.getbasetemp()
    return furnish((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "furnished")


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory, furnished: Path) -> Iterator[Shop]:
    with open_shop(tmp_path_factory.mktemp("shop"), furnished) as shop:
        yield shop
