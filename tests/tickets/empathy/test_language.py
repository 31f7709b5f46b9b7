"""The language of a message is told by its small words."""

import pytest

from tickets.empathy.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my parcel? I have been waiting for it.", "en"),
        ("Wo ist mein Paket? Ich warte seit einer Woche darauf.", "de"),
        ("Hallo, das Gerät ist kaputt und niemand antwortet mir.", "de"),
        ("The Kindergarten invoice is wrong again.", "en"),
        ("Où est mon colis ?", "en"),
        ("", "en"),
        ("😡😡😡", "en"),
        ("12345", "en"),
    ],
)
def test_it_tells(text: str, language: str) -> None:
    assert detect(text) == language
