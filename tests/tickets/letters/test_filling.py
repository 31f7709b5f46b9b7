"""The language of letters: checked when saved, so that filling never fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.api.presenting.letters import examples
from tickets.letters import kinds
from tickets.letters.filling import LONGEST_BODY, LONGEST_SUBJECT, PLACEHOLDER, Text, check, fill
from tickets.letters.shipped import shipped

ACKNOWLEDGEMENT = kinds.ACKNOWLEDGEMENT
GOOD = Text("Number {number}", "{greeting}\n\nRead along: {page}\nNumber {number}")
SHIPPED = [(kind, locale) for kind in kinds.kinds.values() for locale in kind.locales]


def said(subject: str = GOOD.subject, body: str = GOOD.body) -> list[str]:
    return [str(fault) for fault in check(ACKNOWLEDGEMENT, Text(subject, body))]


@pytest.mark.parametrize(("kind", "locale"), SHIPPED, ids=[f"{kind.key}-{locale}" for kind, locale in SHIPPED])
def test_every_letter_that_we_ship_could_be_saved_and_leaves_nothing_open(kind: kinds.Kind, locale: str) -> None:
    text = shipped(kind.key, locale)
    assert check(kind, text) == []
    full, bare = fill(text.body, examples(kind)), fill(text.body, {})
    assert "{" not in full + bare + fill(text.subject, examples(kind))
    assert all(examples(kind)[name] in full for name in kind.carries)
    assert "\n\n\n" not in full + bare
    assert "!" not in full.replace("https://", "")


def test_a_line_with_an_empty_optional_placeholder_is_left_out_with_the_gap_that_it_leaves() -> None:
    body = "Hello\n\nYou hear by {hear_by?}.\nElse we write before {hear_by?}.\n\nBye"
    assert fill(body, {}) == "Hello\n\nBye"
    assert fill(body, {"hear_by": "Friday"}) == "Hello\n\nYou hear by Friday.\nElse we write before Friday.\n\nBye"


def test_a_value_is_not_read_for_placeholders() -> None:
    assert fill("{name} {number}", {"name": "{number}", "number": "17"}) == "{number} 17"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("{page} {number}\nHi {nmae}", "Line 2: There is no {nmae} in this letter; {name} is meant, perhaps."),
        ("{page} {number}\n\n{wholly_else}", "Line 3: There is no {wholly_else} in this letter."),
        (
            "{page} {number} {hear_by}",
            "Line 1: {hear_by} can be empty: write {hear_by?}, and its line is left out when it is.",
        ),
        (
            "{page} {number}\nBy { hear_by }.",
            "Line 2: “By { hear_by }.” is no placeholder: one is written {name}, in small letters, closed.",
        ),
        (
            "{page} {number}\n{greeting",
            "Line 2: “{greeting” is no placeholder: one is written {name}, in small letters, closed.",
        ),
        (
            "{page} {number} }",
            "Line 1: “{number} }” is no placeholder: one is written {name}, in small letters, closed.",
        ),
        (
            "Number {number}\nBye",
            "Line 2: The letter has lost {page}, which it must carry: the link to their own page.",
        ),
        (
            "Number {number}, {page?}",
            "Line 1: The letter has lost {page}, which it must carry: the link to their own page.",
        ),
    ],
)
def test_it_names_the_line_and_what_is_wrong_with_it(body: str, sentence: str) -> None:
    assert sentence in said(body=body)


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [
        ("  ", "A letter needs a subject."),
        ("x" * (LONGEST_SUBJECT + 1), f"A subject has at most {LONGEST_SUBJECT} characters; this has 201."),
        ("one\ntwo", "A subject is one line."),
        ("{nubmer}", "There is no {nubmer} in this letter; {number} is meant, perhaps."),
        ("By {hear_by?}", "{hear_by} can be empty, so it cannot stand in the subject."),
    ],
)
def test_it_looks_at_the_subject_too(subject: str, sentence: str) -> None:
    assert sentence in said(subject=subject)


def test_an_empty_letter_and_one_that_is_too_long_are_refused() -> None:
    assert "Line 1: A letter needs some words." in said(body=" \n ")
    assert any("at most 10,000 characters" in words for words in said(body=GOOD.body + "x" * LONGEST_BODY))


@given(st.text(alphabet="{}?abc_ \n[]%$\\", max_size=60), st.text(alphabet="{}?n\n", max_size=20))
def test_whatever_is_typed_is_either_refused_or_filled_without_a_trace(typed: str, value: str) -> None:
    kind = kinds.Kind("any", "Any", "", {"a": kinds.Placeholder("", "x"), "b": kinds.Placeholder("", "x", True)})
    filled = fill(typed, {"a": "x", "b": value})  # never raises
    if not check(kind, Text("Subject", typed)):
        assert not PLACEHOLDER.search(filled.replace(value, "") if value else filled)
