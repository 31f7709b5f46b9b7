"""Every page of the house, wide and narrow, light and dark: axe finds no serious fault on it, and it fits its screen."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.colleague import Colleague, signed_in
from tests.browser.customer import Customer
from tests.browser.looking import expect_in_reach, visit
from tests.browser.shop import Shop
from tests.servers import until
from tests.story import letter

UPSET = "My parcel has been on its way for nine days and nobody answers. I am angry. Where is it?"
WIDTHS = {"wide": 1280, "narrow": 390}


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    return WIDTHS[request.param]


@pytest.fixture
def context(browser: Browser, width: int) -> BrowserContext:
    """Without motion, so that no colour is looked at on its way."""
    return visit(browser, width, reduced_motion="reduce")


@pytest.fixture
def lee(shop: Shop, context: BrowserContext) -> Colleague:
    return Colleague(shop, signed_in(shop, context, "lee").new_page())


def test_the_door_and_what_it_says_to_a_wrong_password(shop: Shop, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{shop.url}/desk/")
    expect(page.get_by_label("Password")).to_be_visible()
    expect_in_reach(page, "the door")
    page.get_by_label("Email").fill("nobody@kintsugi.example")
    page.get_by_label("Password").fill("a wrong one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).not_to_be_empty()
    expect_in_reach(page, "a wrong password")


def test_the_desk_from_the_list_to_the_note(shop: Shop, context: BrowserContext, lee: Colleague, width: int) -> None:
    number = Customer(shop, context.new_page(), f"Una Berg {width}").complains(UPSET)
    lee.opens("view/all_open")
    expect(lee.row(number)).to_be_visible()
    expect_in_reach(lee.page, "the list")
    lee.page.keyboard.press("?")
    expect(lee.page.get_by_role("dialog", name="All keys")).to_be_visible()
    expect_in_reach(lee.page, "all keys")
    lee.page.keyboard.press("Escape")
    lee.opens_ticket(number)
    expect(lee.conversation).to_contain_text(UPSET)
    expect_in_reach(lee.page, "the ticket")
    lee.opens_the_templates()
    expect_in_reach(lee.page, "the templates")
    lee.page.keyboard.press("ArrowDown")
    expect(lee.page.get_by_role("menuitem").first).to_be_focused()
    lee.page.get_by_role("menuitem", name="Late, and still on its way").click()
    expect_in_reach(lee.page, "a reply with open slots")
    lee.composer.get_by_role("tab", name="Note").click()
    lee.text.fill("The courier has it back. @")
    expect_in_reach(lee.page, "a note")


def test_what_a_customer_is_unhappy_with_after_closing(lee: Colleague) -> None:
    """In the list that the floor leads to, in the conversation, and in their panel."""
    lee.opens("floor")
    lee.page.get_by_role("link", name="They rate us").click()
    lee.page.get_by_role("link", name="Bryn Hughes").first.click()
    expect(lee.conversation).to_contain_text("Bryn Hughes rated this 2 of 5")
    expect(lee.conversation).to_contain_text("At the till nobody wanted to walk to the shelf and look.")
    expect_in_reach(lee.page, "a low rating")
    lee.opens_the_panel()
    expect(lee.page.get_by_role("complementary", name="Customer")).to_contain_text("How we handled it")
    expect_in_reach(lee.page, "the rating in the panel")


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("floor", "Floor"),
        ("settings/targets", "Targets"),
        ("settings/letters", "Letters"),
        ("settings/templates", "Templates"),
        ("undelivered", "Undelivered"),
        ("mailboxes-not-read", "Mailboxes not read"),
        ("nothing/here", "Not found"),
    ],
)
def test_the_other_screens_of_the_desk(lee: Colleague, address: str, heading: str) -> None:
    lee.opens(address)
    expect(lee.page.get_by_role("heading", name=heading, level=1)).to_be_attached()
    expect(lee.page.get_by_label(re.compile("^(Reading|Loading)"))).to_have_count(0)
    expect_in_reach(lee.page, address)


@pytest.mark.parametrize(
    ("address", "heading"), [("settings/mailboxes", "Mailboxes"), ("settings/rules", "Reply rules")]
)
def test_what_administrators_alone_set(shop: Shop, context: BrowserContext, address: str, heading: str) -> None:
    sam = Colleague(shop, signed_in(shop, context, "sam").new_page())
    sam.opens(address)
    expect(sam.page.get_by_role("heading", name=heading, level=1)).to_be_attached()
    expect(sam.page.get_by_label(re.compile("^Reading"))).to_have_count(0)
    expect_in_reach(sam.page, address)


def test_held_mail_and_what_is_in_it(shop: Shop, lee: Colleague, width: int) -> None:
    """A stranger writes to an address that is somebody else's alone, so that it is held."""
    customer = f"ida{width}@frost.example"
    shop.post.brings(letter(f"Ida Frost <{customer}>", "My stove", UPSET, Message_ID=f"<{customer}>"))
    until(lambda: bool(shop.outbox.to(customer)), "no acknowledgement came")
    theirs = str(shop.outbox.one(customer)["Reply-To"])
    stranger = f"otto{width}@elsewhere.example"
    shop.post.brings(letter(stranger, "Re: My stove", "I am her husband.", theirs, Message_ID=f"<{stranger}>"))
    lee.opens("quarantine")
    lee.page.get_by_role("button", name=stranger).click()
    expect(lee.page.get_by_role("button", name="Release as a new ticket")).to_be_visible()
    expect(lee.page.get_by_text("I am her husband.")).to_be_visible()
    expect_in_reach(lee.page, "held mail")


def test_what_the_customer_sees(shop: Shop, context: BrowserContext, width: int) -> None:
    """The form, the thanks, and their page."""
    customer = Customer(shop, context.new_page(), f"Pia Lund {width}")
    customer.page.goto(f"{shop.url}/")
    expect_in_reach(customer.page, "the form")
    customer.complains(UPSET)
    expect_in_reach(customer.page, "the thanks")
    customer.opens_the_link_of(customer.is_mailed("We have your complaint"))
    expect_in_reach(customer.page, "their page")
