"""A larger model, where one is plugged in: its words land in the draft, are checked there, and take no place unasked."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.colleague import Colleague, signed_in
from tests.browser.customer import Customer
from tests.browser.looking import faults, is_too_wide, visit
from tests.browser.shop import Shop, open_shop
from tests.stand_in import KEY, MODEL, StandIn, stand_in

UPSET = "I paid for the Harrow tent on 2 May and nothing has come. I am furious. Where is my tent?"
SUGGESTED = "Hi {name},\n\nYou failed to give us your address, so nothing has come by {date}.\n\n{owner}"
MINE = "Hi Nora, you failed to tell us where you live."
BETTER = "We never asked where you live."
BUTTON = "Suggest a draft"


@pytest.fixture(scope="module")
def server() -> Iterator[StandIn]:
    with stand_in() as server:
        yield server


@pytest.fixture(scope="module")
def assisted(server: StandIn, furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop of its own, since a house plugs an assistant in when it starts."""
    plugged_in = {"ASSISTANT_URL": server.url, "ASSISTANT_KEY": KEY, "ASSISTANT_MODEL": MODEL}
    with open_shop(tmp_path_factory.mktemp("assisted"), furnished, **plugged_in) as shop:
        yield shop


def writing(shop: Shop, browser: Browser, width: int = 1280) -> Colleague:
    """Ana before an empty reply to a complaint of its own."""
    number = Customer(shop, visit(browser, width).new_page(), f"Nora Whitcombe{width}").complains(UPSET)
    context = visit(browser, width, reduced_motion="reduce")
    ana = Colleague(shop, signed_in(shop, context, "ana").new_page())
    ana.opens(f"tickets/{number}")
    ana.begins_to_write()
    ana.opens_the_guide()
    return ana


@pytest.fixture(params=[1280, 390], ids=["wide", "narrow"])
def ana(assisted: Shop, server: StandIn, browser: Browser, request: pytest.FixtureRequest) -> Colleague:
    server.asked.clear()
    server.status, server.waits = 200, None
    server.says(SUGGESTED)
    return writing(assisted, browser, request.param)


def button(ana: Colleague) -> Locator:
    """At the top of a wide composer, among the tools of a narrow one."""
    return ana.composer.get_by_role("button", name=BUTTON).filter(visible=True)


def marked(ana: Colleague) -> Locator:
    return ana.composer.locator(".textbox__back .found--error")


def test_without_one_there_is_no_button_and_no_key(shop: Shop, browser: Browser) -> None:
    ana = writing(shop, browser)
    expect(ana.composer.get_by_role("button", name="Template", exact=True)).to_be_visible()
    expect(ana.composer.get_by_role("button", name=BUTTON)).to_have_count(0)
    ana.text.press("Alt+w")
    ana.text.fill(MINE)
    expect(marked(ana)).to_have_count(1)
    expect(ana.guide.get_by_role("button", name="Rewrite", exact=True)).to_have_count(0)
    expect(ana.composer.get_by_text("The assistant")).to_have_count(0)


def test_its_words_fill_an_empty_draft_and_are_checked_there(ana: Colleague, server: StandIn) -> None:
    """By keyboard; what it could not know is left open, and nothing is sent."""
    ana.text.press("Alt+w")
    expect(ana.text).to_have_value(re.compile(r"^Hi Nora,\n\nYou failed .* by \{date\}\.\n\nAna Lima$"))
    expect(marked(ana)).to_have_text(["You failed to give", "{date}"])
    expect(ana.guide.get_by_role("textbox", name="Date")).to_be_visible()
    expect(ana.composer.get_by_role("status").filter(has_text="The assistant wrote this")).to_be_visible()
    expect(ana.leaving).to_have_count(0)
    assert "Customer: I paid for the Harrow tent" in server.heard
    assert (faults(ana.page), is_too_wide(ana.page)) == ([], False)
    ana.text.fill("")
    expect(ana.composer.get_by_text("The assistant wrote this")).to_have_count(0)


def test_words_typed_are_never_overwritten(ana: Colleague, server: StandIn) -> None:
    """Also not those that are typed while it writes: its own stand beside until they are taken."""
    server.waits = threading.Event()
    button(ana).click()
    expect(ana.composer.get_by_role("status").filter(has_text="The assistant is writing")).to_be_visible()
    ana.text.press_sequentially("Mine.")
    server.waits.set()
    expect(ana.composer.get_by_text("The assistant suggests this")).to_be_visible()
    expect(ana.composer.get_by_text("The check finds in it: This puts the customer at fault")).to_be_visible()
    expect(ana.text).to_have_value("Mine.")
    assert (faults(ana.page), is_too_wide(ana.page)) == ([], False)
    take = ana.composer.get_by_role("button", name="Put it below mine")
    take.focus()
    take.press("Enter")
    expect(ana.text).to_have_value(re.compile(r"^Mine\.\n\nHi Nora,"))
    ana.page.keyboard.press("Control+z")
    expect(ana.text).to_have_value("Mine.")


def test_what_it_is_stopped_in_never_comes(ana: Colleague, server: StandIn) -> None:
    server.waits = threading.Event()
    button(ana).click()
    ana.composer.get_by_role("button", name="Stop").click()
    server.waits.set()
    expect(ana.composer.get_by_text("The assistant")).to_have_count(0)
    expect(ana.text).to_have_value("")
    server.waits, server.status = None, 429
    button(ana).click()
    expect(ana.composer.get_by_role("alert")).to_contain_text("asked too much at the moment")
    expect(ana.text).to_have_value("")


def test_a_finding_without_a_rewrite_gets_one_by_key(ana: Colleague, server: StandIn) -> None:
    ana.text.fill(MINE)
    expect(marked(ana)).to_have_count(1)
    ana.text.press("Control+Home")
    ana.page.keyboard.press("Alt+Enter")
    server.says(BETTER)
    ana.page.keyboard.press("Alt+r")
    expect(ana.guide.get_by_role("button", name=f"Use “{BETTER}”")).to_be_visible()
    expect(ana.text).to_have_value(MINE)
    assert (faults(ana.page), is_too_wide(ana.page)) == ([], False)
    ana.page.keyboard.press("Alt+Enter")
    expect(ana.text).to_have_value(BETTER)
    expect(marked(ana)).to_have_count(0)
    ana.page.keyboard.press("Control+z")
    expect(ana.text).to_have_value(MINE)


def test_a_rewrite_that_is_no_better_says_so(ana: Colleague, server: StandIn) -> None:
    ana.text.fill(MINE)
    server.says("You neglected to tell us where you live.")
    ana.guide.get_by_role("button", name="Rewrite", exact=True).first.click()
    expect(ana.guide.get_by_text("The check finds in it:")).to_be_visible()
    server.status = 401
    ana.text.fill("Hi Nora, you forgot to tell us where you live.")
    ana.guide.get_by_role("button", name="Rewrite", exact=True).first.click()
    expect(ana.guide.get_by_text("does not take our key")).to_be_visible()
