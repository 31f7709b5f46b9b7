"""The guide beside a reply: it lights up as the draft improves, mends a word at a press, and keeps what is promised."""

import re

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.colleague import Colleague, signed_in
from tests.browser.customer import Customer
from tests.browser.looking import faults, is_too_wide, visit
from tests.browser.shop import Shop
from tests.servers import until
from tests.story import words

UPSET = (
    "I paid for the Harrow tent on 2 May and nothing has come. I have written three times and I am furious. "
    "Where is my tent? When will it be here?"
)
POOR = "Hi, we are sorry for any inconvenience. I will write to you as soon as possible."
GOOD = (
    "Hi {name},\n\nYou paid on 2 May, nothing has come, and you have written three times. That was our mistake: we never "
    "handed your tent to the courier, and I am sorry.\n\nYour tent is still in our depot. I have put a new one on today's "
    "van, so it will be with you on Friday. You can keep it, or have your money back instead: which would you like?\n\n"
    "I will write to you"
)


@pytest.fixture(params=["wide", "narrow"])
def width(request: pytest.FixtureRequest) -> int:
    return {"wide": 1280, "narrow": 390}[request.param]


@pytest.fixture
def ana(shop: Shop, browser: Browser, width: int) -> Colleague:
    context = visit(browser, width, reduced_motion="reduce")
    return Colleague(shop, signed_in(shop, context, "ana").new_page())


@pytest.fixture
def nora(shop: Shop, browser: Browser, width: int, request: pytest.FixtureRequest) -> Customer:
    """Somebody else in each test, with a complaint and a link of their own."""
    name = f"Nora {request.node.name.split('[')[0].split('_')[-1].title()}{width}"
    return Customer(shop, visit(browser, width).new_page(), name)


@pytest.fixture
def number(nora: Customer, ana: Colleague) -> int:
    """Nora's complaint, with Ana before an empty reply."""
    number = nora.complains(UPSET)
    ana.opens(f"tickets/{number}")
    ana.begins_to_write()
    ana.opens_the_guide()
    return number


def lit(ana: Colleague) -> Locator:
    return ana.guide.locator(".guide__steps .is-lit")


def marks(ana: Colleague, kind: str = "") -> Locator:
    return ana.composer.locator(f".textbox__back .found{kind}")


def finding(ana: Colleague, about: str) -> Locator:
    return ana.guide.get_by_role("list", name="What to mend").get_by_role("listitem").filter(has_text=about)


def test_it_lights_up_as_the_draft_improves(ana: Colleague, nora: Customer, number: int) -> None:
    """What was asked is ticked, the steps are lit, what is wrong is underlined, and the crack shows what would mend."""
    ana.text.fill(POOR)
    expect(marks(ana, "--error").filter(has_text="as soon as possible")).to_be_attached()
    expect(marks(ana, "--warning").filter(has_text="any inconvenience")).to_be_attached()
    expect(ana.guide.get_by_label("Where is my tent?, still open")).to_be_attached()
    before = lit(ana).count()
    ana.text.fill(GOOD.format(name=nora.name.split()[0]) + " on Friday to ask whether it has come.")
    expect(marks(ana)).to_have_count(0)
    expect(ana.guide.get_by_label("Where is my tent?, taken up")).to_be_attached()
    expect(ana.guide.locator(".guide__steps")).to_contain_text("Own, taken")
    expect(ana.guide.locator(".guide__steps")).to_contain_text("Options, taken")
    assert lit(ana).count() > before
    expect(ana.ticket.locator("> .crack .crack__next")).to_be_attached()
    assert (faults(ana.page), is_too_wide(ana.page)) == ([], False)


def test_it_answers_at_once_and_waits_for_nobody(ana: Colleague, number: int) -> None:
    """After a pause of typing; away from the server one writes on, and it says that it may be old."""
    ana.text.fill("Hello there, be patient.")
    expect(finding(ana, "")).not_to_have_count(0)  # the rules are read by now
    ana.text.fill("Kindly wait.")
    expect(marks(ana, "--suggestion")).to_have_text("Kindly")
    ana.page.route("**/api/reply-check/", lambda route: route.abort())
    ana.text.press_sequentially(" And be advised.")
    expect(ana.guide.get_by_text("The check is out of reach")).to_be_visible()
    expect(ana.text).to_have_value("Kindly wait. And be advised.")
    expect(marks(ana, "--suggestion").first).to_have_text("Kindly")
    ana.page.unroute("**/api/reply-check/")
    expect(ana.guide.get_by_text("The check is out of reach")).to_have_count(0)


