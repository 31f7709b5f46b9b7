"""What is sent to an assistant: masked, in bounds, and none of it longer than it need be."""

import time

import pytest

from tickets.assistant import Case, Passage, Turn, prompts
from tickets.assistant.masking import Mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Write to nora.w+desk@mail.example.com.", "Write to [email 1]."),
        ("Nora <nora@example.com>, (sam@example.com)", "Nora <[email 1]>, ([email 2])"),
        ("nora@example.com or nora@example.com", "[email 1] or [email 1]"),
        ("nora@localhost", "[email 1]"),
        ("Card 4111 1111 1111 1111 12/27", "Card [number 1]/27"),
        ("Card 4111-1111-1111-1111.", "Card [number 1]."),
        ("amex 378282246310005", "amex [number 1]"),
        ("DE89 3704 0044 0532 0130 00", "DE[number 1]"),
        ("See https://kintsugi.example/t/abc.def/ now", "See [link 1] now"),
        ("https://pay.example/?to=nora@example.com", "[link 1]"),
        ("Order 20417, paid 2 May 2026 at 14:30, £129.00, +49 30 123456", None),
        ("@fernhill lost it", None),
    ],
)
def test_addresses_links_and_long_numbers_are_hidden_and_nothing_else(text: str, masked: str | None) -> None:
    mask = Mask()
    assert mask.hide(text) == (masked or text)
    assert mask.show(mask.hide(text)) == text


@pytest.mark.parametrize(
    "text", ["a" * 8_000, "1 " * 4_000, "a@" * 4_000, "1" * 8_000, "https://" * 1_000, "@." * 4_000]
)
def test_hiding_takes_bounded_time(text: str) -> None:
    begun = time.process_time()
    Mask().hide(text)
    assert time.process_time() - begun < 1


def sent(case: Case) -> str:
    return "\n".join(message["content"] for message in prompts.suggestion(case, Mask().hide))


def test_all_that_comes_from_a_ticket_is_hidden_in() -> None:
    address = "nora@example.com"
    case = Case(
        [Turn(True, f"I am {address}"), Turn(False, f"Hi {address}")], [f"They want: {address}"], f"Hi {address}"
    )
    assert address not in sent(case)
    asked = prompts.rewriting(Passage(f"You, {address}, are wrong.", "It blames."), Mask().hide)
    assert address not in str(asked)


def test_it_tells_who_said_what_the_oldest_first() -> None:
    told = sent(Case([Turn(True, "Where is it?"), Turn(False, "On its way."), Turn(True, "No.")], [], ""))
    assert "Customer: Where is it?\n\nWe: On its way.\n\nCustomer: No." in told


def test_the_newest_is_kept_where_not_all_fits() -> None:
    told = sent(Case([Turn(True, f"{number} {'word ' * 500}") for number in range(1_000, 1_030)], [], ""))
    assert "1029 word" in told and "1010 word" not in told
    assert len(told) < 15_000


def test_enormous_things_are_cut_between_words() -> None:
    """Half an address at the edge could not be recognised as one."""
    edge = "x" * (prompts.LONGEST_TURN - 8) + " nora@example.com and more"
    told = sent(Case([Turn(True, edge)], ["y " * 9_000], "z " * 9_000))
    assert "nora" not in told and "x" * 100 in told
    assert len(told) < 10_000
    assert len(sent(Case([Turn(True, "x" * 10_000_000)], [], ""))) < 3_000
