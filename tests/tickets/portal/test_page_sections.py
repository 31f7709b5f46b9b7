"""Contributed sections of the customer's page, and the one that asks whether it is settled."""

import pytest
from django.test import Client

from tests.cast import NOW, Cast, complaint, participant, reply
from tickets import tokens
from tickets.actions.customers import customer_at, take_part
from tickets.actions.triage import mark_spam
from tickets.contributions import PageSection, contributions
from tickets.errors import Invalid
from tickets.events import Actor
from tickets.models import Participant, Ticket
from tickets.tokens import Purpose

pytestmark = pytest.mark.usefixtures("frozen")


def path(ticket: Ticket) -> str:
    return f"/t/{tokens.make(participant(ticket), Purpose.PAGE)}/"


def resolved(cast: Cast) -> Ticket:
    ticket = complaint(cast)
    reply(ticket, "It is with you tomorrow.", cast.ana, then="resolved")
    return ticket


def press(client: Client, ticket: Ticket, answer: str) -> str:
    answered = client.post(f"{path(ticket)}section/settled/", {"answer": answer}, follow=True)
    return answered.content.decode()


def test_it_asks_whether_it_is_settled_once_we_believe_so(cast: Cast, client: Client) -> None:
    ticket = complaint(cast)
    assert "Is it settled?" not in client.get(path(ticket)).content.decode()
    reply(ticket, "It is with you tomorrow.", cast.ana, then="resolved")
    assert "Is it settled?" in client.get(path(ticket)).content.decode()


def test_yes_closes_it_and_says_so(cast: Cast, client: Client) -> None:
    ticket = resolved(cast)
    assert "We are glad that it is settled" in press(client, ticket, "yes")
    ticket.refresh_from_db()
    assert ticket.state == "closed"


def test_no_opens_it_again(cast: Cast, client: Client) -> None:
    ticket = resolved(cast)
    assert "open again" in press(client, ticket, "no")
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_an_answer_that_is_neither_is_explained(cast: Cast, client: Client) -> None:
    ticket = resolved(cast)
    answered = client.post(f"{path(ticket)}section/settled/", {"answer": "perhaps"})
    assert answered.status_code == 409
    assert "with one of the two buttons" in answered.content.decode()


def test_looking_at_a_button_does_not_press_it(cast: Cast, client: Client) -> None:
    ticket = resolved(cast)
    answered = client.get(f"{path(ticket)}section/settled/?answer=yes")
    assert (answered.status_code, answered["Location"]) == (302, path(ticket))
    ticket.refresh_from_db()
    assert ticket.state == "resolved"


def test_who_is_in_copy_cannot_press_it(cast: Cast, client: Client, now: object) -> None:
    ticket = resolved(cast)
    copied = take_part(ticket, customer_at("pat@example.com", "Pat", ticket.created_at), "Pat", Participant.Role.CC)
    link = f"/t/{tokens.make(copied, Purpose.PAGE)}/"
    assert "Is it settled?" not in client.get(link).content.decode()
    assert client.post(f"{link}section/settled/", {"answer": "yes"}).status_code == 404
    ticket.refresh_from_db()
    assert ticket.state == "resolved"


def test_a_section_that_refuses_says_why_on_the_page(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise Invalid({"choice": "This remedy is no longer offered."})

    section = PageSection("remedy", "tickets/portal/unknown.html", lambda ticket, now: None, refuse)
    monkeypatch.setattr(contributions, "page_sections", [section])
    answered = client.post(f"{path(complaint(cast))}section/remedy/")
    assert "This remedy is no longer offered." in answered.content.decode()


def test_a_section_that_nobody_contributed_does_not_exist(cast: Cast, client: Client) -> None:
    assert client.post(f"{path(complaint(cast))}section/none/").status_code == 404


def test_a_button_pressed_on_what_became_spam_tells_the_customer_nothing_of_it(cast: Cast, client: Client) -> None:
    ticket = resolved(cast)
    mark_spam(ticket, by=Actor.agent(cast.ana), now=NOW)
    for answer in ("yes", "no"):
        said = press(client, ticket, answer)
        assert "spam" not in said.lower() and "Please write to us below" in said
