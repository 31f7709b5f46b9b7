"""Reading template files, refusing wrong ones by line, and filling slots."""

import re
from pathlib import Path

import pytest

from tickets.empathy import templates
from tickets.empathy.check import Context, check
from tickets.empathy.check.metrics import grade
from tickets.empathy.check.rulebook import rulebook
from tickets.empathy.slots import slot_words
from tickets.empathy.templates import BadTemplate, render

GOOD = """---
key: late-train
title: A late train
situation: late_train
stage: solve
level: 1
locale: en
required: [name, promise]
guards:
  - Never blame the weather.
---

## 1

Hi {name}, {promise}

## 2

{promise} Yours, {name}.

## 3

Dear {name}: {promise}
"""


def read(text: str) -> templates.TemplateFile:
    return templates.read(text.encode(), "late-train.md")


def test_it_reads_the_front_matter_and_each_variant():
    template = read(GOOD)
    assert (template.key, template.stage, template.level, template.locale) == ("late-train", "solve", 1, "en")
    assert template.required == ("name", "promise")
    assert template.guards == ("Never blame the weather.",)
    assert template.variants[1] == "{promise} Yours, {name}."


def test_it_reads_windows_line_ends():
    assert read(GOOD.replace("\n", "\r\n")) == read(GOOD)


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        ("stage: solved", "stage: solve", 5, "'solved' is no stage"),
        ("level: 4", "level: 1", 6, "4 is no level from 0 to 3"),
        ("key: Late Train", "key: late-train", 2, "'Late Train' is no key"),
        ("required: [name, vow]", "required: [name, promise]", 8, "no slot called 'vow'"),
        ("required: name", "required: [name, promise]", 8, "required is a list of words"),
        ("colour: red\nlevel: 1", "level: 1", 6, "'colour' means nothing here"),
        ("", "locale: en\n", 1, "'locale' is missing"),
        ("title: [A late train", "title: A late train", 4, "this is not YAML"),
        ("Hi {name}, {vow} {promise}", "Hi {name}, {promise}", 15, "no slot called 'vow'"),
        ("Hi {name}.", "Hi {name}, {promise}", 13, "the required slot {promise} is missing"),
        ("Dear {name}.", "Dear {name}: {promise}", 21, "the required slot {promise} is missing"),
        ("{promise} Yours, {name}.", "Dear {name}: {promise}", 21, "repeats another one"),
        ("", "## 3\n\nDear {name}: {promise}\n", 12, "2 variants; it takes 3"),
        ("--", "---\nkey", 1, "begins with a block between two lines of ---"),
    ],
)
def test_it_refuses_a_wrong_file_with_the_line_and_the_reason(wrong: str, right: str, line: int, reason: str):
    assert right in GOOD
    with pytest.raises(BadTemplate) as refusal:
        read(GOOD.replace(right, wrong, 1))
    assert reason in str(refusal.value)
    assert f"late-train.md, line {line}: " in str(refusal.value)


def test_it_refuses_a_file_that_is_not_text():
    with pytest.raises(BadTemplate, match="line 3: this is not UTF-8"):
        templates.read(b"---\nkey: a\n\xff", "late-train.md")


def test_it_refuses_two_files_of_one_key(tmp_path: Path):
    (tmp_path / "one.md").write_text(GOOD)
    (tmp_path / "two.md").write_text(GOOD)
    with pytest.raises(BadTemplate, match="another template of this key"):
        templates.load(tmp_path)


def test_it_fills_slots_and_names_the_empty_ones():
    rendered = render("Hi {name}, I can {options}. {promise}", {"name": "Ana", "promise": " "})
    assert rendered.text == "Hi Ana, I can {options}. {promise}"
    assert rendered.empty_slots == ("options", "promise")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("One.\n\n{why?}\n\nTwo.", "One.\n\nTwo."),
        ("{why?} One.", "One."),
        ("One. {why?} Two.", "One. Two."),
        ("One. {why?}\n\nTwo.", "One.\n\nTwo."),
        ("One.\n{why?} {answers?}\nTwo.", "One.\nTwo."),
        ("One.\n\n{why?}", "One."),
    ],
)
def test_an_empty_optional_slot_leaves_no_gap(body: str, text: str):
    assert render(body, {}) == templates.Rendered(text, ())


def test_an_optional_slot_that_is_filled_stands_where_it_was_written():
    assert render("One. {why?} Two.", {"why": "Because."}).text == "One. Because. Two."


def test_a_value_that_looks_like_a_slot_is_left_alone():
    assert render("{their_words} {name}", {"their_words": "{name}", "name": "Ana"}).text == "{name} Ana"


