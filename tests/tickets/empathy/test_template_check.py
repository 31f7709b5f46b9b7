"""What keeps a template from coming into force, with the line and the reason; and how far a reply moved from it."""

from dataclasses import replace
from time import perf_counter

import pytest

from tickets.empathy.rewording import changed
from tickets.empathy.template_check import preview, problems
from tickets.empathy.templates import TemplateFile

SAID = "I have looked at it this morning, and I will see it through for you."
GOOD = TemplateFile(
    key="late-train",
    title="A late train",
    situation="late_train",
    stage="solve",
    level=0,
    locale="en",
    required=("name", "promise"),
    guards=(),
    variants=(
        f"Hi {{name}},\n\nYou wrote “{{their_words}}”. {SAID}\n\n{{promise}}\n\n{{owner}}",
        f"Hi {{name}},\n\n“{{their_words}}” is a fair thing to say. {SAID}\n\n{{promise}}\n\n{{owner}}",
        f"Hi {{name}},\n\nThank you for telling us: “{{their_words}}”. {SAID}\n\n{{promise}}\n\n{{owner}}",
    ),
)


def with_first(body: str) -> TemplateFile:
    return replace(GOOD, variants=(body, *GOOD.variants[1:]))


def test_it_lets_a_good_one_pass():
    assert problems(GOOD) == ()


@pytest.mark.parametrize(
    ("wrong", "field", "line", "reason"),
    [
        (replace(GOOD, title=""), "title", None, "1 to 120 characters"),
        (replace(GOOD, stage="solved"), "stage", None, "'solved' is no stage"),
        (replace(GOOD, level=4), "level", None, "4 is no level"),
        (replace(GOOD, locale="xx"), "locale", None, "no language that has slots"),
        (replace(GOOD, required=("name", "vow")), "required", None, "no slot called 'vow'"),
        (replace(GOOD, variants=GOOD.variants[:2]), "variants", None, "2 variants; it takes 3"),
        (with_first(""), "variants.0", None, "empty"),
        (with_first(f"Hi {{name}},\n\n{{vow}} {SAID}\n{{promise}}"), "variants.0", 3, "no slot called 'vow'"),
        (with_first(f"Hi {{name}},\n\n{SAID}"), "variants.0", None, "equired slot {promise} is missing"),
        (with_first(GOOD.variants[1]), "variants.1", None, "repeats another one"),
        (with_first(f"Hi {{name}},\n\n{{promise}} {'And so it goes on. ' * 50}"), "variants.0", None, "at most 160"),
        (with_first("Hi {name}, {promise}"), "variants.0", None, "say a little more"),
        (with_first("x" * 4_001), "variants.0", None, "at most 4000 characters"),
        (
            with_first(f"Hi {{name}},\n\nWe are sorry if you were upset. {SAID}\n\n{{promise}}\n\n{{owner}}"),
            "variants.0",
            3,
            "apology.if",
        ),
        (
            with_first(
                "Hi {name}, notwithstanding organisational considerations surrounding international transportation "
                "infrastructure, investigations regarding responsibility continue considerably. {promise}"
            ),
            "variants.0",
            None,
            "reads at grade",
        ),
    ],
)
def test_it_names_the_field_the_line_and_the_reason(wrong, field, line, reason):
    found = [one for one in problems(wrong) if one.field == field]
    assert [(one.line, reason in one.sentence) for one in found][:1] == [(line, True)], found


def test_it_shows_a_variant_filled_for_a_believable_customer():
    shown = preview(GOOD.variants[0], "en")
    assert shown.text.startswith("Hi Ana,\n\nYou wrote “My kettle arrived cracked")
    assert shown.words == len(shown.text.split())
    assert shown.grade is not None and 0 < shown.grade <= 8
    assert preview("Guten Tag {name}, {promise}", "de").grade is None


BODY = "Hi {name},\n\nI searched for the parcel today, and it is lost.\n\n{promise}\n\n{owner}"


@pytest.mark.parametrize(
    ("sent", "least", "most"),
    [
        ("Hi Nora,\n\nI searched for the parcel today, and it is lost.\n\nI will call.\n\nAna", 0, 0),
        ("Hi Nora,\n\nI searched for the parcel twice today, and it is lost.\n\nAna", 0.05, 0.3),
        ("Dear Nora, something else was written here from beginning to end.", 0.9, 1),
        ("", 1, 1),
    ],
)
def test_it_tells_how_far_a_reply_moved_from_its_template(sent, least, most):
    assert least <= changed(BODY, sent) <= most


def test_a_template_of_slots_alone_cannot_be_changed():
    assert changed("{name} {promise}", "anything") == 0


def test_it_compares_enormous_texts_in_bounded_time():
    began = perf_counter()
    changed("word " * 2_000_000, "other " * 2_000_000)
    assert perf_counter() - began < 1
