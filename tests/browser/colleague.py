"""One of us at the desk, on a wide or a narrow screen: what they see there, and what they do."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from config.demo.house import PASSWORD
from tests.browser.shop import Shop

NARROW = 900  # pixels; below it the list, the ticket and the composer are each a screen of their own


def signed_in(shop: Shop, context: BrowserContext, first_name: str) -> BrowserContext:
    """With a session of this person of the demo, as if they had signed in before."""
    if first_name not in shop.sessions:
        ask(shop, context, "GET", "session/")
        ask(shop, context, "POST", "session/", {"email": f"{first_name}@kintsugi.example", "password": PASSWORD})
        shop.sessions[first_name] = context.storage_state()["cookies"]
    context.add_cookies(shop.sessions[first_name])  # type: ignore[arg-type]
    return context


def ask(shop: Shop, context: BrowserContext, method: str, path: str, data: Any = None) -> Any:
    """Ask the API with the session and the token of this browser."""
    tokens = [cookie["value"] for cookie in context.cookies() if cookie["name"] == "csrftoken"]
    headers = {"X-CSRFToken": tokens[0]} if tokens else {}
    answer = context.request.fetch(f"{shop.url}/api/{path}", method=method, data=data, headers=headers)
    assert answer.ok, answer.text()
    return answer.json()


@dataclass(frozen=True)
class Colleague:
    shop: Shop
    page: Page

    @property
    def is_narrow(self) -> bool:
        return bool(self.page.viewport_size and self.page.viewport_size["width"] < NARROW)

    def asks(self, method: str, path: str, data: Any = None) -> Any:
        """The API, past the screens."""
        return ask(self.shop, self.page.context, method, path, data)

    # The lists

    def opens(self, address: str) -> None:
        """An address of the desk, which then hears of what happens."""
        self.page.goto(f"{self.shop.url}/desk/{address}")
        expect(self.page.get_by_role("main").first).to_be_visible()
        expect(self.page.get_by_text("Live", exact=True).first).to_be_attached()
        self.page.evaluate("window.wasNeverReloaded = true")

    def never_reloaded(self) -> None:
        assert self.page.evaluate("window.wasNeverReloaded === true")

    def row(self, number: int) -> Locator:
        return self.page.locator("li.row").filter(has=self.page.locator(f"[data-row='{number}']"))

    def opens_ticket(self, number: int) -> None:
        self.page.locator(f"[data-row='{number}']").click()
        expect(self.composer).to_be_attached()

    # The ticket

    @property
    def ticket(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def conversation(self) -> Locator:
        return self.page.get_by_role("log", name="Conversation")

    def unfolds_everything(self) -> None:
        """Earlier messages and folded events; each press shows more, or leaves the fold open."""
        folded = self.conversation.locator(".fold[aria-expanded=false]")
        while left := folded.count():
            folded.first.click()
            expect(folded).not_to_have_count(left)

    @property
    def composer(self) -> Locator:
        return self.page.locator(".composer")

    def opens_the_panel(self) -> None:
        """The customer's, where it does not stand beside the ticket already."""
        if self.is_narrow:
            self.page.locator(".phone-acts").get_by_role("button", name="The customer").click()
        else:
            self.page.keyboard.press("Escape")
            self.ticket.get_by_role("button", name="The customer").click()

    def has_state(self, state: str) -> None:
        expect(self.ticket.locator(".ticket__meta").get_by_role("button", name=state).first).to_be_visible()

    def takes_it(self) -> None:
        self.ticket.get_by_role("button", name="Nobody yet").click()
        self.page.get_by_role("menuitem", name="Me", exact=False).first.click()

    def resolves_it(self) -> None:
        """Without another reply."""
        self.ticket.locator(".ticket__meta").get_by_role("button").first.click()
        self.page.get_by_role("menuitem", name="Resolve").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Resolve", exact=True).click()
        self.has_state("Resolved")

    # Writing

    @property
    def text(self) -> Locator:
        return self.composer.get_by_role("textbox", name=re.compile("^(Reply|Note) to"))

    @property
    def guide(self) -> Locator:
        return self.page.get_by_role("complementary", name="Guide")

    def opens_the_guide(self) -> None:
        """On a narrow screen it is folded at first."""
        head = self.guide.locator(".guide__head")
        if head.is_visible() and head.get_attribute("aria-expanded") == "false":
            head.click()
        expect(self.guide.locator("#guide-body")).to_be_visible()

    def begins_to_write(self) -> None:
        if self.is_narrow:
            self.page.locator(".phone-acts").get_by_role("button", name=re.compile("Reply|Open draft")).click()
        else:
            self.text.click()

    def opens_the_templates(self) -> None:
        """On a wide screen at once, from the composer that nobody has begun to write in."""
        if self.is_narrow:
            self.begins_to_write()
        name = "Choose a template" if self.is_narrow else "Template"
        self.composer.get_by_role("button", name=name, exact=True).click()
        expect(self.page.get_by_role("menu")).to_be_visible()

    def picks_template(self, title: str) -> None:
        self.opens_the_templates()
        self.page.get_by_role("textbox", name="Choose a template").fill(title[:8])
        self.page.get_by_role("menuitem", name=title).click()
        expect(self.text).not_to_have_value("")

    def fills_slot(self, name: str, words: str) -> None:
        field = self.composer.get_by_role("textbox", name=name)
        field.fill(words)
        field.press("Enter")
        expect(self.text).to_have_value(re.compile(re.escape(words)))

    def attaches(self, file: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.composer.get_by_role("button", name="Attach a file").click()
        chooser.value.set_files(file)
        expect(self.composer.get_by_role("list", name="Files")).to_contain_text(file.name)

    def sends(self, how: str = "Send and wait") -> None:
        button = self.composer.get_by_role("button", name=how, exact=True)
        if button.count() == 0:
            self.composer.get_by_role("button", name="Send and set another state").click()
            button = self.page.get_by_role("menuitem", name=how)
        button.click()

    @property
    def leaving(self) -> Locator:
        """The reply that was sent and may still be taken back."""
        return self.conversation.get_by_role("article", name="A reply that has not left yet")

    def sends_now(self) -> None:
        """And does not wait for ten seconds."""
        self.sends()
        self.leaving.get_by_role("button", name="Send now").click()
        expect(self.leaving).to_have_count(0)
