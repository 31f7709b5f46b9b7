"""One complaint, end to end, through the screens: wide ones, and narrow ones with a customer who runs no scripts."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.colleague import Colleague, signed_in
from tests.browser.customer import Customer
from tests.browser.looking import photo, visit
from tests.browser.shop import Shop
from tests.story import IS_IT_SETTLED, words

FURIOUS = (
    "I paid for next day delivery of the Harrow tent and nothing has come. "
    "This is the third time I write and I am furious. Where is my tent?"
)
SECOND = 1_000  # milliseconds


@dataclass(frozen=True)
class House:
    """Everybody of the story at their screens, all of one width."""

    customer: Customer
    ana: Colleague
    lee: Colleague
    folder: Path


@pytest.fixture(params=["wide", "narrow"])
def house(request: pytest.FixtureRequest, shop: Shop, browser: Browser, tmp_path: Path) -> House:
    is_wide = request.param == "wide"
    width, name = (1280, "Nora Quayle") if is_wide else (390, "Ravi Anand")
    return House(
        Customer(shop, visit(browser, width, java_script_enabled=is_wide).new_page(), name),
        Colleague(shop, visit(browser, width).new_page()),
        Colleague(shop, signed_in(shop, visit(browser, width), "lee").new_page()),
        tmp_path,
    )


def test_one_complaint_through_the_screens(house: House) -> None:
    ana_signs_in(house)
    number = the_customer_complains_and_ana_sees_it_come(house)
    ana_reads_it_and_takes_it(house, number)
    she_sees_that_lee_looks_too(house, number)
    she_answers_with_a_guide_and_takes_it_back(house)
    she_sends_it_and_the_mail_leaves(house)
    the_customer_answers_and_the_desk_shows_it(house)
    what_is_said_while_she_writes_holds_her_reply(house)
    she_resolves_it_and_the_customer_says_no(house)
    she_mends_it_and_the_customer_says_yes(house)
    the_timeline_tells_it(house)
    house.ana.never_reloaded()


def ana_signs_in(house: House) -> None:
    """A wrong password is refused with a sentence, and what was typed stays but for the password."""
    page = house.ana.page
    page.goto(f"{house.ana.shop.url}/desk/view/unassigned")
    page.get_by_label("Email").fill("ana@kintsugi.example")
    page.get_by_label("Password").fill("a wrong one")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text(re.compile(r"do not belong together"))
    expect(page.get_by_label("Email")).to_have_value("ana@kintsugi.example")
    page.get_by_label("Password").fill("kintsugi")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Unassigned")).to_be_visible()
    house.ana.opens("view/unassigned")


def the_customer_complains_and_ana_sees_it_come(house: House) -> int:
    """With two photos. The row comes by itself, with mood, waiting since and a clock that counts down."""
    photos = [photo(house.folder, "red.png"), photo(house.folder, "blue.png")]
    number = house.customer.complains(FURIOUS, photos)
    row = house.ana.row(number)
    expect(row).to_be_visible(timeout=SECOND)
    expect(row.locator(".face")).to_have_text("Very unhappy")
    expect(row.get_by_title(re.compile("^Waiting since "))).to_have_text(re.compile("now|s$|min$"))
    expect(row.locator(".clock")).to_have_text(re.compile(r"First reply in [0-9]+ min"))
    house.ana.never_reloaded()
    return number


def ana_reads_it_and_takes_it(house: House, number: int) -> None:
    house.ana.opens_ticket(number)
    expect(house.ana.conversation).to_contain_text("I am furious")
    for name in ("red.png", "blue.png"):
        expect(house.ana.conversation.get_by_role("link", name=name)).to_be_visible()
    house.ana.takes_it()
    expect(house.ana.ticket.get_by_role("button", name="Ana Lima", exact=True)).to_be_visible()


def she_sees_that_lee_looks_too(house: House, number: int) -> None:
    house.lee.opens(f"tickets/{number}")
    expect(house.ana.ticket.locator(".presence")).to_contain_text("Lee Okafor is looking at this ticket")


def she_answers_with_a_guide_and_takes_it_back(house: House) -> None:
    """The slots hold the customer's name and words; what is open she fills, and she has ten seconds."""
    ana = house.ana
    ana.picks_template("Late, and still on its way")
    expect(ana.text).to_have_value(re.compile(f"Hi {house.customer.name.split()[0]},"))
    expect(ana.text).to_have_value(re.compile("“.*third time I write and I am furious.*”"))
    expect(ana.composer.get_by_role("textbox", name="Owning it")).to_be_focused()
    ana.fills_slot("Owning it", "I should have written on the first day.")
    ana.fills_slot("Options", "send a second tent today, or give the money back")
    ana.fills_slot("Promise with a date", "I write to you tomorrow by 10:00")
    expect(ana.composer.get_by_role("list", name="What this reply promises")).to_contain_text(
        "I write to you, tomorrow"
    )
    ana.page.keyboard.press("Escape")
    label = house.folder / "label.txt"
    label.write_text("Parcel 4711")
    ana.attaches(label)
    expect(house.lee.ticket.locator(".presence")).to_contain_text("Ana Lima is writing")
    ana.sends()
    ana.leaving.get_by_role("button", name="Undo").click()
    expect(ana.leaving).to_have_count(0)
    ana.begins_to_write()
    expect(ana.text).to_have_value(re.compile("I write to you tomorrow by 10:00"))


