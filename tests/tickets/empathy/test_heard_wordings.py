"""What many customers ask, want, tried and state, in their own words."""

import pytest

from tickets.empathy.heard import read

ASKED = [
    "When are you going to send it?",
    "I wonder whether the deposit comes back on its own.",
    "what about my other order",
    "So who do I turn to now?",
    "Can anyone explain why I was charged 40?",
    "Could you let me have the date of the visit?",
    "do you even know where it is",
    "I'd be grateful to know when the engineer comes",
    "please say whether the offer still stands",
    "is it on its way",
    "how come the price went up",
    "Any idea when it's back?",
    "Kindly advise on the next steps.",
    "Which of the two is right?",
    "Wann kommt der Techniker?",
    "Ich wüsste gern, ob das Geld schon raus ist.",
    "Könnten Sie mir sagen, was das kostet?",
    "Warum dauert das so lange?",
    "Is it ok if I collect it myself?",
    "Do I really need the box?",
]
WANTED = [
    "I'd like my money back.",
    "Just send me a new one.",
    "I expect a full refund and an apology.",
    "All I ask is a phone call.",
    "A replacement would be fine.",
    "Please put the money back on my card.",
    "I want you to take the charge off.",
    "We'd be happy with a credit note.",
    "You should pay for the hotel.",
    "I insist that somebody calls me today.",
    "what I want is a working line",
    "Could you please cancel the second order.",
    "let me have a new card",
    "send someone to fix it",
    "Ich möchte mein Geld zurück.",
    "Bitte schicken Sie mir ein neues Gerät.",
    "Ich erwarte eine Entschädigung.",
    "Ich hätte gern einen Rückruf.",
]
TRIED = [
    "I've restarted the router three times.",
    "I rang you on Monday and Tuesday.",
    "Already sent you the photos.",
    "Your colleague had me reinstall the app, it didn't help.",
    "I've been through all the steps on your website.",
    "I have written to you before about this.",
    "We tried another cable.",
    "I told your agent last week.",
    "I followed the instructions.",
    "As mentioned in my last mail, the lamp is dead.",
    "Ich habe schon zweimal angerufen.",
    "Wie bereits geschrieben ist das Paket leer.",
    "Ich habe den Router neu gestartet.",
]
STATED = [
    ("reference", "order no. 55-1209-AB is wrong"),
    ("reference", "my account number is 00293311"),
    ("reference", "booking XJ4T9Q"),
    ("amount", "It was $1,249.00 in total"),
    ("amount", "they took 40 quid"),
    ("date", "since 3rd of March"),
    ("date", "on 12/04/2024 I paid"),
    ("date", "last Tuesday evening"),
    ("time", "at 7:45 pm"),
    ("duration", "waited 3 hours"),
    ("duration", "for over six weeks"),
    ("product", "I bought a Bosch dishwasher"),
    ("product", "my new Samsung Galaxy S21 phone broke"),
    ("name", "Kind regards, Maria Lopez"),
    ("name", "I spoke with Daniel"),
    ("reference", "meine Bestellnummer ist 4471-22"),
    ("amount", "129,90 €"),
    ("name", "Mit freundlichen Grüßen\nPetra Klein"),
    ("reference", "invoice INV-2231"),
]
PLAIN = [
    "What a lovely day.",
    "I want to say thank you.",
    "We need not worry.",
    "I know what I need.",
    "Which is why I left.",
]


@pytest.mark.parametrize("text", ASKED)
def test_it_hears_a_question(text: str) -> None:
    assert read(text).questions


@pytest.mark.parametrize("text", WANTED)
def test_it_hears_a_wish(text: str) -> None:
    assert read(text).wishes


@pytest.mark.parametrize("text", TRIED)
def test_it_hears_what_was_tried(text: str) -> None:
    assert read(text).already_tried


@pytest.mark.parametrize(("kind", "text"), STATED)
def test_it_hears_a_fact(kind: str, text: str) -> None:
    assert kind in {fact.kind for fact in read(text).facts}


@pytest.mark.parametrize("text", PLAIN)
def test_it_hears_nothing_asked_or_wanted(text: str) -> None:
    assert not read(text).questions
    assert not read(text).wishes
