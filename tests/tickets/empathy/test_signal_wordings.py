"""Signals in the words of many customers, and words that come near and must raise nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tickets.empathy import signals

WORDINGS = Path(__file__).with_name("signal_wordings_en.txt")


def wordings() -> Iterator[tuple[str, str, bool]]:
    """Every wording with its signal, and whether it raises it."""
    signal = ""
    for line in WORDINGS.read_text("utf-8").splitlines():
        if line.startswith("["):
            signal = line.strip("[]")
        elif line and not line.startswith("# "):
            yield signal, line.removeprefix("- "), not line.startswith("- ")


@pytest.mark.parametrize(("signal", "text", "raised"), list(wordings()))
def test_it_is_raised_by_what_means_it_and_by_nothing_near(signal: str, text: str, raised: bool) -> None:
    assert (signal in {one.signal for one in signals.read(text)}) == raised


def test_every_signal_has_wordings_and_near_misses() -> None:
    assert {(signal, raised) for signal, _, raised in wordings()} == {
        (signal, raised) for signal in signals.SIGNALS for raised in (True, False)
    }
