"""The HTML of our mails: whole, escaped, and with words for links that nobody would read."""

import pytest
from pytest_django import Settings

from tickets.mail.quoting import marker
from tickets.mail.sending.html import Picture, page
from tickets.models import FOOT

TOKEN = "/t/17-0-abcdefghijklmnopqrstuvwxyz/"


def test_paragraphs_and_lines_stay_what_they_are() -> None:
    html = page("Hi Nora,\n\none\ntwo\n\n\nthree", "en")
    assert html.count("<p ") == 3
    assert "one<br>\ntwo" in html


def test_what_was_typed_is_escaped() -> None:
    html = page('<script>alert(1)</script> & "quoted"\n\nhttps://a.example/?x=<b>', "en")
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert 'href="https://a.example/?x="' in html


def test_a_link_ends_before_the_full_stop() -> None:
    assert 'href="https://a.example/b" ' in page("See https://a.example/b.", "en")


def test_a_link_to_a_page_of_ours_is_a_button_that_says_where_it_leads(settings: Settings) -> None:
    link = f"{settings.PUBLIC_URL}{TOKEN}"
    english, german = page(f"Your page:\n{link}", "en"), page(f"Ihre Seite:\n{link}", "de")
    assert f'<a href="{link}"' in english and ">Open your page<" in english
    assert ">Ihre Seite öffnen<" in german and '<html lang="de">' in german


def test_a_link_to_somewhere_else_is_no_button_and_shows_itself() -> None:
    html = page(f"https://evil.example{TOKEN}", "en")
    assert "<table" not in html and f">https://evil.example{TOKEN}<" in html


def test_what_stands_below_is_small_and_its_link_has_words(settings: Settings) -> None:
    words, foot = page(f"Sorry.{FOOT}Number 17.\n{settings.PUBLIC_URL}{TOKEN}", "en").split("border-top")
    assert "Sorry." in words and "-- " not in words
    assert "Number 17." in foot and ">Open your page<" in foot and "<table" not in foot


def test_it_carries_the_line_to_write_above_in_its_language_and_its_own_reference() -> None:
    html = page("Hallo", "de", "abcdefgh@kintsugi.example")
    assert marker.LINES["de"] in html
    assert marker.references_in(html) == ("abcdefgh@kintsugi.example",)
    assert marker.HTML_CLASS not in page("Hallo", "de")


def test_pictures_are_shown_by_their_content_id() -> None:
    html = page("Look", "en", pictures=[Picture("one@here", 'a"b.png', 20)])
    assert 'src="cid:one@here"' in html and 'alt="a&quot;b.png"' in html


@pytest.mark.parametrize(("natural", "shown"), [(20, 20), (2560, 600), (0, 600)])
def test_no_picture_is_wider_than_the_page_nor_than_it_is(natural: int, shown: int) -> None:
    """By its attribute too, since some programs read no style that would hold it back."""
    html = page("Look", "en", pictures=[Picture("one@here", "a.png", natural)])
    assert f'width="{shown}"' in html and f"max-width:{shown}px" in html