def she_sends_it_and_the_mail_leaves(house: House) -> None:
    """Once, on the thread of the acknowledgement, with the file."""
    ana, customer = house.ana, house.customer
    ana.sends()
    expect(ana.leaving).to_contain_text("leaves in")
    first, mail = customer.is_mailed("We have your complaint"), customer.is_mailed("Re: ")
    assert (mail["In-Reply-To"], mail["References"]) == (first["Message-ID"], first["Message-ID"])
    assert "I write to you tomorrow by 10:00." in words(mail)
    assert [part.get_filename() for part in mail.iter_attachments()] == ["label.txt"]
    ana.has_state("Waiting on customer")


def the_customer_answers_and_the_desk_shows_it(house: House) -> None:
    """On their own page, by the link of the acknowledgement."""
    house.customer.opens_the_link_of(house.customer.is_mailed("We have your complaint"))
    house.customer.writes("Send the second tent, please.")
    expect(house.ana.conversation).to_contain_text("Send the second tent, please.")
    house.ana.has_state("Open")


def what_is_said_while_she_writes_holds_her_reply(house: House) -> None:
    """She is told while she writes; what she sends all the same is held with what is new, and leaves when she says."""
    ana = house.ana
    ana.begins_to_write()
    ana.text.fill("The second tent has left.")
    house.customer.writes("Wait, I want the money after all.")
    expect(ana.composer).to_contain_text(f"{house.customer.name} wrote while you were writing")
    ana.sends()
    held = ana.composer.get_by_role("alertdialog")
    expect(held).to_contain_text("Not sent yet.")
    expect(held).to_contain_text("Wait, I want the money after all.")
    assert len(house.customer.shop.outbox.to(house.customer.email, "Re: ")) == 1
    held.get_by_role("button", name="Change my reply").click()
    ana.text.fill("Your money is on its way.")
    ana.sends_now()
    assert "Your money is on its way." in words(house.customer.is_mailed("Re: ", 2))


def she_resolves_it_and_the_customer_says_no(house: House) -> None:
    house.ana.resolves_it()
    house.customer.is_mailed(IS_IT_SETTLED)
    house.customer.answers_whether_it_is_settled("No, something is still wrong")
    expect(house.customer.page.get_by_role("status").first).to_contain_text("open again")
    house.ana.has_state("Open")


def she_mends_it_and_the_customer_says_yes(house: House) -> None:
    house.ana.begins_to_write()
    house.ana.text.fill("The bank had refused it. I have paid it to your card instead, and it is there.")
    house.ana.sends_now()
    house.customer.is_mailed("The bank had refused it.")
    house.ana.resolves_it()
    house.customer.is_mailed(IS_IT_SETTLED, 2)
    house.customer.answers_whether_it_is_settled("Yes, it is settled")
    expect(house.customer.page.get_by_role("status").first).to_contain_text("glad that it is settled")
    house.ana.has_state("Closed")


def the_timeline_tells_it(house: House) -> None:
    """In the order in which it happened."""
    conversation, name = house.ana.conversation, house.customer.name
    house.ana.unfolds_everything()
    told = [
        "I am furious",
        "Ana Lima took it",
        "Ana Lima took back a reply",
        "I write to you tomorrow by 10:00.",
        "Send the second tent, please.",
        "Wait, I want the money after all.",
        "Your money is on its way.",
        "Ana Lima resolved it",
        f"{name} says it is not settled",
        "it is there.",
        f"{name} says it is settled",
    ]
    expect(conversation).to_contain_text(re.compile(".*".join(map(re.escape, told)), re.DOTALL))
