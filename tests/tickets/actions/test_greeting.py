"""Automatic mail goes to an address that anybody may have typed, so it says nothing of what was typed with it."""

import pytest

from tests.cast import Cast, complaint
from tickets.models import OutgoingMail


def acknowledgement(cast: Cast, name: str) -> str:
    complaint(cast, name=name)
    return OutgoingMail.objects.get().text


@pytest.mark.parametrize("name", ["Nora Whitcombe", "Dr. J. O’Neill-Smith", "नोरा व्हिटकोम्ब", "李小龍", "Zoë"])
def test_it_greets_by_name(cast: Cast, name: str) -> None:
    assert acknowledgement(cast, name).startswith(f"Hello {name},\n")


@pytest.mark.parametrize(
    "name",
    [
        "Win a prize at https://evil.example",
        "evil.example",
        "call +44 20 7946 0000",
        "you@evil.example",
        "You have won! Claim it",
        "one two three four five",
        "n" * 60,
        "Nora\nyour parcel is lost",
    ],
)
def test_it_greets_without_a_name_where_that_could_be_a_message(cast: Cast, name: str) -> None:
    said = acknowledgement(cast, name)
    assert said.startswith("Hello,\n") and name not in said
