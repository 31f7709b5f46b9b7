"""Training: the solver finds what it should, and the command gives the same bytes twice."""

import gzip
from math import exp
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tickets.empathy.logistic import balanced, fit
from tickets.empathy.model import model_from

UNHAPPY = ["the parcel is late and nobody cares", "late again and broken", "broken and late, awful"]
NEUTRAL = ["when do you open", "where do you open on Sunday", "when is the shop open"]
HAPPY = ["lovely and quick, thank you", "thank you, lovely shop", "quick and lovely"]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    own = tmp_path / "en" / "own"
    own.mkdir(parents=True)
    for label, lines in (("unhappy", UNHAPPY), ("neutral", NEUTRAL), ("happy", HAPPY)):
        (own / f"{label}.txt").write_text("\n".join(lines), "utf-8")
    rows = ["text\tlabel\tsource\tsplit", *(f"{line}\tneutral\tbanking77\treserved" for line in NEUTRAL)]
    (tmp_path / "en" / "queries.tsv.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
    return tmp_path


def test_it_fits_a_line_that_separates_what_can_be_separated() -> None:
    rows = [[(0, 1.0)], [(0, 1.0), (1, 1.0)], [(1, 1.0)], [(1, 0.5)]]
    line = fit(rows, [True, True, False, False], [10.0] * 4, 2)
    scores = [line.intercept + sum(line.weights[column] * value for column, value in row) for row in rows]
    assert min(scores[:2]) > 0 > max(scores[2:])


def test_it_finds_the_point_where_the_slope_is_nothing() -> None:
    rows, wanted, costs = [[(0, 1.0)], [(0, 1.0)], [(0, -1.0)]], [True, False, False], [1.0, 1.0, 1.0]
    line = fit(rows, wanted, costs, 1)

    def slope(of_weight: bool) -> float:
        total = line.weights[0] if of_weight else line.intercept
        for ((_, value),), good, cost in zip(rows, wanted, costs, strict=True):
            sign = 1 if good else -1
            margin = sign * (line.intercept + line.weights[0] * value)
            total -= cost * sign * (value if of_weight else 1.0) / (1 + exp(margin))
        return total

    assert abs(slope(True)) < 1e-4
    assert abs(slope(False)) < 1e-4


def test_it_lets_both_answers_count_alike() -> None:
    assert balanced([True, False, False, False], [1.0] * 4, 3.0) == [6.0, 2.0, 2.0, 2.0]


def test_it_writes_the_same_bytes_twice(texts: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    call_command("train_shipped_mood", data=texts, out=first)
    call_command("train_shipped_mood", data=texts, out=second)
    assert first.read_bytes() == second.read_bytes()


def test_it_learns_which_words_are_unhappy(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "model.json"
    call_command("train_shipped_mood", data=texts, out=out)
    features = model_from(out).features
    assert features["late"][1] > 0 > features["open"][1]
    assert features["lovely"][2] > 0


@pytest.mark.parametrize(
    ("name", "content"),
    [("own/angry.txt", b"x"), ("odd.tsv.gz", gzip.compress(b"text\tlabel\tsource\tsplit\nx\tfine\town\t", mtime=0))],
    ids=["label", "table"],
)
def test_it_refuses_texts_it_cannot_read_and_names_the_file(texts: Path, name: str, content: bytes) -> None:
    (texts / "en" / name).write_bytes(content)
    with pytest.raises(CommandError, match=Path(name).name):
        call_command("train_shipped_mood", data=texts, out=texts / "model.json")


def test_it_refuses_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no tables"):
        call_command("train_shipped_mood", data=tmp_path, out=tmp_path / "model.json")
