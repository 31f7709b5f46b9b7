"""`manage.py read_mood`: JSON lines in, JSON lines out, in order, whatever a line holds."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Any:
    def ask(*lines: bytes) -> list[dict[str, Any]]:
        out = io.StringIO()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(lines))))
        call_command("read_mood", stdout=out)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return ask


def test_it_answers_with_mood_reasons_and_signals(answers: Any) -> None:
    text = "I have been on hold for two hours. I will sue you."
    (answer,) = answers(json.dumps({"text": text}).encode())
    assert list(answer) == ["unhappy", "label", "reasons", "signals"]
    assert answer["label"] == "unhappy"
    assert answer["signals"] == [{"signal": "legal", "start": 37, "end": 45}]
    assert set(answer["reasons"][0]) == {"text", "start", "end", "weight", "cue"}


@pytest.mark.parametrize("line", [b"{", b"5", b'{"text": 5}', b'{"other": "x"}', b"\xff\xfe\xfd", b"[" * 100_000])
def test_it_answers_a_bad_line_with_an_error_and_goes_on(answers: Any, line: bytes) -> None:
    bad, good = answers(line, b'{"text": "Thank you!"}')
    assert list(bad) == ["error"]
    assert good["label"] == "happy"


def test_it_writes_what_cannot_be_encoded(answers: Any) -> None:
    (answer,) = answers(b'{"text": "awful \\ud800 service"}')
    assert answer["label"] == "unhappy"
