"""A customer at their own screen: the form, their mail, and the page that only they can open."""

import re
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.shop import Shop
from tests.servers import until
from tests.story import page_of


@dataclass(frozen=True)
class Customer:
    shop: Shop
    page: Page
    name: str

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@customers.example"

    def complains(self, text: str, files: list[Path] | None = None) -> int:
        """By the form; answers the number that the page of thanks says."""
        self.page.goto(f"{self.shop.url}/")
        self.page.get_by_label("What happened?").fill(text)
        self.page.get_by_label("Your name").fill(self.name)
        self.page.get_by_label("email").fill(self.email)
        self.page.locator("[name=files]").set_input_files([str(file) for file in files or []])
        self.page.get_by_role("button", name="Send to").click()
        thanks = self.page.get_by_role("heading", level=1)
        expect(thanks).to_contain_text("We have it. Your number is")
        return int(re.findall(r"\d+", thanks.inner_text())[-1])

    def is_mailed(self, about: str, nth: int = 1) -> EmailMessage:
        """The nth mail to them that says this, which must come."""
        until(lambda: len(self.shop.outbox.to(self.email, about)) >= nth, f"no mail came about “{about}”", 30)
        mails = self.shop.outbox.to(self.email, about)
        assert len(mails) == nth, [str(mail["Subject"]) for mail in mails]
        return mails[nth - 1]

    def opens_the_link_of(self, mail: EmailMessage) -> None:
        self.page.goto(f"{self.shop.url}{page_of(mail)}")

    def writes(self, text: str) -> None:
        """On their page, which shows it then."""
        self.page.locator("form.answer textarea").fill(text)
        self.page.locator("form.answer").get_by_role("button", name="Send").click()
        expect(self.page.locator(".talk").first).to_contain_text(text)

    def answers_whether_it_is_settled(self, answer: str) -> None:
        self.page.reload()
        self.page.get_by_role("button", name=answer).click()
