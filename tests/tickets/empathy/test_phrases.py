"""The phrase language: what it matches, what it refuses, and that a file says which line is wrong."""

from pathlib import Path

import pytest

from tickets.empathy.phrasebook import Phrasebook, phrasebook_of
from tickets.empathy.phrases import BadPhrase, phrase_of
from tickets.empathy.words import words_of


def book(tmp_path: Path, written: str) -> Phrasebook:
    path = tmp_path / "cues.txt"
    path.write_text(written, "utf-8")
    return phrasebook_of(path)


def found(tmp_path: Path, phrase: str, text: str) -> list[str]:
    hits = book(tmp_path, f"[some]\n{phrase}\n").find(words_of(text))
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("no answer", "There is no answer here", ["no answer"]),
        ("no answer", "No, ANSWER me", ["No, ANSWER"]),
        ("no answer", "no. Answer me", []),
        ("refus* to [ever] help", "They refused to help", ["refused to help"]),
        ("refus* to [ever] help", "They refuse to ever help", ["refuse to ever help"]),
        ("waited ..2 #n (hours|days)", "I waited for over 3 days", ["waited for over 3 days"]),
        ("waited ..2 #n (hours|days)", "I waited for what felt like 3 days", []),
        ("waited ..2 hours", "I waited. Two hours", []),
        ("lost|stolen bag", "a stolen bag was lost", ["stolen bag", "lost"]),
        ("(can't|can not) pay", "I can’t pay", ["can’t pay"]),
    ],
)
def test_it_finds(tmp_path: Path, phrase: str, text: str, words: list[str]) -> None:
    assert found(tmp_path, phrase, text) == words


def test_it_keeps_the_longest_of_what_overlaps(tmp_path: Path) -> None:
    assert found(tmp_path, "very bad\nvery bad service\nbad service", "very bad service") == ["very bad service"]


def test_it_lets_an_exception_silence_its_own_family_only(tmp_path: Path) -> None:
    hits = book(tmp_path, "[court]\ncourt\n- tennis court\n[sport]\ntennis\n").find(words_of("a tennis court"))
    assert [hit.name for hit in hits] == ["sport"]


def test_it_knows_lists_by_name(tmp_path: Path) -> None:
    hits = book(tmp_path, "@who = nobody|no one\n[silence 1.5 -1]\n@who answers\n").find(words_of("No one answers"))
    assert [hit.name for hit in hits] == ["silence"]


@pytest.mark.parametrize(
    "phrase", ["(open", "open)", "[maybe]", "..3 late", "go*", "re-open it", "@nowhere to go", "(a|b", "[a|b) c"]
)
def test_it_refuses_a_phrase_that_cannot_be_read(phrase: str) -> None:
    with pytest.raises(BadPhrase, match="Phrase"):
        phrase_of(phrase, {})


@pytest.mark.parametrize(
    ("written", "line"),
    [("[a]\nfine\n(broken\n", 3), ("no family yet\n", 1), ("@a = @b\n", 1), ("[a 1.0 much]\nwait\n", 1)],
)
def test_it_names_the_file_and_line_that_is_wrong(tmp_path: Path, written: str, line: int) -> None:
    with pytest.raises(BadPhrase, match=f"cues.txt, line {line}: "):
        book(tmp_path, written)


def test_it_reads_on_after_a_folded_line_and_stops_at_an_empty_one() -> None:
    folded = "This line was folded by a mail program after waiting\nthree weeks"
    assert "." not in [word.key for word in words_of(folded)]
    assert "." in [word.key for word in words_of("Still waiting\n\nThree weeks")]
