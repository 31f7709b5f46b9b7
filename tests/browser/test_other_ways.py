"""What else the desk's screens must do: mail safe to read, hands on the keyboard alone, and a floor that is watched."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.colleague import Colleague, signed_in
from tests.browser.customer import Customer
from tests.browser.looking import visit
from tests.browser.shop import Shop
from tests.servers import until
from tests.story import letter

ANGRY = "You promised me the boots for Friday. It is Monday, nobody answers, and I am angry. Where are they?"
ELSEWHERE = "http://track.example/seen.gif"
HTML = f'<p onclick="alert(1)">{ANGRY}</p><script>alert(2)</script><img src="{ELSEWHERE}" alt="Seen">'


@pytest.fixture
def screen(browser: Browser) -> Page:
    return visit(browser).new_page()


@pytest.fixture
def ana(shop: Shop, browser: Browser) -> Colleague:
    return Colleague(shop, signed_in(shop, visit(browser), "ana").new_page())


@pytest.fixture
def sam(shop: Shop, browser: Browser) -> Iterator[Colleague]:
    """The administrator; what Sam sets in a test is put back after it."""
    colleague = Colleague(shop, signed_in(shop, visit(browser), "sam").new_page())
    before = colleague.asks("GET", "policies/")["results"]
    yield colleague
    for policy in before:
        policy["calendar"] = policy["calendar"]["id"]
    colleague.asks("PUT", "policies/", {"results": before})


def test_it_shows_html_mail_in_a_box_and_asks_before_it_loads_images(shop: Shop, ana: Colleague) -> None:
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/gif", body=b"GIF89a")

    ana.page.context.route("http://track.example/**", note)
    ana.opens("view/all_open")
    mail = letter("Wilma Barnes <wilma@barnes.example>", "My boots", ANGRY, Message_ID="<boots@barnes.example>")
    mail.add_alternative(HTML, subtype="html")
    shop.post.brings(mail)
    ana.page.get_by_role("link", name="Wilma Barnes").click()
    ana.conversation.get_by_role("button", name="As formatted").click()
    box = ana.conversation.locator("iframe")
    expect(box).to_have_attribute("sandbox", "")
    inside = box.content_frame
    expect(inside.get_by_text("You promised me the boots")).to_be_visible()
    expect(inside.locator("script, [onclick]")).to_have_count(0)
    expect(ana.conversation).to_contain_text("Remote images are not loaded.")
    assert asked == []
    with ana.page.context.expect_event("request", lambda request: request.url == ELSEWHERE):
        ana.conversation.get_by_role("button", name="Show remote images").click()
    expect(ana.conversation).to_contain_text("Remote images are shown")


def test_it_can_be_worked_by_the_keyboard_alone(shop: Shop, screen: Page, ana: Colleague) -> None:
    number = Customer(shop, screen, "Gerda Holm").complains(ANGRY)
    ana.opens("view/all_open")
    expect(ana.row(number)).to_be_visible()
    press = ana.page.keyboard.press
    press("?")
    sheet = ana.page.get_by_role("dialog", name="All keys")
    expect(sheet.get_by_text("Next ticket in the list", exact=True)).to_be_visible()
    press("Escape")
    expect(sheet).to_have_count(0)
    rows = ana.page.locator("[data-row]")
    press("j")
    expect(rows.first).to_be_focused()
    press("j")
    expect(rows.nth(1)).to_be_focused()
    press("k")
    expect(rows.first).to_be_focused()
    theirs = ana.page.locator(f"[data-row='{number}']")
    for _ in rows.all():
        if not theirs.evaluate("row => row === document.activeElement"):
            press("j")
    expect(theirs).to_be_focused()
    press("Enter")
    expect(ana.conversation).to_contain_text(ANGRY)
    expect(ana.composer).to_be_visible()
    press("?")
    expect(sheet.get_by_text("Take it", exact=True)).to_be_visible()
    press("Escape")
    press("r")
    expect(ana.text).to_be_focused()
    ana.page.keyboard.type("Gerda, your boots left this morning.")
    press("Control+Enter")
    expect(ana.leaving).to_contain_text("Gerda, your boots left this morning.")
    expect(ana.text).to_have_value("")


def shows_all(page: Page) -> bool:
    """Press the button until it is gone: the list moves as the world does, perhaps from under the pointer."""
    button = page.get_by_role("button", name=re.compile(r"^Show all \d"))
    if button.is_visible():
        button.click()
    return page.locator(".risks.is-all").count() == 1


def test_a_reason_stays_until_its_act_is_done(shop: Shop, screen: Page, ana: Colleague) -> None:
    """With the server out of reach the words stand there; pressed again, it is done."""
    number = Customer(shop, screen, "Ina Frost").complains(ANGRY)
    ana.opens(f"tickets/{number}")
    expect(ana.composer).to_be_visible()
    ana.page.keyboard.press("e")
    asked = ana.page.get_by_role("dialog", name="Escalate")
    why = asked.get_by_role("textbox", name="What should they know")
    why.press("Control+Enter")
    expect(asked).to_be_visible()  # a reason is asked for
    why.fill("They wait for the third day.")
    ana.page.route(f"**/tickets/{number}/escalat*/", lambda route: route.abort())
    why.press("Control+Enter")
    expect(asked.get_by_role("alert")).to_have_text("It was not done. What you wrote is still here.")
    expect(why).to_have_value("They wait for the third day.")
    ana.page.unroute_all()
    why.press("Control+Enter")
    expect(asked).to_have_count(0)
    assert ana.asks("GET", f"tickets/{number}/")["escalation"]["level"] == 1


@pytest.mark.parametrize(("width", "name"), [(1280, "Ivo Marten"), (390, "Elsa Winter")])
def test_nobody_acts_and_lee_takes_it_over_from_the_floor(
    shop: Shop, browser: Browser, screen: Page, sam: Colleague, width: int, name: str
) -> None:
    """Sam wants a first reply in seconds; none comes, and the floor says so, why, and lets Lee act."""
    lee = Colleague(shop, signed_in(shop, visit(browser, width), "lee").new_page())
    sam.opens("settings/targets")
    deliveries = sam.page.get_by_role("region", name="Deliveries")
    deliveries.get_by_label("First reply").fill("3 s")
    sam.page.get_by_role("button", name="Save").click()
    expect(sam.page.get_by_role("status")).to_contain_text(["Saved"])
    lee.opens("floor")
    if lee.is_narrow:
        until(lambda: shows_all(lee.page), "the floor did not show all")
    Customer(shop, screen, name).complains(ANGRY)
    risky = lee.page.locator(".risky").filter(has=lee.page.get_by_role("link", name=name))
    expect(risky).to_contain_text("level 1, not taken up")
    expect(risky.locator(".risky__why")).to_contain_text(re.compile("the first reply is (twice as )?late"))
    expect(risky.locator(".clock")).to_contain_text("First reply late")
    just_now = lee.page.get_by_role("region", name="Just now")
    expect(just_now.get_by_role("listitem").filter(has_text=name).filter(has_text="level 1")).to_be_visible()
    risky.hover()
    risky.get_by_role("button", name="Take over").click()
    expect(risky).to_contain_text(re.compile("You · Deliveries"))
    risky.get_by_role("button", name="Acknowledge").click()
    expect(risky).to_contain_text("taken up by Lee")
    lee.never_reloaded()
