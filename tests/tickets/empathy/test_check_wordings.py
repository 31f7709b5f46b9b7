"""How much the check finds in drafts that were worded without its patterns; the figures are printed with -rP."""

import pytest

from tests.tickets.empathy.wordings import HERE, Wording, replies, wordings
from tickets.empathy.check import check


@pytest.mark.parametrize(
    ("filename", "found_at_least", "flagged_at_most"),
    [
        ("wordings_en.txt", 0.95, 0.03),
        ("wordings_en_second.txt", 0.95, 0.03),
        ("wordings_en_fresh.txt", 0.95, 0.03),
        ("wordings_en_held_back.txt", 0.95, 0.02),
        ("wordings_en_third.txt", 0.95, 0.02),
        ("wordings_en_fourth.txt", 0.95, 0.02),
        ("wordings_de_fresh.txt", 0.95, 0.02),
        ("wordings_en_unseen.txt", 0.8, 0.05),  # the honest figures: no rule has learnt from these
        ("wordings_de_unseen.txt", 0.75, 0.05),
    ],
)
def test_it_finds_faults_in_other_words_and_leaves_near_misses_alone(
    filename: str, found_at_least: float, flagged_at_most: float
):
    every = list(wordings(filename))
    faults = [wording for wording in every if wording.fault]
    near = [wording for wording in every if not wording.fault]
    print(report("found", found := [one for one in faults if one.is_found()], faults))
    print(report("flagged", flagged := [one for one in near if one.is_found()], near))
    assert len(found) / len(faults) >= found_at_least
    assert len(flagged) / len(near) <= flagged_at_most


@pytest.mark.parametrize(
    ("filename", "found_at_least"),
    [
        ("wordings_en_fresh.txt", 0.95),
        ("wordings_en_held_back.txt", 0.8),
        ("wordings_de_fresh.txt", 0.9),
        ("wordings_en_unseen.txt", 0.75),
    ],
)
def test_it_finds_them_inside_a_whole_reply_too(filename: str, found_at_least: float):
    every = [wording for wording in wordings(filename) if wording.fault and wording.stands_anywhere]
    good = replies(every[0].locale)
    found = [wording for number, wording in enumerate(every) if wording.is_found_inside(good[number % len(good)])]
    print(report("found inside", found, every))
    assert len(found) / len(every) >= found_at_least


@pytest.mark.parametrize(("locale", "flagged_at_most"), [("en", 0.04), ("de", 0.04)])
def test_good_replies_raise_neither_error_nor_warning_about_their_words(locale: str, flagged_at_most: float):
    """Sentences of all kinds of trade, none written for a rule; what waits for its context, such as a date, is left out."""
    innocent = [line for line in (HERE / f"innocent_{locale}.txt").read_text("utf-8").splitlines() if line[0] != "#"]
    flagged = [line for line in innocent if worries(line, locale)]
    print(f"innocent sentences flagged: {len(flagged)} of {len(innocent)}")
    assert len(flagged) / len(innocent) <= flagged_at_most


@pytest.mark.parametrize("locale", ["en", "de"])
def test_a_whole_good_reply_raises_nothing_about_its_words(locale: str):
    assert not [reply for reply in replies(locale) if worries(reply.replace("{}", ""), locale)]


def worries(draft: str, locale: str) -> bool:
    findings = check(draft, "", {"today": "2026-05-11", "locale": locale, "mood": "negative"}).findings
    return any(finding.start is not None and finding.level != "suggestion" for finding in findings)


def report(what: str, some: list[Wording], every: list[Wording]) -> str:
    return f"{what}: {len(some)} of {len(every)} ({len(some) / len(every):.1%})"
