"""How much the check finds in drafts that were worded without its patterns; the figures are printed with -rP."""

import pytest

from tests.tickets.empathy.wordings import Wording, wordings

FAULTS_FOUND_AT_LEAST = 0.8
NEAR_MISSES_FLAGGED_AT_MOST = 0.03


@pytest.mark.parametrize("filename", ["wordings_en.txt", "wordings_en_second.txt"])
def test_it_finds_faults_in_other_words_and_leaves_near_misses_alone(filename: str):
    every = list(wordings(filename))
    faults = [wording for wording in every if wording.fault]
    near = [wording for wording in every if not wording.fault]
    print(report("found", found := [one for one in faults if one.is_found()], faults))
    print(report("flagged", flagged := [one for one in near if one.is_found()], near))
    assert len(found) / len(faults) >= FAULTS_FOUND_AT_LEAST
    assert len(flagged) / len(near) <= NEAR_MISSES_FLAGGED_AT_MOST


def report(what: str, some: list[Wording], every: list[Wording]) -> str:
    return f"{what}: {len(some)} of {len(every)} ({len(some) / len(every):.1%})"
