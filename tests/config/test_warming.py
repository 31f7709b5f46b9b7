"""What a process reads before anybody waits for it."""

from pathlib import Path
from typing import Any, NoReturn

import pytest

from config import warming
from tickets.empathy import check, heard, mood, signals, situations
from tickets.empathy.language import locales
from tickets.empathy.slots import slot_words


def refuse(path: Path, *_: Any, **__: Any) -> NoReturn:
    raise AssertionError(f"{path} was read only when it was asked for")


def test_once_it_is_warm_no_file_is_read_for_a_message_or_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    warming.begin().join()
    monkeypatch.setattr(Path, "read_text", refuse)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    for locale in locales():
        message = slot_words(locale).message
        assert check.check("Best wishes", message, {"locale": locale}).findings
        assert mood.read(message).label
        assert heard.read(message).questions
        signals.read(message), situations.read(message)
