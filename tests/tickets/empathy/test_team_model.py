"""A team's own corrections teach a small model on top of the shipped one."""

import json
from dataclasses import asdict

import pytest

from tickets.empathy.mood import read
from tickets.empathy.reading import reading_of
from tickets.empathy.team_model import TeamModel, TooFewCorrections, check_enough, learn, macro_f1

# In this team's trade "purple" is a complaint, whatever it sounds like elsewhere.
CORRECTIONS = [
    *((f"The sample {number} turned purple overnight", "unhappy") for number in range(70)),
    *((f"When is delivery {number} due", "neutral") for number in range(70)),
    *((f"Thank you for batch {number}, lovely", "happy") for number in range(70)),
]


def test_it_learns_what_only_this_team_knows() -> None:
    text = "Sample 99 turned purple"
    assert read(text).label != "unhappy"
    assert read(text, learn(CORRECTIONS)).label == "unhappy"


def test_it_still_hears_what_the_shipped_model_hears() -> None:
    learnt = learn(CORRECTIONS)
    assert read("Awful, I have waited for weeks and nobody answers.", learnt).label == "unhappy"
    assert read("What is the price of a crate?", learnt).label == "neutral"


def test_it_is_the_same_after_a_journey_through_json() -> None:
    learnt = learn(CORRECTIONS)
    again = TeamModel(**json.loads(json.dumps(asdict(learnt))))
    reading = reading_of("Sample 3 turned purple")
    assert again.scores(reading) == learnt.scores(reading)


def test_it_refuses_to_learn_from_too_few() -> None:
    with pytest.raises(TooFewCorrections, match="199 corrections of at least 200"):
        check_enough([label for _, label in CORRECTIONS[:199]])


def test_it_refuses_to_learn_without_every_label() -> None:
    with pytest.raises(TooFewCorrections, match="too few are labelled happy"):
        check_enough(["unhappy", "neutral"] * 150)


@pytest.mark.parametrize(
    ("read_as", "score"),
    [(["unhappy", "neutral", "happy"], 1.0), (["neutral", "neutral", "happy"], (0 + 2 / 3 + 1) / 3)],
)
def test_macro_f1_counts_each_label_alike(read_as: list[str], score: float) -> None:
    assert macro_f1(["unhappy", "neutral", "happy"], read_as) == pytest.approx(score)
