"""What was heard and what the check finds is the same to the byte in two runs, whatever the hash seed and the database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

WORDINGS = Path(__file__).parent / "empathy"
SAID = [
    line[2:]
    for name in ("wordings_en_fresh.txt", "wordings_de_fresh.txt")
    for line in (WORDINGS / name).read_text("utf-8").splitlines()
    if line[:2] in ("! ", "= ")
][:60]
DRAFTS = [{"draft": text, "customer_message": "Where is my tent?", "context": {"mood": "negative"}} for text in SAID]


@pytest.mark.parametrize(
    ("command", "asked"), [("read_mood", [{"text": text} for text in SAID]), ("check_reply", DRAFTS)]
)
def test_two_runs_say_the_same_bytes(command: str, asked: list[dict], tmp_path: Path) -> None:
    lines = "".join(f"{json.dumps(one)}\n" for one in asked)
    here = answers(command, lines, PYTHONHASHSEED="1")
    on_sqlite = answers(command, lines, PYTHONHASHSEED="2", DATABASE_URL=f"sqlite:///{tmp_path}/other.sqlite3")
    assert len(here.splitlines()) == len(asked)
    assert here == on_sqlite


def answers(command: str, lines: str, **environment: str) -> bytes:
    return subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        input=lines.encode(),
        capture_output=True,
        check=True,
    ).stdout
