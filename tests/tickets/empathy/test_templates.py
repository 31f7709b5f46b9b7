"""Reading template files, refusing wrong ones by line, and filling slots."""

from pathlib import Path

import pytest

from tickets.empathy import templates
from tickets.empathy.check import Context, check
from tickets.empathy.check.metrics import grade
from tickets.empathy.check.rulebook import rulebook
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
SAMPLES = {
    "en": {
        "name": "Ana",
        "their_words": "my kettle arrived cracked and I have a party on Saturday",
        "what_we_did": "we sent you a cracked kettle",
        "ownership": "That was our mistake, and it is mine to put right.",
        "why": "The box was packed without its inner tray.",
        "options": "send a new kettle by courier today or refund you 40.00 in full",
        "remedy": "the new kettle",
        "promise": "I will call you by 3pm on Wednesday 13 May 2026.",
        "owner": "Sam Reed",
        "answers": "The warranty runs until May 2028.",
        "follow_up": "Friday 15 May",
        "what_changes": "Every box now gets a second look before it leaves.",
        "wait": "five days",
    },
    "de": {
        "name": "Frau Lima",
        "their_words": "der Kessel kam mit einem Sprung an und am Samstag ist die Feier",
        "what_we_did": "wir haben Ihnen einen Kessel mit einem Sprung geschickt",
        "ownership": "Das war unser Fehler, und ich bringe ihn in Ordnung.",
        "why": "Der Karton wurde ohne Einlage gepackt.",
        "options": "Ihnen heute einen neuen Kessel schicken oder 40,00 Euro erstatten",
        "remedy": "der neue Kessel",
        "promise": "Ich rufe Sie bis Mittwoch, 13. Mai 2026, 15 Uhr an.",
        "owner": "Sam Reed",
        "answers": "Die Garantie läuft bis Mai 2028.",
        "follow_up": "Freitag, 15. Mai",
        "what_changes": "Jeder Karton wird jetzt ein zweites Mal geprüft.",
        "wait": "fünf Tage",
    },
}
EVERY_VARIANT = [
    pytest.param(template, body, id=f"{template.locale}-{template.key}-{number}")
    for template in SHIPPED
    for number, body in enumerate(template.variants, start=1)
]


def filled(template: templates.TemplateFile, body: str) -> str:
    return render(body, SAMPLES[template.locale]).text


def test_there_are_forty_situations_in_english_and_ten_in_german():
    assert [sum(one.locale == locale for one in SHIPPED) for locale in ("en", "de")] == [40, 10]


@pytest.mark.parametrize(("template", "body"), EVERY_VARIANT)
def test_a_template_is_sixty_to_160_words_long_with_and_without_its_optional_slots(template, body):
    required = {name: value for name, value in SAMPLES[template.locale].items() if name in template.required}
    for slots in (SAMPLES[template.locale], required):
        rendered = render(body, slots)
        assert not rendered.empty_slots
        assert 60 <= len(rendered.text.split()) <= 160


@pytest.mark.parametrize(("template", "body"), EVERY_VARIANT)
def test_a_filled_template_passes_the_check(template, body):
    context = {"locale": template.locale, "today": "2026-05-11", "customer_name": "Ana Lima", "agent_name": "Sam Reed"}
    if template.situation == "bereavement":
        context["situation"] = "bereavement"
    draft = filled(template, body)
    checked = check(draft, SAMPLES[template.locale]["their_words"], context)
    assert [
        (one.rule, draft[one.start or 0 : one.end or 0]) for one in checked.findings if one.level != "suggestion"
    ] == []


@pytest.mark.parametrize(("template", "body"), [one for one in EVERY_VARIANT if one.values[0].locale == "en"])
def test_an_english_template_reads_at_grade_eight_or_lower(template, body):
    book = rulebook("en")
    assert grade(book.read(filled(template, body), "", Context())) <= 8


def test_no_two_variants_begin_alike():
    for template in SHIPPED:
        openings = [body.split("\n\n")[1][:20] for body in template.variants]
        assert len(set(openings)) == len(openings), template.key
