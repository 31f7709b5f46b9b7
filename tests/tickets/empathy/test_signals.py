"""Every signal has words that raise it and near misses that must not."""

import pytest

from tickets.empathy import signals

RAISED = {
    "legal": [
        "I will sue you.",
        "You will hear from my solicitor.",
        "We are taking legal action next week.",
        "I'll see you in small claims court.",
        "This is a breach of contract.",
        "Do I have to take you to court?",
    ],
    "regulator": [
        "I have complained to the ombudsman.",
        "I will report you to the FCA.",
        "Trading Standards will be informed.",
        "The case goes to the data protection authority.",
    ],
    "chargeback": [
        "I asked my bank for a chargeback.",
        "I am disputing the charge.",
        "There are unauthorised transactions on my card.",
        "I will report this to my bank.",
        "We got scammed by you.",
    ],
    "press": [
        "I'm going to post this on Twitter.",
        "You'll get a one star review from me.",
        "A journalist will like this story.",
        "I will warn everyone about you.",
    ],
    "leaving": [
        "I want to close my account.",
        "Cancel my subscription today.",
        "Never again will I use your service, never shop with you.",
        "I'm switching to another provider.",
        "You have lost a customer.",
    ],
    "manager": [
        "Let me speak to a manager.",
        "Please escalate this.",
        "I want to make a formal complaint.",
        "Put me through to somebody, get your supervisor to call me.",
    ],
    "safety": [
        "The charger caught fire.",
        "My son was injured by the swing.",
        "I got an electric shock from the kettle.",
        "She had an allergic reaction to the cream.",
        "There was glass in my salad.",
        "I burned my hand on the lid.",
    ],
    "privacy": [
        "I received someone else's invoice.",
        "Please delete all my data.",
        "This is a data breach.",
        "My details were leaked.",
        "I make a subject access request.",
    ],
    "vulnerable": [
        "I am disabled and cannot carry it.",
        "My mother is in hospital.",
        "I lost my job and can't afford the bill.",
        "My elderly father lives alone.",
        "I use a wheelchair.",
    ],
    "bereavement": [
        "My husband died in March.",
        "My mother passed away last week.",
        "The flowers are for a funeral.",
        "It belonged to my late father.",
    ],
    "discrimination": [
        "Your guard made a racist remark.",
        "I was refused because of my skin colour.",
        "That is discrimination.",
        "One of your drivers harassed me.",
    ],
    "deadline": [
        "The wedding is on Saturday.",
        "I need it by Friday.",
        "My flight leaves tomorrow.",
        "It must be here before 12 May.",
    ],
    "money": [
        "You charged me twice.",
        "I still have no refund.",
        "I want my money back.",
        "I am out of pocket because of this.",
    ],
    "self_harm": [
        "I don't want to live anymore.",
        "I feel like killing myself.",
        "I want to end my life.",
        "Everyone would be better off without me, I am better off dead.",
    ],
}
NEAR_MISSES = {
    "legal": [
        "I am a lawyer and need twelve chairs.",
        "My colleague Sue will collect it.",
        "Do you rent out the tennis court?",
        "Here is the power of attorney for my father.",
    ],
    "regulator": [
        "The pressure regulator on the boiler drips.",
        "Which window regulator fits my car?",
        "The bureau desk has a scratch.",
    ],
    "chargeback": [
        "Who pays the charge for the return?",
        "What do you do to prevent fraud?",
        "I'd like to add my bank details.",
    ],
    "press": [
        "I found you on Facebook.",
        "Which button do I press?",
        "I want to pause my newspaper subscription.",
        "Please review the attached form.",
    ],
    "leaving": [
        "I don't want to cancel my subscription, only pause it.",
        "Please cancel my order.",
        "I am leaving the house at nine.",
        "Can I close the lid while it runs?",
    ],
    "manager": [
        "The password manager fills in the wrong field.",
        "I am the manager of a small hostel.",
        "Which project manager do you recommend as software?",
    ],
    "safety": [
        "Does the Fire TV stick work with it?",
        "The smoke detector needs a battery.",
        "How many calories does it burn?",
        "Do you sell a shock absorber for my bike?",
        "That hurt my feelings.",
    ],
    "privacy": [
        "How much mobile data do I have left?",
        "Where is your privacy policy?",
        "Does the privacy screen fit my laptop?",
    ],
    "vulnerable": [
        "I'm sick of waiting.",
        "The window blind is the wrong colour.",
        "What are your hours of operation?",
        "My request fell on deaf ears.",
    ],
    "bereavement": [
        "My phone battery died.",
        "The train was late.",
        "My car is dead.",
    ],
    "discrimination": [
        "The racing bike has a flat tyre.",
        "Is there a price for seniors of any age?",
    ],
    "deadline": [
        "Which wedding dress sizes do you have?",
        "What is the deadline for returns?",
        "May I order by phone?",
    ],
    "money": [
        "How much does the repair cost?",
        "What is your refund policy?",
        "Is there a fee for cash?",
    ],
    "self_harm": [
        "My phone is going to die soon.",
        "This cake is to die for.",
        "I could die laughing.",
        "I can't go on your website.",
    ],
}


