"""An administrator sets a mailbox: what is wrong is said in words, then its mail comes in, and its figures follow."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.colleague import Colleague, signed_in
from tests.browser.looking import expect_in_reach, visit
from tests.browser.shop import Shop
from tests.tickets.conftest import dovecot as dovecot  # fixtures of this module too
from tests.tickets.conftest import needs_dovecot as needs_dovecot
from tests.tickets.mail.imap.post_office import PostOffice, letter

WIDTHS = {"wide": 1280, "narrow": 390}
ADDRESS = "boots{width}@kintsugi.example"


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    return WIDTHS[request.param]


@pytest.fixture
def page(shop: Shop, browser: Browser, width: int) -> Iterator[Page]:
    sam = Colleague(shop, signed_in(shop, visit(browser, width, reduced_motion="reduce"), "sam").new_page())
    sam.opens("settings/mailboxes")
    yield sam.page
    sam.page.context.close()


def test_a_mailbox_is_set_tested_and_its_mail_comes_in(page: Page, dovecot: int, width: int) -> None:
    address = ADDRESS.format(width=width)
    office = PostOffice(dovecot, address)
    page.get_by_role("button", name="Add a mailbox").click()
    page.get_by_label("Address").fill(address)
    page.get_by_label("Name that customers see").fill("Fernhill Boots")
    page.get_by_role("textbox", name="Server").fill("no-such-host.invalid")
    page.get_by_role("textbox", name="User").fill(address)
    page.get_by_role("textbox", name="Password").fill("secret")
    page.get_by_role("button", name="Test").click()
    expect(page.get_by_text("The host “no-such-host.invalid” was not found.")).to_be_visible()
    expect_in_reach(page, "a mailbox that does not work")
    page.get_by_role("textbox", name="Server").fill("127.0.0.1")
    page.get_by_label("Encryption", exact=True).select_option("none")
    page.get_by_label("Port", exact=True).fill(str(dovecot))
    page.get_by_role("button", name="Test").click()
    expect(page.get_by_text("It works: there are 0 mails in “INBOX”.")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    mailbox = page.get_by_role("region", name=address)
    expect(mailbox.get_by_text(re.compile(r"Looked into \d+ s ago"))).to_be_visible(timeout=20_000)
    office.brings(letter(width))
    expect(mailbox.get_by_label("By IMAP")).to_contain_text("Fetched1", timeout=20_000)
    expect(mailbox.get_by_label("All its mail")).to_contain_text("New tickets1")
    expect_in_reach(page, "the mailboxes")
    mailbox.get_by_role("button", name="Change").click()
    expect(mailbox.get_by_role("textbox", name="Password")).to_be_empty()
    expect_in_reach(page, "a mailbox that is changed")


def add_brought(page: Page, address: str, team: int) -> Locator:
    """A mailbox whose mail is brought to us; the team by its place in the list."""
    page.get_by_role("button", name="Add a mailbox").click()
    page.get_by_label("Address").fill(address)
    page.get_by_label("Name that customers see").fill("Fernhill Sails")
    page.get_by_label("Team", exact=True).select_option(index=team)
    page.get_by_label("A web form writes to it").check()
    page.get_by_label("Fetch its mail from a mail server").uncheck()
    page.get_by_role("button", name="Save").click()
    mailbox = page.get_by_role("region", name=address)
    expect(mailbox).to_be_visible()
    return mailbox


def test_a_mailbox_is_removed_and_the_last_of_a_team_is_kept(page: Page, width: int) -> None:
    team = list(WIDTHS.values()).index(width) + 1
    last = add_brought(page, f"sails{width}@kintsugi.example", team)
    last.get_by_role("button", name="Remove").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Mail that came stays, with its tickets.")
    expect_in_reach(page, "a mailbox that is to be removed")
    dialog.get_by_role("button", name="Remove").click()
    expect(dialog.get_by_role("alert")).to_contain_text("answers its customers from this address alone")
    expect_in_reach(page, "a mailbox that cannot be removed")
    dialog.get_by_role("button", name="Keep it").click()
    other = add_brought(page, f"oars{width}@kintsugi.example", team)
    other.get_by_role("button", name="Remove").click()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    other.get_by_role("button", name="Remove").press("Enter")
    dialog.get_by_role("button", name="Remove").press("Enter")
    expect(other).to_be_hidden()
    expect(page.get_by_text(f"oars{width}@kintsugi.example is removed.")).to_be_visible()
    expect(last).to_be_visible()
