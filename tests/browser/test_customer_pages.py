"""The customers' pages in Chromium: with and without scripts, wide and narrow, and in reach of everybody."""

import os
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.cast import assemble, complaint, participant, reply
from tickets import tokens
from tickets.models import Ticket
from tickets.tokens import Purpose

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed."),
    pytest.mark.django_db(transaction=True),
]
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in this thread; the tests do not use it
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def visit(browser: Browser, width: int = 1280, **options: object) -> BrowserContext:
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    return context


def fill(page: Page, files: list[Path]) -> None:
    page.fill("[name=text]", "The pole snapped on the first night.")
    page.fill("[name=name]", "Nora Whitcombe")
    page.fill("[name=email]", "nora@whitcombe.example")
    page.set_input_files("[name=files]", [str(file) for file in files])


def photo(folder: Path, name: str) -> Path:
    data = BytesIO()
    Image.new("RGB", (40, 30), name.partition(".")[0]).save(data, "PNG")
    (folder / name).write_bytes(data.getvalue())
    return folder / name


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [fault["id"] for fault in found if fault["impact"] in SERIOUS]


def is_too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def test_it_takes_a_complaint_with_two_photos_without_scripts(
    browser: Browser, live_server: object, tmp_path: Path
) -> None:
    assemble()
    page = visit(browser, 390, java_script_enabled=False).new_page()
    page.goto(f"{live_server}/")
    fill(page, [photo(tmp_path, "red.png"), photo(tmp_path, "blue.png")])
    page.click("button")
    assert page.locator("h1").inner_text().startswith("We have it. Your number is")
    assert Ticket.objects.get().attachments.count() == 2


def test_files_are_listed_gathered_and_removed_before_they_are_sent(
    browser: Browser, live_server: object, tmp_path: Path
) -> None:
    assemble()
    page = visit(browser).new_page()
    page.goto(f"{live_server}/")
    fill(page, [photo(tmp_path, "red.png")])
    page.set_input_files("[name=files]", [str(photo(tmp_path, "blue.png")), str(photo(tmp_path, "green.png"))])
    page.get_by_role("button", name="Remove blue.png").click()
    assert page.locator(".files li").all_inner_texts()[0].startswith("red.png")
    page.get_by_role("button", name="Send to").click()
    page.wait_for_url("**/thanks/**")
    assert [file.filename for file in Ticket.objects.get().attachments.all()] == ["red.png", "green.png"]


def test_an_open_page_says_that_something_new_was_said_and_keeps_what_is_typed(
    browser: Browser, live_server: object
) -> None:
    cast = assemble()
    ticket = complaint(cast)
    page = visit(browser).new_page()
    page.clock.install()
    page.goto(f"{live_server}/t/{tokens.make(participant(ticket), Purpose.PAGE)}/")
    page.fill("textarea", "I was writing")
    reply(ticket, "I am looking for it now.", cast.ana)
    page.clock.run_for(20_000)
    page.get_by_role("link", name="Show it").click()
    page.get_by_text("I am looking for it now.").wait_for()
    assert page.locator("textarea").input_value() == "I was writing"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_in_reach_of_everybody(browser: Browser, live_server: object, width: int, scheme: str) -> None:
    cast = assemble()
    ticket = complaint(cast)
    reply(ticket, "It is with you tomorrow.", cast.ana, then="resolved")
    link = f"/t/{tokens.make(participant(ticket), Purpose.PAGE)}/"
    page = visit(browser, width, color_scheme=scheme).new_page()
    for address in ("/", link, f"{link}link/", "/link/", "/link/sent/", "/t/none/"):
        page.goto(f"{live_server}{address}")
        assert (address, faults(page), is_too_wide(page)) == (address, [], False)


def test_a_form_that_failed_is_in_reach_too_and_its_summary_has_the_focus(
    browser: Browser, live_server: object
) -> None:
    assemble()
    page = visit(browser, 390).new_page()
    page.goto(f"{live_server}/")
    fill(page, [])
    page.fill("[name=email]", "nora@whitcombe")
    page.get_by_role("button", name="Send to").click()
    assert "This is not an email address" in page.locator(":focus").inner_text()
    assert (faults(page), is_too_wide(page)) == ([], False)
