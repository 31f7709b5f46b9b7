"""Which guided replies fit, and why; and how often the right one is among them."""

import re
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import pytest

from tickets.empathy import mood, situations, templates
from tickets.empathy.suggesting import Case, Guide, Moment, fresh_variant, span, suggest

HERE = Path(__file__).parent
FILES = templates.load(Path(templates.__file__).parent / "template_files")
GUIDES = {
    locale: [
        Guide(one.key, one.situation, one.stage, one.level, len(one.variants)) for one in FILES if one.locale == locale
    ]
    for locale in ("en", "de")
}
UNWRITTEN = {"proactive_apology", "you_said_we_did"}  # we begin these: no message of a customer calls for them
BLOCK = re.compile(r"\[([a-z_]+)((?: [a-z]+(?:=\d+)?)*)\]")


class Told(NamedTuple):
    """A message of the set; every second one of a situation is sealed: nobody mended the word lists by it."""

    situation: str
    sealed: bool
    case: Case


def told(locale: str) -> Iterator[Told]:
    situation, facts, number = "", set(), 0
    for line in (HERE / f"situations_{locale}.txt").read_text().splitlines():
        if block := BLOCK.fullmatch(line):
            situation, facts, number = block[1], set(block[2].split()), 0
        elif line and not line.startswith("#"):
            number += 1
            yield Told(situation, number % 2 == 0, case(line, facts))


def case(text: str, facts: set[str] = frozenset(), **more) -> Case:
    values = dict(fact.split("=") for fact in facts if "=" in fact)
    moment = Moment.UPDATE if "answered" in facts else Moment.FIRST_ANSWER
    if "broken" in facts:
        moment = Moment.BROKEN_PROMISE
    if "settled" in facts:
        moment = Moment.FOLLOW_UP
    known = {"level": int(values.get("level", 0)), "hours_waiting": float(values.get("waiting", 1))}
    return Case(text, moment, **{"mood": mood.read(text).label, **known, **more})


def hits(locale: str, *, sealed: bool) -> tuple[float, float]:
    """How often the situation is the first suggestion, and how often among the three."""
    ranks = [
        [suggestion.key.replace("-", "_") for suggestion in suggest(GUIDES[locale], one.case)].index(one.situation)
        if one.situation.replace("_", "-") in {suggestion.key for suggestion in suggest(GUIDES[locale], one.case)}
        else 9
        for one in told(locale)
        if one.sealed is sealed
    ]
    return sum(rank == 0 for rank in ranks) / len(ranks), sum(rank < 3 for rank in ranks) / len(ranks)


def keys(text: str, facts: set[str] = frozenset(), **more) -> list[str]:
    return [one.key for one in suggest(GUIDES["en"], case(text, facts, **more))]


def why(text: str, facts: set[str] = frozenset(), **more) -> str:
    return suggest(GUIDES["en"], case(text, facts, **more))[0].why


def test_every_situation_that_customers_write_of_has_six_messages_or_more():
    asked = {guide.situation for guide in GUIDES["en"]} - UNWRITTEN
    counted = {situation: sum(one.situation == situation for one in told("en")) for situation in asked}
    assert min(counted.values()) >= 6, counted


@pytest.mark.parametrize(("locale", "first", "three"), [("en", 0.9, 0.97), ("de", 0.9, 0.95)])
def test_it_finds_the_situation_of_messages_that_its_words_were_not_mended_by(locale, first, three):
    hit_first, hit_three = hits(locale, sealed=True)
    assert hit_first >= first
    assert hit_three >= three


def test_it_says_what_the_customer_writes_and_where_the_ticket_stands():
    assert why("The parcel never arrived.") == "They write “never arrived”; this is the first answer."
    assert keys("The parcel never arrived.")[0] == "lost-parcel"


def test_it_goes_by_the_moment_where_no_words_say_more():
    assert keys("Hello.")[0] == "complaint-received"
    assert keys("Hello.", {"answered"})[0] == "holding-update"
    assert keys("Hello.", {"broken"})[0] == "missed-promise"
    assert keys("Hello.", {"settled"})[0] == "follow-up"


@pytest.mark.parametrize(
    ("text", "key", "named"),
    [
        ("The kettle came late, and then it gave my son an electric shock.", "safety", "somebody was or could be hurt"),
        ("My refund is late and my husband passed away in May.", "bereavement", "somebody has died"),
        ("You charged me twice. My lawyer will write to you.", "legal-threat", "they think of legal steps"),
    ],
)
def test_what_calls_for_care_goes_first(text, key, named):
    assert keys(text)[0] == key
    assert named in why(text)


def test_it_says_how_long_they_have_waited():
    assert "They have waited five days for an answer" in why("Hello?", hours_waiting=120.0)


def test_it_offers_three_at_most_and_one_of_a_situation():
    own = Guide("our-lost-parcel", "lost_parcel", "solve", 0, 3)
    found = [
        one.key for one in suggest([*GUIDES["en"], own], case("The parcel never arrived and you charged me twice."))
    ]
    assert len(found) == 3
    assert len({key.removeprefix("our-") for key in found}) == 3


def test_what_they_have_read_steps_back_and_says_so_and_once_all_is_read_it_stays_away():
    words = "The parcel never arrived."
    assert "another text of it" in why(words, used={"lost-parcel": {0}})
    told_all = suggest(GUIDES["en"], case(words, used={"lost-parcel": {0, 1, 2}}))
    assert told_all and "lost-parcel" not in [one.key for one in told_all]


@pytest.mark.parametrize(("used", "fresh"), [((), 0), ({0}, 1), ({0, 2}, 1), ({0, 1, 2}, 0)])
def test_a_customer_gets_a_variant_that_they_have_not_read(used, fresh):
    assert fresh_variant(3, used) == fresh


def test_it_answers_no_thanks_to_somebody_unhappy():
    assert "praise" not in keys("Thanks for nothing, great job, my parcel never arrived.", mood="unhappy")


@pytest.mark.parametrize(
    ("hours", "words"), [(0.2, "one hour"), (3.4, "three hours"), (36, "two days"), (340, "14 days")]
)
def test_it_says_a_length_of_time_as_people_do(hours, words):
    assert span(hours) == words


@pytest.mark.parametrize("text", ["", "?" * 50, "never " * 200_000, "parcel lost " * 100_000, "\u202eمرحبا 👋" * 999])
def test_any_text_is_answered_in_bounded_time(text):
    suggest(GUIDES["en"], case("x"))  # the lists are read once
    began = perf_counter()
    suggest(GUIDES["en"], Case(text, Moment.FIRST_ANSWER))
    assert perf_counter() - began < 0.5


def test_words_that_are_quoted_say_nothing():
    assert not situations.read("> the parcel never arrived")


@pytest.mark.parametrize(
    "text", ["My head torch dies at minus five.", "The battery died again.", "Tested in the freezer."]
)
def test_one_word_alone_makes_no_grave_case(text):
    assert keys(text)[0] not in {"bereavement", "safety", "vulnerable", "discrimination"}
