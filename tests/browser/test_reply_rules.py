"""The rules of the reply check, as an administrator sets and writes them on the desk."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.colleague import Colleague, signed_in
from tests.browser.looking import faults, is_too_wide, visit
from tests.browser.shop import Shop

POLICING = "This polices the customer's tone; answer what happened instead."


@pytest.fixture(params=[1280, 390])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def page(shop: Shop, browser: Browser, width: int) -> Page:
    sam = Colleague(shop, signed_in(shop, visit(browser, width), "sam").new_page())
    sam.opens("settings/rules")
    return sam.page


def loudness(page: Page) -> Locator:
    return page.get_by_label(f"How loudly: {POLICING}")


def pick(page: Page, label: str) -> None:
    """Picked, and answered by the server."""
    with page.expect_response("**/api/reply-rules/"):
        loudness(page).select_option(label=label)


def expect_well(page: Page) -> None:
    assert (faults(page), is_too_wide(page)) == ([], False)


def test_sam_switches_a_rule_off_for_one_team_and_takes_that_back(page: Page) -> None:
    """A team that said nothing itself speaks as everybody does; what was said is taken back and not said twice."""
    team = page.get_by_role("combobox", name="For", exact=True)
    expect(loudness(page).locator("option:checked")).to_have_text("Error (as it comes)")
    pick(page, "Warning")
    team.select_option(label="Deliveries")
    expect(loudness(page).locator("option:checked")).to_have_text("Warning (as for everybody)")
    pick(page, "Off")
    page.reload()
    expect(loudness(page)).to_have_value("warning")
    team.select_option(label="Deliveries")
    expect(loudness(page)).to_have_value("off")
    page.get_by_label("With the words").fill("polices")
    expect(page.locator(".rule")).to_have_count(1)
    expect_well(page)
    pick(page, "Warning (as for everybody)")
    team.select_option(label="Everybody")
    pick(page, "Error (as it comes)")
    page.reload()
    expect(loudness(page)).to_have_value("")


def test_sam_sees_a_level_that_was_refused_as_it_was(page: Page) -> None:
    page.route("**/api/reply-rules/", lambda route: route.fulfill(status=503, body="{}"))
    pick(page, "Off")
    expect(page.get_by_text("The rule speaks as before.")).to_be_visible()
    expect(loudness(page)).to_have_value("")


def test_sam_writes_a_rule_of_our_own(page: Page, width: int) -> None:
    """What is wrong is refused with its line and reason and stays typed; what is right is tried, let in, taken out."""
    page.get_by_role("button", name="Write a rule").click()
    rule = page.get_by_role("textbox", name="The rule")
    expect(rule).to_be_focused()
    whole = rule.input_value().replace("house.hiccup", f"house.hiccup-{width}")
    wrong = whole.replace("There was a fault.", "There was a hiccup too.")
    rule.fill(wrong)
    page.get_by_role("button", name="Let it in").click()
    expect(page.get_by_role("alert")).to_contain_text("line 12: its near miss")
    expect(page.locator(".rule-source .is-wrong")).to_have_text("12")
    expect(rule).to_have_value(wrong)
    expect_well(page)

    rule.fill(whole)
    page.get_by_role("textbox", name="Try it on a reply").fill("A hiccup in our depot.")
    page.get_by_role("button", name="Try it", exact=True).click()
    expect(page.locator(".own-rule mark")).to_have_text("hiccup")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Let it in").press("Enter")
    expect(page.get_by_role("button", name="Write a rule")).to_be_focused()
    own = page.locator(".rule").filter(has_text="This makes little of what happened.").filter(has_text="Ours")
    expect(own).to_have_count(1)
    own.locator("summary").click()
    own.get_by_role("button", name="Change this rule").click()
    expect(rule).to_have_value(whole)
    page.get_by_role("button", name="Take it out", exact=True).click()
    page.get_by_role("button", name="Take it out for good").click()
    expect(page.get_by_role("button", name="Write a rule")).to_be_visible()
    expect(own).to_have_count(0)


def test_sam_writes_a_rule_of_one_team_and_it_is_theirs(page: Page, width: int) -> None:
    """It says whose it is before it is let in, and in the list; another team's list has nothing of it."""
    team = page.get_by_role("combobox", name="For", exact=True)
    team.select_option(label="Deliveries")
    page.get_by_role("button", name="Write a rule").press("Enter")
    expect(page.get_by_text("of Deliveries alone")).to_be_visible()
    rule = page.get_by_role("textbox", name="The rule")
    whole = rule.input_value()
    rule.fill(whole.replace("house.hiccup", f"deliveries.hiccup-{width}"))
    page.get_by_role("button", name="Let it in").press("Enter")
    own = page.locator(".rule").filter(has_text="For Deliveries alone").filter(has_text=f"deliveries.hiccup-{width}")
    expect(own).to_have_count(1)
    expect(own.get_by_role("combobox").locator("option:checked")).to_have_text("Warning (as it comes)")
    expect_well(page)
    team.select_option(label="Returns")
    expect(own).to_have_count(0)