SHIPPED = templates.load(Path(templates.__file__).parent / "template_files")
# What an agent would write where the sample of the language does not fit what happened.
IN_PLACE: dict[str, dict[str, str]] = {
    "bereavement": {
        "their_words": "my mother died last week and the account was in her name",
        "done": "I stopped all letters and bills this morning.",
        "answers": "The account can stay as it is until you write to me.",
    },
    "bug_confirmed": {"remedy": "open the file from the list and not from the mail"},
    "cancellation": {
        "their_words": "please end my plan, I have no use for it any more",
        "done": "I ended your plan today, and no more payments are due.",
        "promise": "I will send you the last bill by Friday 15 May 2026.",
    },
    "need_information": {"answers": "Which of the two kettles is it, the red one or the blue one?"},
    "outage_ongoing": {
        "their_words": "nothing has loaded since nine and I cannot work",
        "why": "One of our machines stopped at nine.",
        "done": "I asked those who mend it for the next news.",
    },
    "praise": {
        "their_words": "the young man at the depot was so kind to my father",
        "done": "I read it to him this morning, and he smiled all day.",
    },
    "price_complaint": {
        "their_words": "the price went up by five pounds and nobody told me why",
        "why": "The paper that we print on costs more than it did.",
        "options": "keep your old price until June or end the plan on the day that you choose",
    },
    "privacy": {
        "their_words": "your letter to me held the address of somebody else",
        "what_we_did": "we sent you a page that was meant for somebody else",
        "done": "I told our privacy officer at nine and took the file down.",
    },
    "safety": {
        "their_words": "the handle came off and I burned my hand",
        "ownership": "We sold you something that hurt you, and that is ours to put right.",
        "done": "I told those who look after safety at nine.",
    },
    "refund_delayed": {
        "their_words": "you said ten days and it has been three weeks",
        "what_we_did": "we did not pay your refund on the day we gave you",
        "done": "I found it at nine and had it sent again today.",
        "promise": "I will see that it is on your card by Friday 15 May 2026, and write to you then.",
    },
}
IN_PLACE_DE: dict[str, dict[str, str]] = {
    "refund_delayed": {
        "their_words": "Sie sagten zehn Tage, und jetzt sind es drei Wochen",
        "what_we_did": "wir haben Ihr Geld nicht an dem Tag gezahlt, den wir genannt haben",
        "done": "Ich habe sie heute früh gefunden und neu angewiesen.",
    },
}


def values(template: templates.TemplateFile) -> dict[str, str]:
    """What an agent would put into the slots of this template."""
    own = IN_PLACE if template.locale == "en" else IN_PLACE_DE
    return {**slot_words(template.locale).samples, **own.get(template.situation, {})}


EVERY_VARIANT = [
    pytest.param(template, body, id=f"{template.locale}-{template.key}-{number}")
    for template in SHIPPED
    for number, body in enumerate(template.variants, start=1)
]


def filled(template: templates.TemplateFile, body: str) -> str:
    return render(body, values(template)).text


def test_there_are_forty_situations_in_english_and_ten_in_german():
    assert [sum(one.locale == locale for one in SHIPPED) for locale in ("en", "de")] == [40, 10]


@pytest.mark.parametrize(("template", "body"), EVERY_VARIANT)
def test_a_template_is_sixty_to_160_words_long_with_and_without_its_optional_slots(template, body):
    required = {name: value for name, value in values(template).items() if name in template.required}
    for slots in (values(template), required):
        rendered = render(body, slots)
        assert not rendered.empty_slots
        assert 60 <= len(rendered.text.split()) <= 160


@pytest.mark.parametrize("all_slots", [True, False], ids=["whole", "required"])
@pytest.mark.parametrize(("template", "body"), EVERY_VARIANT)
def test_a_filled_template_passes_the_check(template: templates.TemplateFile, body: str, all_slots: bool) -> None:
    """For an unhappy customer, with everything that the ticket knows: no error, and no warning."""
    slots = {name: value for name, value in values(template).items() if all_slots or name in template.required}
    draft = render(body, slots).text
    checked = check(draft, values(template)["their_words"], context_of(template))
    assert [
        (one.rule, draft[one.start or 0 : one.end or 0]) for one in checked.findings if one.level != "suggestion"
    ] == []


def context_of(template: templates.TemplateFile) -> dict[str, object]:
    spoken = slot_words(template.locale)
    happy = template.situation == "praise"
    return {
        "locale": template.locale,
        "today": "2026-05-11",
        "customer_name": spoken.customer,
        "agent_name": spoken.samples["owner"],
        "situation": template.situation,
        "mood": "positive" if happy else "negative",
        "our_fault": "ownership" in template.required,
        "resolved": template.stage == "follow_up",
        "known": ["email", "order number"],
    }


@pytest.mark.parametrize(("template", "body"), [one for one in EVERY_VARIANT if one.values[0].locale == "en"])
def test_an_english_template_reads_at_grade_eight_or_lower(template, body):
    book = rulebook("en")
    assert grade(book.read(filled(template, body), "", Context())) <= 8


# Deeds that nobody may have done yet, remedies that nobody has offered yet, and days: they belong into slots.
CLAIMS = {
    "en": r"\b(?:I|we) (?:have |had )?(?:already |also )?(?:refunded|sent|stopped|paused|booked|arranged|traced|searched|"
    r"checked|spoken|spoke|asked|told (?!you)|cancelled|credited|added|passed|noted|put aside)\b"
    r"|\bthis morning\b|\b(?:same|each) (?:day|morning)\b|\btomorrow\b|\bno (?:fee|postage|return cost)\b|\d",
    "de": r"\bhabe [^.:]{0,60}(?:erstattet|geschickt|gestoppt|gesucht|geprüft|gefragt|gemeldet|angelegt|gestellt|"
    r"angestoßen|geöffnet)\b|\bheute früh\b|\bam selben Tag\b|\bkostenlos\b|\bkostet Sie nichts\b|\d",
}


@pytest.mark.parametrize(("template", "body"), EVERY_VARIANT)
def test_a_template_claims_no_deed_no_remedy_and_no_day_of_its_own(template: templates.TemplateFile, body: str) -> None:
    assert [one[0] for one in re.finditer(CLAIMS[template.locale], body)] == []


def test_a_template_with_options_offers_some_to_choose_from() -> None:
    offering = [one for one in SHIPPED if "options" in one.required]
    assert [one.key for one in offering if len(one.remedies) < 2] == []


def test_no_two_variants_begin_alike():
    for template in SHIPPED:
        openings = [body.split("\n\n")[1][:20] for body in template.variants]
        assert len(set(openings)) == len(openings), template.key
