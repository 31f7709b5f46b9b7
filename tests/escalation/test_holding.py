"""Holding updates: the customer learns by when there is news, and we owe it from then on."""

from datetime import datetime, timedelta

import pytest

from escalation.holding import send_holding_update
from escalation.models import Promise
from tests.cast import NOW, Cast, complaint, desk, participant
from tickets import tokens
from tickets.actions.customers import customer_at, take_part
from tickets.actions.moves import move
from tickets.errors import Invalid, TooLate
from tickets.events import Actor
from tickets.models import OutgoingMail, Participant, Ticket, TicketEvent
from tickets.tokens import Purpose

pytestmark = pytest.mark.usefixtures("frozen")
FRIDAY = datetime.fromisoformat("2026-05-15T15:00:00+00:00")


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return complaint(cast)


def send(ticket: Ticket, cast: Cast, news_by: datetime = FRIDAY) -> TicketEvent:
    return send_holding_update(ticket, news_by, by=Actor.agent(cast.ana), now=NOW)


def sent() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind="holding_update"))


def test_the_customer_reads_by_when_there_is_news_and_we_owe_it(ticket: Ticket, cast: Cast) -> None:
    event = send(ticket, cast)
    [mail] = sent()
    assert (mail.recipient, mail.is_automatic, mail.subject) == (
        cast.nora,
        True,
        f"Re: {ticket.subject} [{ticket.pk}]",
    )
    assert "You hear the next news from us by Friday 15 May, 15:00." in mail.text
    assert tokens.make(participant(ticket), Purpose.PAGE) in mail.text
    promise = Promise.objects.get(ticket=ticket)
    assert (promise.what, promise.deadline, promise.name) == ("Give you news", FRIDAY, "Ana Lima")
    assert (event.kind, event.by_name) == ("holding_update", "Ana Lima")


def test_a_german_customer_reads_it_in_german(cast: Cast) -> None:
    text = (
        "Ich habe das Zelt bestellt und es ist noch immer nicht da. Wann kommt es denn nun endlich? Das ist nicht gut."
    )
    send(complaint(cast, text=text), cast)
    [mail] = sent()
    assert "Die nächste Nachricht bekommen Sie bis Freitag, 15. Mai, 15:00 Uhr." in mail.text


def test_a_retry_writes_nothing_twice(ticket: Ticket, cast: Cast) -> None:
    assert send(ticket, cast) == send(ticket, cast)
    assert (len(sent()), Promise.objects.count()) == (1, 1)
    send(ticket, cast, FRIDAY + timedelta(days=3))
    assert (len(sent()), Promise.objects.count()) == (2, 2)


def test_whoever_is_only_in_copy_is_not_written_to(ticket: Ticket, cast: Cast) -> None:
    take_part(ticket, customer_at("jo@example.com", "Jo", NOW), "Jo", Participant.Role.CC)
    send(ticket, cast)
    assert [mail.recipient for mail in sent()] == [cast.nora]


@pytest.mark.parametrize("news_by", [NOW, NOW - timedelta(days=1), NOW + timedelta(days=61)])
def test_a_time_that_cannot_be_meant_is_refused(ticket: Ticket, cast: Cast, news_by: datetime) -> None:
    with pytest.raises(Invalid, match="Name a time that is still to come"):
        send(ticket, cast, news_by)
    assert not sent()


def test_nobody_is_held_whose_ticket_is_settled(ticket: Ticket, cast: Cast) -> None:
    move(ticket, "resolved", by=Actor.agent(cast.ana), now=NOW, reason="Done by phone.")
    with pytest.raises(TooLate, match="the ticket is resolved"):
        send(ticket, cast)


def test_the_desk_sends_it_and_says_so(ticket: Ticket, cast: Cast) -> None:
    ana, path = desk(cast.ana), f"tickets/{ticket.pk}/holding-updates/"
    assert "holding_update" in ana.get_json(f"tickets/{ticket.pk}/")["permissions"]
    answered = ana.ask("POST", path, {"news_by": "2026-05-15T15:00:00Z"})
    assert answered.status_code == 200, answered.content
    assert ana.ask("POST", path, {"news_by": "2026-05-01T15:00:00Z"}).json()["fields"]["news_by"]
    assert desk(cast.moira).ask("POST", path, {"news_by": "2026-05-15T15:00:00Z"}).status_code == 404
    said = [entry.get("words") for entry in ana.get_json(f"tickets/{ticket.pk}/timeline/")["results"]]
    assert "Ana Lima wrote that there is news by Friday 15 May, 15:00" in said
