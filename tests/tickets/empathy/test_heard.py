"""Heard: questions, facts, wishes and what was tried, in the customer's own words."""

import pytest

from tickets.empathy.heard import read

LETTER = """Hello,

I ordered a SoundBar 300 on 12 May and paid €129.99, order number AB-20394. It has not arrived after three weeks.
I have called twice already and spoke to Sarah on Monday. Where is my parcel? Please tell me when it will come.
I want a full refund, please send it to jo@example.org or call 0171 555 0199.
Are you kidding me?

Regards,
Jo Miller
"""


def test_it_hears_the_questions_and_not_the_rhetoric() -> None:
    questions = [span.text for span in read(LETTER).questions]
    assert questions == ["Where is my parcel?", "Please tell me when it will come."]


def test_it_hears_what_is_wanted() -> None:
    assert [span.text for span in read(LETTER).wishes] == [
        "I want a full refund, please send it to jo@example.org or call 0171 555 0199."
    ]


def test_it_hears_what_was_tried() -> None:
    (tried,) = read(LETTER).already_tried
    assert tried.text.startswith("I have called twice")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("reference", "AB-20394"),
        ("date", "12 May"),
        ("date", "on Monday"),
        ("amount", "€129.99"),
        ("email", "jo@example.org"),
        ("phone", "0171 555 0199"),
        ("name", "Sarah"),
        ("name", "Jo Miller"),
        ("product", "SoundBar 300"),
        ("duration", "after three weeks"),
    ],
)
def test_it_hears_the_facts(kind: str, words: str) -> None:
    assert (kind, words) in [(fact.kind, fact.text) for fact in read(LETTER).facts]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("reference", "My booking reference is XK77P2.", "XK77P2"),
        ("reference", "It is about INV-2024-0031 again.", "INV-2024-0031"),
        ("amount", "You took 49.90 euros.", "49.90 euros"),
        ("date", "It came on 2024-05-03.", "2024-05-03"),
        ("date", "I wrote two weeks ago.", "two weeks ago"),
        ("amount", "I paid £45.99.", "£45.99"),
        ("amount", "It cost EUR 12.10.", "EUR 12.10"),
        ("date", "It starts on Saturday 5 December and ends soon.", "on Saturday 5 December"),
        ("date", "Bitte bis Samstag, den 5. Dezember, liefern.", "bis Samstag, den 5. Dezember"),
        ("time", "Nobody came at 9 am.", "9 am"),
        ("date", "Ich habe es am 12. Mai bestellt.", "12. Mai"),
        ("amount", "Ich habe 49,90 € bezahlt.", "49,90 €"),
        ("reference", "Meine Bestellnummer ist 44-5531 und die Ware fehlt.", "44-5531"),
    ],
)
def test_it_hears_facts_in_many_shapes(kind: str, text: str, words: str) -> None:
    assert (kind, words) in [(fact.kind, fact.text) for fact in read(text).facts]


@pytest.mark.parametrize(
    "text",
    [
        "What is the fee for a transfer",
        "I was wondering whether you ship to Malta.",
        "I'd like to know why it failed.",
        "Any news on my claim?",
        "Wann bekomme ich mein Geld zurück",
        "Können Sie mir sagen, ob das geht.",
    ],
)
def test_it_hears_a_question_with_or_without_its_mark(text: str) -> None:
    assert [span.text for span in read(text).questions] == [text]


@pytest.mark.parametrize("text", ["What a joke.", "???", "When I called nobody was there.", "Is this a joke?"])
def test_it_takes_no_outcry_for_a_question(text: str) -> None:
    assert read(text).questions == ()


@pytest.mark.parametrize(
    "text", ["I need to know when it comes.", "I know what I want.", "What do I need for the form?"]
)
def test_it_takes_no_question_for_a_wish(text: str) -> None:
    assert read(text).wishes == ()


def test_it_never_reads_what_is_quoted() -> None:
    heard = read("All good.\n> Where is my parcel? I want a refund. I have called twice. Order number AB-20394.")
    assert (heard.questions, heard.facts, heard.wishes, heard.already_tried) == ((), (), (), ())


def test_it_gives_places_in_the_text_that_was_written() -> None:
    heard = read(LETTER)
    for span in (*heard.questions, *heard.facts, *heard.wishes, *heard.already_tried):
        assert LETTER[span.start : span.end] == span.text


def test_it_shortens_a_sentence_that_never_ends() -> None:
    (question,) = read("and so on " * 200 + "where is my parcel?").questions
    assert len(question.text) <= 400
    assert question.text.endswith("where is my parcel?")


def test_it_hears_a_german_message_from_files_alone() -> None:
    heard = read("Ich habe schon zweimal angerufen. Wann kommt der Monteur? Ich möchte eine Erstattung.")
    assert [span.text for span in heard.questions] == ["Wann kommt der Monteur?"]
    assert [span.text for span in heard.wishes] == ["Ich möchte eine Erstattung."]
    assert [span.text for span in heard.already_tried] == ["habe schon zweimal angerufen."]
