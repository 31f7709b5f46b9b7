"""The page after a complaint: number and what was typed, for an hour, and no way into the ticket."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.cast import NOW, Cast, complaint, participant, reply
from tickets import tokens
from tickets.contributions import contributions
from tickets.portal import thanks
from tickets.tokens import Purpose

pytestmark = pytest.mark.usefixtures("frozen")


def test_it_shows_what_was_typed_and_no_link_into_the_ticket(cast: Cast, client: Client) -> None:
    ticket = complaint(cast, desired_outcome="My money back.")
    reply(ticket, "What we answered.", cast.ana)
    page = client.get(thanks.address(ticket)).content.decode()
    assert f"Your number is {ticket.pk}" in page
    assert "paid for next day delivery" in page
    assert "My money back." in page
    assert "What we answered." not in page
    assert tokens.make(participant(ticket), Purpose.PAGE) not in page


def test_it_says_by_when_they_hear_from_us(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributions, "mail_values", [lambda ticket, now: {"hear_by": datetime(2026, 5, 12, 17)}])
    assert "Tuesday 12 May, 17:00" in client.get(thanks.address(complaint(cast))).content.decode()


def test_it_opens_for_an_hour(cast: Cast, client: Client) -> None:
    address = thanks.address(complaint(cast))
    with time_machine.travel(NOW + timedelta(minutes=59), tick=False):
        assert client.get(address).status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("signed", ["1", "Mg:1wMN2q:abc", "%00", "é", "x" * 5000])
def test_a_forged_one_opens_nothing(cast: Cast, client: Client, signed: str) -> None:
    complaint(cast)
    assert client.get(f"/thanks/{signed}/").status_code == 404


def test_it_is_neither_cached_nor_referred_from(cast: Cast, client: Client) -> None:
    headers = client.get(thanks.address(complaint(cast))).headers
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")
