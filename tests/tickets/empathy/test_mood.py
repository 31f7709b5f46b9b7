"""Mood: what unhappy, neutral and happy messages sound like, and which of their words say so."""

import json
import os
import subprocess
import sys
from hashlib import sha256

import pytest
from django.conf import settings

from tickets.empathy import mood
from tickets.empathy.language import DATA
from tickets.empathy.mood import read

UNHAPPY = [
    "I have been on hold for two hours and nobody answers.",
    "This is the third time I write and still no refund.",
    "Your service is useless and your staff are rude.",
    "Thanks for nothing.",
    "The parcel arrived broken and you refuse to replace it.",
    "Never again will I book with you.",
    "Ich warte seit drei Wochen und niemand meldet sich.",
    "Das ist eine Frechheit, Ihr Service ist katastrophal.",
]
NEUTRAL = [
    "Where can I change my delivery address?",
    "What time do you open on Sunday?",
    "Please send me a copy of the invoice for March.",
    "How do I cancel my subscription?",
    "I would like to report a lost card.",
    "Wie kann ich meine Adresse ändern?",
    "Wann haben Sie am Samstag geöffnet?",
]
HAPPY = [
    "Thank you so much, your team was wonderful!",
    "Great service, very helpful staff.",
    "I love my new sofa, it is perfect.",
    "Vielen Dank, der Service war super.",
]


@pytest.mark.parametrize("text", UNHAPPY)
def test_it_hears_an_unhappy_customer_and_says_why(text: str) -> None:
    found = read(text)
    assert found.label == "unhappy"
    assert found.unhappy >= 0.5
    assert found.reasons
    assert all(reason.weight > 0 for reason in found.reasons)


@pytest.mark.parametrize("text", NEUTRAL)
def test_it_raises_no_alarm_about_a_plain_request(text: str) -> None:
    assert read(text).label == "neutral"


@pytest.mark.parametrize("text", HAPPY)
def test_it_hears_a_happy_customer(text: str) -> None:
    assert read(text).label == "happy"


@pytest.mark.parametrize("text", UNHAPPY + NEUTRAL + HAPPY)
def test_it_points_at_the_words_that_were_written(text: str) -> None:
    for reason in read(text).reasons:
        assert text[reason.start : reason.end] == reason.text


def test_it_names_cues_before_plain_words_and_five_reasons_at_most() -> None:
    text = "Awful hotel: dirty sheets, rude staff, nobody helped, I waited two hours, never again, horrible smell."
    reasons = read(text).reasons
    assert len(reasons) == 5
    named = [bool(reason.cue) for reason in reasons]
    assert named == sorted(named, reverse=True)


def test_it_shows_no_small_words_as_reasons() -> None:
    plain = [r.text.lower() for text in UNHAPPY + HAPPY for r in read(text).reasons if not r.cue]
    assert not {"the", "no", "and", "is", "i", "der", "die"} & set(plain)


@pytest.mark.parametrize(
    "text",
    [
        "Thank you, all is well.\n> This is the worst service ever, you liars.",
        "Thank you, all is well.\n\nOn Tue, 4 May 2021, Kim wrote:\nThis is the worst service ever, you liars.",
        "Thank you, all is well.\n-- \nThe Worst Service Ever Ltd",
    ],
)
def test_it_does_not_count_what_is_quoted_or_signed(text: str) -> None:
    assert read(text).label == "happy"
    assert read(text).unhappy == read(text.splitlines()[0]).unhappy


@pytest.mark.parametrize("text", ["", "   \n\n ", ">>>", "\u200f\u200e"])
def test_it_reads_nothing_into_nothing(text: str) -> None:
    assert read(text) == mood.Mood(0.0, "neutral", ())


def test_it_gives_an_unhappy_face_as_its_own_reason() -> None:
    found = read("😡😡😡")
    assert (found.label, found.reasons[0].text) == ("unhappy", "😡")


def test_it_is_the_same_to_the_byte_whatever_the_hash_seed() -> None:
    program = f"from tickets.empathy.mood import read\nfor t in {UNHAPPY + NEUTRAL + HAPPY!r}: print(repr(read(t)))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(settings.BASE_DIR), "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("locale", ["en", "de"])
def test_it_ships_a_model_below_a_megabyte_that_was_trained_on_the_texts_beside_it(locale: str) -> None:
    path = DATA / locale / "model.json"
    folder = settings.BASE_DIR / "tickets" / "empathy" / "training_data" / "mood" / locale
    files = [*folder.glob("*.tsv.gz"), *folder.glob("own/*.txt")]
    assert path.stat().st_size < 1_000_000
    trained_on = json.loads(path.read_text("utf-8"))["trained_on"]
    assert trained_on == {one.name: sha256(one.read_bytes()).hexdigest() for one in files}