def test_a_word_is_mended_by_a_press_or_a_key_and_the_press_can_be_undone(ana: Colleague, number: int) -> None:
    ana.text.fill("Hi Nora. Kindly wait. Kindly write to me.")
    ana.guide.get_by_role("button", name="Use “please”").first.click()
    expect(ana.text).to_have_value("Hi Nora. Please wait. Kindly write to me.")
    expect(ana.text).to_be_focused()
    ana.page.keyboard.press("Control+z")
    expect(ana.text).to_have_value("Hi Nora. Kindly wait. Kindly write to me.")
    expect(marks(ana, "--suggestion")).to_have_count(2)
    ana.text.press("Control+Home")
    ana.page.keyboard.press("Alt+Enter")
    expect(marks(ana, ".is-here")).to_have_text("Kindly")
    ana.page.keyboard.press("Alt+Enter")
    expect(ana.text).to_have_value("Hi Nora. Please wait. Kindly write to me.")
    expect(marks(ana, "--suggestion")).to_have_count(1)
    ana.page.keyboard.press("Alt+Enter")
    ana.page.keyboard.press("Alt+Enter")
    expect(ana.text).to_have_value("Hi Nora. Please wait. Please write to me.")


def test_what_only_the_agent_knows_is_asked_for_where_it_belongs(ana: Colleague, nora: Customer, number: int) -> None:
    """An offer with an open place opens its picker; when it is filled one is back in the text, as after Escape."""
    ana.text.fill(f"Hi {nora.name.split()[0]},\n\nSorry for the hassle. I will ask the depot and let you know.\n\nAna")
    ana.guide.get_by_role("button", name="Use “I am sorry [what went wrong].”").first.click()
    place = ana.guide.get_by_role("textbox", name="What went wrong")
    expect(place).to_be_focused()
    place.press("Escape")
    expect(ana.text).to_be_focused()
    assert (faults(ana.page), is_too_wide(ana.page)) == ([], False)
    place.fill("we never handed your tent to the courier")
    place.press("Enter")
    expect(ana.text).to_be_focused()
    expect(ana.text).to_have_value(re.compile("I am sorry we never handed your tent to the courier. I will ask"))
    finding(ana, "cannot be kept or tracked").get_by_role("button", name="Promise a time").click()
    ana.page.get_by_role("group", name="By when").get_by_role("button", name="Friday").click()
    expect(ana.text).to_have_value(re.compile(r"I will ask the depot and let you know by Friday \d+ \w+, \d\d:\d\d\."))


def test_what_is_missing_is_added_and_what_is_idle_is_left_out(ana: Colleague, nora: Customer, number: int) -> None:
    """By keyboard: the words of a button say what it does."""
    name = nora.name.split()[0]
    ana.text.fill("Actually, the tent is with us. Have a great day!")
    ana.guide.get_by_role("button", name="Leave out “Actually,”").press("Enter")
    expect(ana.text).to_have_value("The tent is with us. Have a great day!")
    ana.guide.get_by_role("button", name="Leave out “Have a great day!”").press("Enter")
    expect(ana.text).to_have_value("The tent is with us.")
    ana.guide.get_by_role("button", name=f"Add “Hi {name},”").press("Enter")
    expect(ana.text).to_have_value(f"Hi {name},\n\nThe tent is with us.")


def test_a_promise_is_written_into_text_and_ledger_and_the_customer_reads_it(
    ana: Colleague, nora: Customer, number: int
) -> None:
    """By keyboard alone: the time goes into the text, with the reply into the ledger, and onto the customer's page."""
    ana.text.fill(GOOD.format(name=nora.name.split()[0]))
    ana.text.press("Control+End")
    ana.page.keyboard.press("Alt+p")
    what = ana.page.get_by_role("textbox", name="What we promise")
    expect(what).to_have_value("Write to you")
    ana.page.keyboard.type("A letter")
    expect(what).to_have_value("A letter")
    expect(ana.page.get_by_role("group", name="By when").get_by_role("button", name="Friday")).to_be_visible()
    assert faults(ana.page) == []
    what.press("Enter")
    ana.page.keyboard.press("Enter")
    expect(ana.text).to_be_focused()
    expect(ana.text).to_have_value(re.compile(r"I will write to you by \w+day \d+ \w+, \d\d:\d\d$"))
    promised = ana.composer.get_by_role("list", name="What this reply promises")
    expect(promised).to_contain_text("A letter")
    expect(ana.composer.locator(".textbox__back .date")).to_have_text(re.compile("^by "))
    assert (faults(ana.page), is_too_wide(ana.page)) == ([], False)
    ana.text.press("Control+End")
    ana.text.press_sequentially(".")
    ana.sends_now()
    expect(promised).to_have_count(0)
    assert re.search(r"I will write to you by \w+day", words(nora.is_mailed("Re: ")))
    ledger = ana.asks("GET", f"tickets/{number}/")["promises"]
    assert [(one["what"], one["state"], one["by"]) for one in ledger] == [("A letter", "open", "Ana Lima")]
    nora.opens_the_link_of(nora.is_mailed("We have your complaint"))
    expect(nora.page.get_by_role("region", name="What we promised")).to_contain_text("A letter by")
    ana.opens_the_panel()
    ana.page.get_by_role("complementary", name="Customer").get_by_role("button", name="Kept", exact=True).click()
    expect(ana.page.get_by_role("complementary", name="Customer")).to_contain_text("Kept today")
    nora.page.reload()
    expect(nora.page.locator(".promises .is-kept")).to_contain_text("Kept, today")
    assert (faults(nora.page), is_too_wide(nora.page)) == ([], False)


