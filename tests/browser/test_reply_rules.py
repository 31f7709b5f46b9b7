"""The rules of the reply check, as an administrator sets and writes them on the desk."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.colleague import Colleague, signed_in
from tests.browser.looking import faults, is_too_wide, visit
from tests.browser.shop import Shop


@pytest.mark.parametrize("width", [1280, 390])
def test_sam_makes_a_rule_quieter_and_writes_one_of_our_own(shop: Shop, browser: Browser, width: int) -> None:
    """What is wrong is refused with its reason and stays typed; what is right is tried, then let in, then taken out."""
    sam = Colleague(shop, signed_in(shop, visit(browser, width), "sam").new_page())
    page = sam.page
    sam.opens("settings/rules")
    calm = page.get_by_label("How loudly: This polices the customer's tone; answer what happened instead.")
    calm.select_option("warning")
    page.reload()
    expect(calm).to_have_value("warning")
    calm.select_option("error")
    assert (faults(page), is_too_wide(page)) == ([], False)

    page.get_by_role("button", name="Write a rule").click()
    rule = page.get_by_role("textbox", name="The rule")
    whole = rule.input_value().replace("house.hiccup", f"house.hiccup-{width}")
    rule.fill(whole.replace("There was a fault.", "There was a hiccup too."))
    page.get_by_role("button", name="Let it in").click()
    expect(page.get_by_role("alert")).to_contain_text("What you typed is still here")
    rule.fill(whole)
    page.get_by_role("textbox", name="Try it on a reply").fill("A hiccup in our depot.")
    page.get_by_role("button", name="Try it", exact=True).click()
    expect(page.locator(".own-rule mark")).to_have_text("hiccup")
    assert (faults(page), is_too_wide(page)) == ([], False)
    page.get_by_role("button", name="Let it in").click()
    own = page.locator(".rule").filter(has_text="This makes little of what happened.").filter(has_text="Ours")
    expect(own).to_have_count(1)
    own.locator("summary").click()
    own.get_by_role("button", name="Change this rule").click()
    page.get_by_role("button", name="Take it out").click()
    expect(own).to_have_count(0)
