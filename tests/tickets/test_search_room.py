"""A conversation that has grown without end: it is still heard, and its index stays within what a database holds."""

from itertools import islice, product

import pytest

from tests.cast import Cast, complaint
from tickets import search
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_a_ticket_with_more_words_than_its_index_holds_takes_the_next_ones(cast: Cast) -> None:
    ticket = complaint(cast)
    for first in range(0, 32_000, 2_000):
        search.add(ticket.pk, " ".join(f"parcelnumber{word:07}" for word in range(first, first + 2_000)))
    many_short_ones = islice(product("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", repeat=3), 25_000)
    search.add(ticket.pk, " ".join("".join(word) for word in many_short_ones))
    assert ticket in search.matching(Ticket.objects.all(), "tent parcelnumber0000001")
