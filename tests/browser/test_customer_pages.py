"""The customers' pages in Chromium: with and without scripts, wide and narrow, and in reach of everybody."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import expect_in_reach, faults, is_too_wide, photo, visit
from tests.cast import Cast, assemble, complaint, participant, reply
from tickets import tokens
from tickets.actions.settling import say_settled
from tickets.models import Rating, Ticket
from tickets.tokens import Purpose

pytestmark = pytest.mark.django_db(transaction=True)


def fill(page: Page, files: list[Path]) -> None:
    page.fill("[name=text]", "The pole snapped on the first night.")
    page.fill("[name=name]", "Nora Whitcombe")
    page.fill("[name=email]", "nora@whitcombe.example")
    page.set_input_files("[name=files]", [str(file) for file in files])


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


def settled(cast: Cast) -> Ticket:
    ticket = complaint(cast)
    reply(ticket, "It is with you tomorrow.", cast.ana, then="resolved")
    say_settled(participant(ticket), now=timezone.now())
    return ticket


@pytest.mark.parametrize("width", [1280, 390])
def test_a_customer_rates_us_and_thinks_better_of_it_without_scripts(
    browser: Browser, live_server: object, width: int
) -> None:
    ticket = settled(assemble())
    page = visit(browser, width, java_script_enabled=False).new_page()
    page.goto(f"{live_server}/t/{tokens.make(participant(ticket), Purpose.PAGE)}/")
    page.get_by_role("radio", name="Badly", exact=True).check()
    page.get_by_label("What should we change?").fill("Ring before you come.")
    page.locator(".rate").get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Those who lead our team see it now.")
    expect(page.get_by_role("radio", name="Badly", exact=True)).to_be_checked()
    page.get_by_role("radio", name="Very well").check()
    page.locator(".rate").get_by_role("button", name="Change it").click()
    expect(page.get_by_role("status")).to_contain_text("We are glad to read it")
    assert list(Rating.objects.values_list("score", "comment")) == [(5, "Ring before you come.")]


def test_the_faces_are_chosen_by_keyboard_and_one_must_be(browser: Browser, live_server: object) -> None:
    ticket = settled(assemble())
    page = visit(browser).new_page()
    page.goto(f"{live_server}/t/{tokens.make(participant(ticket), Purpose.PAGE)}/")
    page.locator(".rate").get_by_role("button", name="Send").click()
    expect(page.get_by_role("radio", name="Very badly")).to_be_focused()  # where the browser says that one is needed
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Well", exact=True)).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Thank you.")
    assert Rating.objects.get().score == 4


@pytest.mark.parametrize("width", [1280, 390])
def test_the_faces_are_in_reach_of_everybody(browser: Browser, live_server: object, width: int) -> None:
    """Before one is chosen, with what was wrong, and afterwards."""
    ticket = settled(assemble())
    page = visit(browser, width, reduced_motion="reduce").new_page()
    page.goto(f"{live_server}/t/{tokens.make(participant(ticket), Purpose.PAGE)}/")
    expect_in_reach(page, "asked")
    page.locator(".rate").evaluate("form => form.noValidate = true")
    page.locator(".rate").get_by_role("button", name="Send").click()
    expect(page.locator(":focus")).to_contain_text("Please choose one of the five faces.")
    expect_in_reach(page, "wrong")
    page.get_by_role("radio", name="So-so").check()
    page.locator(".rate").get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("It helps us to do better.")
    expect_in_reach(page, "thanked")


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_in_reach_of_everybody(browser: Browser, live_server: object, width: int) -> None:
    cast = assemble()
    ticket = complaint(cast)
    reply(ticket, "It is with you tomorrow.", cast.ana, then="resolved")
    link = f"/t/{tokens.make(participant(ticket), Purpose.PAGE)}/"
    page = visit(browser, width, reduced_motion="reduce").new_page()
    for address in ("/", link, f"{link}link/", "/link/", "/link/sent/", "/t/none/"):
        page.goto(f"{live_server}{address}")
        expect_in_reach(page, address)


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
