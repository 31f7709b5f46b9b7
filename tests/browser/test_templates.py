"""The templates of guided replies, as an administrator edits them on the desk."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.colleague import Colleague, signed_in
from tests.browser.looking import faults, is_too_wide, visit
from tests.browser.shop import Shop

TITLE = "A month after leaving"  # nobody else in these tests needs its first words


@pytest.fixture(params=[1280, 390])
def sam(shop: Shop, browser: Browser, request: pytest.FixtureRequest) -> Colleague:
    return Colleague(shop, signed_in(shop, visit(browser, request.param), "sam").new_page())


def opened(sam: Colleague) -> Page:
    sam.opens("settings/templates")
    sam.page.get_by_role("link", name=TITLE, exact=True).click()
    expect(first(sam.page)).not_to_be_empty()
    return sam.page


def first(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Variant 1", exact=True)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def expect_well(page: Page) -> None:
    assert (faults(page), is_too_wide(page)) == ([], False)


def test_sam_breaks_a_template_mends_it_and_goes_back(sam: Colleague) -> None:
    """What is wrong is refused with its place and reason, and stays typed; what is right is a version, as is the way back."""
    page = opened(sam)
    before = first(page).input_value()
    first(page).fill(f"{before}\n\nYours, {{vow}}")
    expect(page.get_by_role("listitem").get_by_text("there is no slot called 'vow'.")).to_be_visible()
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Variant 1: Line")
    expect(first(page)).to_be_focused()
    expect(first(page)).to_have_value(f"{before}\n\nYours, {{vow}}")
    expect(
        page.get_by_role("listitem").get_by_text(f"Line {before.count(chr(10)) + 3}: there is no slot called 'vow'.")
    ).to_be_visible()
    expect_well(page)

    page.get_by_role("link", name="All templates").click()
    expect(page.get_by_text("changed, not saved")).to_be_visible()
    page.get_by_role("link", name=TITLE, exact=True).click()
    first(page).fill(f"{before}\n\nThank you for waiting.")
    expect(page.get_by_role("region", name="Variant 1 as it reads")).to_contain_text("Thank you for waiting.")
    save(page)
    expect(page.get_by_text("The next reply is offered these words.")).to_be_visible()

    versions = page.get_by_role("region", name="Versions")
    expect(versions.get_by_role("listitem").first).to_contain_text("Sam Adeyemi")
    expect(versions.get_by_role("listitem").first).to_contain_text("in force")
    versions.get_by_role("listitem").nth(1).get_by_role("button", name="Read").click()
    expect(versions.get_by_role("region", name="variant 1")).to_have_text(before)
    versions.get_by_role("listitem").nth(1).get_by_role("button", name="Go back to this").click()
    expect(first(page)).to_have_value(before)
    expect(versions.get_by_role("listitem").first).to_contain_text("went back to version")
    expect_well(page)


def test_the_keyboard_goes_on_where_it_stood(sam: Colleague) -> None:
    """At the title of what opens, at what was pressed while it can be pressed, and in the list at what was opened."""
    sam.opens("settings/templates")
    page, link = sam.page, sam.page.get_by_role("link", name=TITLE, exact=True)
    link.press("Enter")
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_focused()
    before = first(page).input_value()
    foot = page.locator(".settings__foot")
    first(page).fill(f"{before}\n\nPut back.")
    page.get_by_role("button", name="Put back", exact=True).press("Enter")
    expect(foot).to_be_focused()
    first(page).fill(f"{before}\n\nThank you for reading.")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("The next reply is offered these words.")).to_be_visible()
    expect(foot).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Read version 1", exact=True)).to_be_focused()
    offered = page.get_by_role("checkbox", name="Offered to those who write")
    for told in ("It is offered no more.", "It is offered to those who write."):
        offered.press("Space")
        expect(page.get_by_text(told)).to_be_visible()
        expect(offered).to_be_focused()
    expect_well(page)
    page.get_by_role("link", name="All templates").press("Enter")
    expect(link).to_be_focused()
    listed = page.get_by_role("checkbox", name=f"Offer “{TITLE}”", exact=True)
    for told in ("is offered no more.", "is offered again."):
        listed.press("Space")
        expect(page.get_by_text(told)).to_be_visible()
        expect(listed).to_be_focused()
    page.get_by_role("button", name="Write a template").press("Enter")
    expect(page.get_by_role("heading", name="Write a template", level=1)).to_be_focused()
    page.get_by_role("button", name="Leave it").press("Enter")
    expect(page.get_by_role("button", name="Write a template")).to_be_focused()


def test_sam_hears_that_somebody_was_faster_and_loses_nothing(sam: Colleague) -> None:
    page = opened(sam)
    before = first(page).input_value()
    template = f"template-library/{page.url.rpartition('=')[2]}/"
    whole = sam.asks("GET", template)
    sam.asks("PUT", template, {**whole["content"], "guards": ["Ours."], "seen_version": whole["version"]})
    first(page).fill(f"{before}\n\nThank you for waiting.")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Look at it first.")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("region", name=f"Version {whole['version'] + 1}, variant 1")).to_have_text(before)
    expect(first(page)).to_have_value(f"{before}\n\nThank you for waiting.")
    save(page)
    expect(page.get_by_text(f"Saved as version {whole['version'] + 2}.")).to_be_visible()
    page.get_by_role("button", name=f"Go back to this, version {whole['version']}", exact=True).click()
    expect(first(page)).to_have_value(before)


def test_sam_gives_a_team_its_own_and_switches_it_off(sam: Colleague) -> None:
    page = opened(sam)
    taken = [one["team"]["name"] for one in sam.asks("GET", "template-library/")["results"] if one["team"]]
    team = next(one["name"] for one in sam.asks("GET", "teams/")["results"] if one["name"] not in taken)
    page.get_by_role("button", name="Copy it for a team").click()
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("There is a template called win-back already")
    page.get_by_role("combobox", name="For", exact=True).select_option(label=team)
    page.get_by_label("Title").fill(f"Back, as {team} say it")
    save(page)
    expect(page.get_by_role("heading", name=f"Back, as {team} say it", level=1)).to_be_visible()
    page.get_by_role("checkbox", name="Offered to those who write").uncheck()
    expect(page.get_by_text("It is offered no more.")).to_be_visible()
    page.get_by_role("link", name="All templates").click()
    expect(page.get_by_role("checkbox", name=f"Offer “Back, as {team} say it” of {team}")).not_to_be_checked()
    expect_well(page)
