"""Four people complain, each through a door of their own: what they say, and how it arrives."""

from email.message import EmailMessage
from typing import Any

from django.test import Client

from tests.story import letter, photo

NORA, RAVI, TOM = "nora@whitcombe.example", "ravi@patel.example", "tom@archer.example"
SNAPPED = "The pole of our Harrow 3 snapped on the first night, and both children were soaked."
FURIOUS = (
    "I ordered the Harrow tent on 2 May and paid for next day delivery. Nothing has come and I have heard nothing. "
    "This is the third time I write and I am furious. I want my money back."
)
HTML = (
    f'<p onclick="alert(1)">{FURIOUS}</p><script>alert(2)</script>'
    '<img src="https://track.example/seen.gif"><a href="javascript:alert(3)">here</a>'
)


def fill_in_the_form() -> None:
    browser = Client()
    typed = {"text": SNAPPED, "desired_outcome": "A tent we can trust.", "name": "Nora Whitcombe", "email": NORA}
    key = browser.get("/").context["form"]["key"].value()
    for _twice in range(2):
        photos = [photo("pole.jpg", "red"), photo("tent.jpg", "blue")]
        thanks = browser.post("/", {**typed, "key": key, "files": photos}, follow=True)
        assert "Your number is" in thanks.content.decode()


def nora_mail() -> EmailMessage:
    mail = letter(f"Nora Whitcombe <{NORA}>", "Where is my tent?", FURIOUS, Message_ID="<tent@whitcombe.example>")
    mail.add_alternative(HTML, subtype="html")
    mail.add_attachment("<script>alert(4)</script>", subtype="html", filename="invoice.html")
    return mail


def ask_the_api() -> Any:
    said = {"name": "Ravi Patel", "email": RAVI, "subject": "Wrong boots", "text": "You sent me size 38, I need 43."}
    return Client().post("/api/complaints/", said, "application/json", headers={"Idempotency-Key": "ravi-1"})


def tom_mail() -> EmailMessage:
    return letter(f"Tom Archer <{TOM}>", "Stove", "The stove leaks gas.", Message_ID="<stove@archer.example>")
