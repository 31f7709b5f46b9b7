"""The crack, drawn on the server as the desk draws it in the browser."""

import hashlib

import pytest

from tickets.portal.crack import Box, draw


def digest(number: int, box: Box, mended: list[int]) -> str:
    crack = draw(number, box, mended)
    return hashlib.sha256("|".join([crack.line, crack.seam, crack.edge]).encode()).hexdigest()[:16]


# What `crack` of frontend/src/ui/crack.ts draws for the same number, box and parts.
@pytest.mark.parametrize(
    ("number", "box", "mended", "drawn_by_the_desk"),
    [
        (4821, Box(16, 650), [0, 1, 2], "b1b80377052e9056"),
        (17, Box(18, 300), [], "5a2323829c576f1a"),
        (1, Box(16, 650), [0, 1, 2, 3, 4, 5], "8cdd132e17cc0503"),
        (33, Box(12, 58), [1, 3], "3abf80cf8e582423"),
    ],
)
def test_it_is_the_line_that_the_desk_draws(number: int, box: Box, mended: list[int], drawn_by_the_desk: str) -> None:
    assert digest(number, box, mended) == drawn_by_the_desk


def test_a_ticket_is_known_by_its_crack() -> None:
    box = Box(16, 480)
    assert draw(17, box, []).line == draw(17, box, []).line
    assert draw(17, box, []).line != draw(18, box, []).line


def test_gold_is_drawn_only_where_it_is_mended() -> None:
    box = Box(16, 480)
    assert draw(17, box, []).seam == ""
    assert draw(17, box, [0]).seam.startswith("M")
    assert draw(17, box, range(6)).line == ""
