"""A screenshot is pasted into a reply: seen while it is written, in the customer's mail, and in the conversation."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.colleague import Colleague, signed_in
from tests.browser.customer import Customer
from tests.browser.looking import faults, is_too_wide, photo, visit
from tests.browser.shop import Shop

# What the browser's own paste gives the page: the clipboard of a machine without a screen cannot hold a picture.
PASTE = """
(field, [kind, encoded]) => {
  const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  const pasted = new DataTransfer();
  pasted.items.add(new File([bytes], "image.png", { type: "image/png" }));
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: pasted, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: pasted, bubbles: true, cancelable: true });
  field.dispatchEvent(event);
}
"""


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_seen_where_it_goes(shop: Shop, browser: Browser, tmp_path: Path, width: int) -> None:
    nora = Customer(shop, visit(browser).new_page(), f"Nora Picture{width}")
    number = nora.complains("Which of the two poles is broken?")
    ana = Colleague(shop, signed_in(shop, visit(browser, width, reduced_motion="reduce"), "ana").new_page())
    ana.opens(f"tickets/{number}")
    ana.begins_to_write()
    ana.text.fill(f"Hi {nora.name},\n\nIt is the red one that you see below. A new one leaves today.")
    encoded = base64.b64encode(photo(tmp_path, "red.png").read_bytes()).decode()
    pictures = ana.composer.get_by_role("list", name="Pictures in the words")
    for count, kind in enumerate(["paste", "drop"], 1):
        ana.text.evaluate(PASTE, [kind, encoded])
        expect(pictures.get_by_role("img", name=f"Picture {count}.png")).to_be_visible()
    pictures.get_by_role("button", name="Remove Picture 2.png").click()
    expect(pictures.get_by_role("img")).to_have_count(1)
    assert not is_too_wide(ana.page) and faults(ana.page) == []
    ana.sends_now()
    expect(ana.conversation.get_by_role("img", name="Picture 1.png")).to_be_visible()
    assert not is_too_wide(ana.page)
    mail = nora.is_mailed("Re: ")
    html = mail.get_body(("html",))
    [shown] = [part for part in mail.walk() if part.get_content_disposition() == "inline"]
    assert html and f'src="cid:{shown["Content-ID"].strip("<>")}" alt="Picture 1.png"' in html.get_content()
    assert not list(mail.iter_attachments())