def raised_by(text: str) -> set[str]:
    return {one.signal for one in signals.read(text)}


@pytest.mark.parametrize(("signal", "text"), [(name, text) for name, texts in RAISED.items() for text in texts])
def test_it_is_raised_by_its_words(signal: str, text: str) -> None:
    assert signal in raised_by(text)


@pytest.mark.parametrize(("signal", "text"), [(name, text) for name, texts in NEAR_MISSES.items() for text in texts])
def test_it_is_not_raised_by_a_near_miss(signal: str, text: str) -> None:
    assert signal not in raised_by(text)


def test_it_has_examples_and_near_misses_for_every_signal() -> None:
    assert set(RAISED) == set(NEAR_MISSES) == set(signals.SIGNALS)


@pytest.mark.parametrize("locale", ["en", "de"])
def test_it_knows_phrases_for_every_signal_in_each_language(locale: str) -> None:
    assert set(signals.signal_book(locale).weights) == set(signals.SIGNALS)


def test_it_gives_the_place_of_the_words() -> None:
    text = "Hello. If nothing happens I will sue you."
    (found,) = signals.read(text)
    assert text[found.start : found.end] == "will sue"


@pytest.mark.parametrize(
    "text",
    [
        "Fine.\n> I will sue you.",
        "Fine.\n\nOn Mon, 3 May 2021 at 10:00, Kim <kim@example.org> wrote:\nI will sue you.",
        "Fine.\n\n-----Original Message-----\nI will sue you.",
        "Fine.\n-- \nMiller & Sons, solicitors and lawyers",
        "Gut.\n\nAm 3. Mai 2021 um 10:00 schrieb Kim:\nIch gehe zum Anwalt.",
    ],
)
def test_it_never_reads_what_is_quoted_or_signed(text: str) -> None:
    assert signals.read(text) == ()


@pytest.mark.parametrize(
    ("signal", "text"),
    [
        ("legal", "Dann gehe ich zum Anwalt."),
        ("regulator", "Ich melde das der Verbraucherzentrale."),
        ("chargeback", "Ich werde die Lastschrift zurückbuchen."),
        ("press", "Das gibt eine schlechte Bewertung."),
        ("leaving", "Hiermit kündige ich meinen Vertrag."),
        ("manager", "Ich will den Geschäftsführer sprechen."),
        ("safety", "Der Akku hat Feuer gefangen."),
        ("privacy", "Bitte löschen Sie alle meine Daten, ich verlange das nach DSGVO."),
        ("vulnerable", "Ich bin schwerbehindert und kann das nicht tragen."),
        ("bereavement", "Mein Mann ist im März verstorben."),
        ("discrimination", "Ich wurde wegen meiner Hautfarbe abgewiesen."),
        ("deadline", "Ich brauche es bis Freitag."),
        ("money", "Sie haben doppelt abgebucht."),
        ("self_harm", "Ich möchte nicht mehr leben."),
    ],
)
def test_it_hears_german_from_files_alone(signal: str, text: str) -> None:
    assert signal in raised_by(text)


def test_an_answer_below_what_it_quotes_is_the_customers_own():
    text = "On Mon, 3 May 2021, Support wrote:\n> You may sue us.\n> Kim\n\nMy lawyer will write to you."
    [found] = signals.read(text)
    assert (found.signal, text[found.start : found.end]) == ("legal", "lawyer")


@pytest.mark.parametrize(
    ("signal", "text"),
    [
        ("legal", "Ich bin Anwalt und brauche zwölf Stühle."),
        ("legal", "Ich werde Sie nicht verklagen."),
        ("manager", "Ich will keinen Vorgesetzten sprechen."),
        ("vulnerable", "Ich habe Ihnen blind vertraut."),
        ("bereavement", "Der Akku ist gestorben."),
        ("press", "Wo finde ich die Presse Stelle?"),
        ("safety", "Ist der Rauch Melder im Preis enthalten?"),
        ("money", "Was kostet die Reparatur?"),
    ],
)
def test_it_leaves_german_near_misses_alone(signal: str, text: str) -> None:
    assert signal not in raised_by(text)