def test_the_open_places_offer_options_and_ask_by_when(ana: Colleague, number: int) -> None:
    """After the options are ticked, one press writes the time into the text and into what the reply promises."""
    ana.guide.locator(".guide__templates").get_by_role("button").first.click()
    offered = ana.guide.locator(".slot__option")
    first, second = offered.nth(0).inner_text(), offered.nth(1).inner_text()
    offered.nth(0).click()
    offered.nth(1).click()
    ana.guide.get_by_role("textbox", name="Options").press("Enter")
    expect(ana.text).to_have_value(re.compile(re.escape(f"I can {first} or {second}")))
    place = ana.guide.get_by_role("textbox", name="Promise with a date")
    ana.text.press("Alt+p")
    expect(place).to_be_focused()
    place.press("Enter")
    expect(ana.guide.get_by_role("alert")).to_contain_text("Say what is promised")
    place.fill("I will call you")
    place.press("Enter")
    expect(ana.guide.get_by_role("alert")).to_contain_text("Choose by when")
    assert (faults(ana.page), is_too_wide(ana.page)) == ([], False)
    ana.guide.get_by_role("group", name="By when").get_by_role("button", name="Friday").click()
    expect(ana.text).to_have_value(re.compile(r"I will call you by Friday \d+ \w+, \d\d:\d\d\."))
    expect(ana.composer.get_by_role("list", name="What this reply promises")).to_contain_text("Call you, ")


def test_a_promise_and_its_words_do_not_part_unasked(ana: Colleague, number: int) -> None:
    ana.text.fill("I will call you")
    ana.page.keyboard.press("Alt+p")
    ana.page.get_by_role("group", name="By when").get_by_role("button").last.click()
    said = ana.text.input_value()
    promised = ana.composer.get_by_role("list", name="What this reply promises")
    ana.text.fill("I will call you.")
    expect(promised).to_contain_text("The text no longer says")
    promised.get_by_role("button", name="Write it again").click()
    expect(ana.text).to_have_value(re.compile("by Friday"))
    promised.get_by_role("button", name="Take back the promise").click()
    expect(promised).to_contain_text("The text still says")
    promised.get_by_role("button", name="Remove it there too").click()
    expect(ana.text).not_to_have_value(re.compile("by Friday"))
    expect(promised).to_have_count(0)
    assert said != "I will call you"


def test_the_customers_words_go_into_the_reply_by_selecting_them(ana: Colleague, width: int, number: int) -> None:
    """Selected in the conversation, or pressed in the list of what was heard."""
    ana.text.fill("You wrote ")
    ana.guide.get_by_role("button", name=re.compile("^Where is my tent")).click()
    expect(ana.text).to_have_value("You wrote “Where is my tent?”")
    if width < 800:
        return  # there the reply covers the conversation
    ana.conversation.locator(".said__text p").first.dblclick(position={"x": 30, "y": 8})
    selected = ana.page.evaluate("document.getSelection().toString().trim()")
    ana.page.get_by_role("button", name="Quote", exact=False).last.click()
    expect(ana.text).to_have_value(re.compile(re.escape(f"“{selected}”")))


def test_it_can_be_folded_away_and_remembers_it(ana: Colleague, number: int) -> None:
    expect(ana.guide.locator("#guide-body")).to_be_visible()
    ana.text.press("Alt+g")
    expect(ana.guide.locator("#guide-body")).to_be_hidden()
    ana.text.fill("Kindly wait.")
    expect(ana.guide.locator(".pips i")).to_have_count(7)
    ana.opens(f"tickets/{number}")
    ana.begins_to_write()
    expect(ana.guide.locator("#guide-body")).to_be_hidden()
    ana.text.press("Alt+g")
    expect(ana.guide.locator("#guide-body")).to_be_visible()


