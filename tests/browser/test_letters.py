"""Letters and holding updates, as people meet them on the desk."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.colleague import Colleague, signed_in
from tests.browser.customer import Customer
from tests.browser.looking import faults, is_too_wide, visit
from tests.browser.shop import Shop

UPSET = "My parcel has been on its way for nine days and nobody answers. Where is it?"


@pytest.fixture
def sam(shop: Shop, browser: Browser) -> Colleague:
    return Colleague(shop, signed_in(shop, visit(browser, 1280), "sam").new_page())


@pytest.fixture
def ana(shop: Shop, browser: Browser) -> Colleague:
    return Colleague(shop, signed_in(shop, visit(browser, 1280), "ana").new_page())


@pytest.fixture
def screen(browser: Browser) -> Page:
    return visit(browser, 390).new_page()


def test_sam_rewords_a_letter_and_ana_sends_it(shop: Shop, screen: Page, sam: Colleague, ana: Colleague) -> None:
    """What is wrong is named with its line and cannot be saved; what is right stands in the next mail."""
    sam.opens("settings/letters")
    sam.page.get_by_role("navigation", name="Letters").get_by_role("button", name="Holding update").click()
    letter, save = sam.page.get_by_role("textbox", name="Letter"), sam.page.get_by_role("button", name="Save")
    letter.fill("{greeting}\n\nNews by {news_bye}: {page}")
    wrong = sam.page.get_by_text("Line 3: There is no {news_bye} in this letter; {news_by} is meant, perhaps.")
    expect(wrong).to_be_visible()
    expect(save).to_be_disabled()
    letter.fill("{greeting}\n\nStill at it, every day. News by {news_by}: {page}")
    shown = sam.page.frame_locator("iframe").get_by_text("Still at it, every day. News by Friday 15 May, 17:00")
    expect(shown).to_be_visible()
    save.click()
    expect(sam.page.get_by_text("Saved. The next mail is written with these words.")).to_be_visible()

    customer = Customer(shop, screen, "Olga Marsh")
    ana.opens("view/all_open")
    ana.opens_ticket(customer.complains(UPSET))
    ana.page.get_by_role("button", name="More", exact=True).click()
    ana.page.get_by_role("menuitem", name="Send a holding update").click()
    dialog = ana.page.get_by_role("dialog", name="Send a holding update")
    expect(dialog.get_by_text("The letter names the time: by")).to_be_visible()
    assert (faults(ana.page), is_too_wide(ana.page)) == ([], False)
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(ana.conversation).to_contain_text("wrote that there is news by")
    customer.is_mailed("Still at it, every day.")

    sam.page.get_by_role("button", name="Use the shipped words").click()
    expect(sam.page.get_by_text("The words that come with Kintsugi hold again.")).to_be_visible()
    sam.page.get_by_text("1 version").click()
    expect(sam.page.get_by_role("button", name="Take the words of Sam")).to_be_visible()
