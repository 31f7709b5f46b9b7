"""A team's own corrections teach a small model on top of the shipped one."""

import json
from dataclasses import asdict

import pytest

from tickets.empathy.mood import read
from tickets.empathy.team_model import TeamModel, TooFewCorrections, learn

# In this team's trade "purple" is a complaint, whatever it sounds like elsewhere.
CORRECTIONS = [
    *((f"The sample {number} turned purple overnight", "unhappy") for number in range(70)),
    *((f"When is delivery {number} due", "neutral") for number in range(70)),
    *((f"Thank you for batch {number}, lovely", "happy") for number in range(70)),
]


def test_it_learns_what_only_this_team_knows() -> None:
    text = "Sample 99 turned purple"
    assert read(text).label != "unhappy"
    assert learn(CORRECTIONS).label(text) == "unhappy"


def test_it_still_hears_what_the_shipped_model_hears() -> None:
    learnt = learn(CORRECTIONS)
    assert learnt.label("Awful, I have waited for weeks and nobody answers.") == "unhappy"
    assert learnt.label("What is the price of a crate?") == "neutral"


def test_it_is_the_same_after_a_journey_through_json() -> None:
    learnt = learn(CORRECTIONS)
    again = TeamModel(**json.loads(json.dumps(asdict(learnt))))
    assert again.scores("Sample 3 turned purple") == learnt.scores("Sample 3 turned purple")


def test_it_refuses_to_learn_from_too_few() -> None:
    with pytest.raises(TooFewCorrections, match="199 corrections of at least 200"):
        learn(CORRECTIONS[:199])


def test_it_refuses_to_learn_without_every_label() -> None:
    with pytest.raises(TooFewCorrections, match="none is labelled happy"):
        learn([(text, "neutral" if label == "happy" else label) for text, label in CORRECTIONS])