def test_what_should_be_mended_holds_the_reply_until_a_reason_is_given(
    ana: Colleague, nora: Customer, number: int
) -> None:
    """Refused in words that stay with the text; the reason is sent with the reply and stands on the ticket."""
    ana.text.fill(POOR)
    ana.sends()
    expect(ana.composer.get_by_role("alert")).to_contain_text("Not sent. Mend what is marked as an error")
    expect(ana.text).to_have_value(POOR)
    stand = ana.guide.get_by_role("button", name="Let it stand, with a reason")
    expect(stand).to_have_count(2)  # a promise without a day, and questions without an answer
    for kept in (1, 2):
        stand.first.click()
        ana.page.get_by_role("textbox", name="Why may it stand?").fill("We spoke by telephone a minute ago")
        ana.page.keyboard.press("Enter")
        expect(ana.guide.get_by_role("button", name="Mend it after all")).to_have_count(kept)
    expect(ana.guide).to_contain_text("Stands, because: We spoke by telephone a minute ago")
    assert (faults(ana.page), is_too_wide(ana.page)) == ([], False)
    ana.sends()
    ana.leaving.get_by_role("button", name="Undo").click()
    ana.begins_to_write()
    expect(ana.text).to_have_value(POOR)
    expect(ana.guide.get_by_role("button", name="Mend it after all")).to_have_count(2)
    ana.sends_now()
    ana.conversation.get_by_text("Sent with a reason against the guide").click()
    expect(ana.conversation).to_contain_text("We spoke by telephone a minute ago")
    assert nora.is_mailed("Re: ")


@pytest.mark.parametrize("width", ["wide"], indirect=True)  # on a phone the one covers the other
def test_a_note_begun_while_a_reply_may_come_back_stays_a_note(ana: Colleague, nora: Customer, number: int) -> None:
    said = GOOD.format(name=nora.name.split()[0]).removesuffix("I will write to you").strip()
    ana.text.fill(said)
    ana.sends()
    ana.page.keyboard.press("n")
    note = ana.composer.get_by_role("textbox", name="Note to us only")
    note.fill("The carrier lost it.")
    ana.leaving.get_by_role("button", name="Undo").click()
    expect(ana.leaving).to_have_count(0)
    expect(note).to_have_value("The carrier lost it.")
    ana.composer.get_by_role("tab", name="Reply").click()
    expect(ana.text).to_have_value(said)
    until(lambda: begun(ana, number) == [said, "The carrier lost it."], "the two are not kept apart")


def begun(ana: Colleague, number: int) -> list[str]:
    """What the server has of the reply and of the note that she has begun."""
    ticket = ana.asks("GET", f"tickets/{number}/")
    return [kept["text"] for kept in (ticket["draft"], ticket["note_draft"]) if kept]


def test_what_was_misheard_is_taken_out_by_a_press_and_put_back(ana: Colleague, number: int) -> None:
    """Of the guide at once, and of what calls for care; whoever came by keyboard stands where it can be undone."""
    asked = ana.guide.get_by_role("button", name="Misheard: Where is my tent?")
    asked.press("Enter")
    expect(asked).to_have_count(0)
    put_back = ana.conversation.get_by_role("button", name="Put back", exact=True)
    expect(put_back).to_be_focused()
    assert (faults(ana.page), is_too_wide(ana.page)) == ([], False)
    put_back.press("Enter")
    expect(asked).to_have_count(1)
    expect(put_back).to_have_count(0)


def test_what_was_missed_is_added_by_keyboard_and_taken_out_again(ana: Colleague, number: int) -> None:
    ana.opens(f"tickets/{number}")
    add = ana.conversation.get_by_role("button", name="Add what was missed")
    care = ana.conversation.get_by_role("list", name="What calls for care")
    add.press("Enter")
    choice = ana.page.get_by_role("menuitem", name="Has lost somebody")
    choice.press("Enter")
    expect(care).to_contain_text("Has lost somebody")
    expect(add).to_be_focused()
    assert (faults(ana.page), is_too_wide(ana.page)) == ([], False)
    assert "has lost somebody" in ana.asks("GET", f"tickets/{number}/")["reasons"]
    add.press("Enter")
    expect(ana.page.get_by_role("menuitem", name="Speaks of danger or injury")).to_be_visible()
    expect(choice).to_have_count(0)
    ana.page.keyboard.press("Escape")
    care.get_by_role("button", name="Added by mistake: has lost somebody").press("Enter")
    expect(care.get_by_text("Has lost somebody")).to_have_count(0)
    expect(add).to_be_focused()
    expect(ana.conversation.get_by_role("button", name="Put back", exact=True)).to_have_count(0)
