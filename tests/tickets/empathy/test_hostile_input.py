"""Whatever comes in, every reader answers, within bounded time, and points inside the text."""

from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.empathy import heard, language, mood, signals
from tickets.empathy.check import check
from tickets.empathy.conversation import Said, points

MILLION = 1_000_000
HOSTILE = {
    "ten megabytes of mail": "I waited two hours and nobody answers. " * 260_000,
    "one line of a million letters": "a" * MILLION,
    "one line of a million words": "no " * (MILLION // 3),
    "a million figures": "1" * MILLION,
    "figures and dots": "1." * MILLION,
    "only emoji": "😡" * MILLION,
    "right to left": "אני מחכה כבר שעתיים ואף אחד לא עונה " * 20_000,
    "question marks": "?!" * MILLION,
    "quotes": "> " * MILLION,
    "headers of quotes": "On a day she wrote:\n> b\n" * 100_000,
    "folds": "\n" * MILLION,
    "spaces": " " * MILLION,
    "almost a quote": "On a wrote " * 100_000,
    "almost an address": "a@a." * 250_000,
    "almost a phone": "0 1 " * 250_000,
    "almost a code": "A-1" * 300_000,
    "brackets": "((((" * 250_000,
    "html remains": "<div><p>&nbsp;</p>" * 50_000,
    "lone surrogates": "\ud800" * 1_000,
    "zeros": "\x00" * MILLION,
    "every cue at once": "thanks for nothing worst rude never again i want my money back " * 10_000,
}


def whole_thread(text: str) -> object:
    """The text as a question, as a reply of ours, and as both again."""
    asked = Said(1, True, text, tuple((one.kind, one.text) for one in heard.read(text).questions))
    return points([asked, Said(2, False, text)] * 3)


READERS = {
    "mood": mood.read,
    "signals": signals.read,
    "heard": heard.read,
    "language": language.detect,
    "thread": whole_thread,
    "check": lambda text: check(text, text),
}
SECONDS = 4.0  # on a machine that is busy with other tests; alone each takes a small part of a second


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_it_answers_in_bounded_time(reader: Callable[[str], object], text: str) -> None:
    started = process_time()
    reader(text)
    assert process_time() - started < SECONDS


@given(st.text(max_size=300))
def test_it_answers_any_text_and_points_inside_it(text: str) -> None:
    found = mood.read(text)
    assert 0.0 <= found.unhappy <= 1.0
    assert all(text[reason.start : reason.end] == reason.text for reason in found.reasons)
    assert all(0 <= one.start < one.end <= len(text) for one in signals.read(text))
    facts = heard.read(text).facts
    assert all(text[fact.start : fact.end] == fact.text for fact in facts)
