"""New links: asked for with number and address, or from the page."""

import pytest
from django.test import Client

from tests.cast import Cast, complaint, participant
from tickets import tokens
from tickets.models import OutgoingMail, Ticket, TicketEvent
from tickets.tokens import Purpose

pytestmark = pytest.mark.usefixtures("frozen")


def path(ticket: Ticket) -> str:
    return f"/t/{tokens.make(participant(ticket), Purpose.PAGE)}/"


def links_sent() -> int:
    return OutgoingMail.objects.filter(kind="link").count()


def test_number_and_address_that_match_bring_a_new_link_by_mail(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    old = path(ticket)
    client.post("/link/", {"number": ticket.pk, "email": cast.nora.upper()})
    mail = OutgoingMail.objects.get(kind="link")
    assert (mail.recipient, path(ticket) in mail.text) == (cast.nora, True)
    assert client.get(old).status_code == 404
    assert client.get(path(ticket)).status_code == 200


def test_the_answer_is_the_same_whether_they_match_or_not(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    matching = client.post("/link/", {"number": ticket.pk, "email": cast.nora}, follow=True)
    foreign = client.post("/link/", {"number": ticket.pk, "email": cast.stranger}, follow=True)
    unknown = client.post("/link/", {"number": 10**12, "email": cast.nora}, follow=True)
    assert matching.content == foreign.content == unknown.content
    assert matching.redirect_chain == foreign.redirect_chain == unknown.redirect_chain
    assert links_sent() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": "", "email": "nora@example.com"}, "The number is in our first mail to you."),
        ({"number": "abc", "email": "nora@example.com"}, "It has digits only."),
        ({"number": "-1", "email": "nora@example.com"}, "It has digits only."),
        ({"number": "9" * 5000, "email": "nora@example.com"}, "It has digits only."),
        ({"number": "1\0", "email": "nora@example.com"}, "It has digits only."),
        ({"number": "1", "email": ""}, "Please give the address that you complained with."),
        ({"number": "1", "email": "nora"}, "This is not an email address"),
    ],
)
def test_what_cannot_be_read_is_said_by_the_field(
    cast: Cast, client: Client, typed: dict[str, str], sentence: str
) -> None:
    answered = client.post("/link/", typed)
    assert answered.status_code == 422
    assert sentence in answered.content.decode()


def test_a_link_cannot_be_renewed_over_and_over(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    for _ in range(8):
        client.post("/link/", {"number": ticket.pk, "email": cast.nora})
    assert links_sent() == 3


def test_who_tries_many_numbers_is_stopped(cast: Cast, client: Client) -> None:
    for number in range(1, 11):
        assert client.post("/link/", {"number": number, "email": cast.stranger}).status_code == 302
    assert client.post("/link/", {"number": 11, "email": cast.stranger}).status_code == 429


def test_the_page_makes_a_new_link_only_when_its_button_is_pressed(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    old = path(ticket)
    assert "Make a new link?" in client.get(f"{old}link/").content.decode()
    assert links_sent() == 0
    assert "A new link is on its way" in client.post(f"{old}link/").content.decode()
    assert links_sent() == 1
    assert client.get(old).status_code == 404
    assert TicketEvent.objects.filter(kind="link_renewed", by_kind="customer").count() == 1
