"""Mail that lay in a mailbox before it was ours becomes history: it can be found, and hurries nobody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes

import pytest
import time_machine
from django.utils import timezone

from escalation.defaults import ensure_ladder, ensure_round_the_clock
from escalation.floor import floor
from escalation.models import Clock, Escalation, FollowUp, SlaPolicy
from tests.cast import ANGRY, Cast, desk
from tests.tickets.mail.imap.post_office import LONG_AGO, PostOffice, account, letter, look
from tickets import due_work
from tickets.actions import moves
from tickets.events import Actor
from tickets.models import ImapAccount, OutgoingMail, RawMail, Ticket

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def letter_on(number: int, answers: int | None = None, words: str = "They leak.") -> bytes:
    """A letter of Jo's, perhaps one that answers another."""
    mail = message_from_bytes(letter(number, words=words))
    if answers is not None:
        mail["In-Reply-To"] = f"<{answers}@example.com>"
    return mail.as_bytes()


@pytest.fixture(autouse=True)
def policy(cast: Cast) -> SlaPolicy:
    return SlaPolicy.objects.create(
        team=cast.deliveries,
        calendar=ensure_round_the_clock(),
        ladder=ensure_ladder(),
        first_response=4 * 3600,
        next_response=2 * 3600,
        resolution=10 * 3600,
    )


@pytest.fixture
def before() -> Iterator[datetime]:
    yield (timezone.now() - LONG_AGO).replace(microsecond=0)


@pytest.fixture
def ours(cast: Cast, office: PostOffice, before: datetime) -> ImapAccount:
    """Its first look has found twelve old mails of an unhappy customer."""
    for number in range(12):  # more than one sender may begin in an hour
        office.brings(letter_on(number, words=ANGRY), before + number * MINUTE)
    return look(account(cast, office))


def test_it_becomes_closed_tickets_as_of_when_it_came(ours: ImapAccount, office: PostOffice, before: datetime) -> None:
    assert {row.imported for row in RawMail.objects.all()} == {True}
    assert {row.reason for row in RawMail.objects.all()} == {
        "It lay there before the mailbox was ours, and is kept in a closed ticket."
    }
    tickets = Ticket.objects.order_by("pk")
    assert [ticket.created_at for ticket in tickets] == [before + number * MINUTE for number in range(12)]
    assert {(ticket.state, ticket.waiting_since, ticket.mended) for ticket in tickets} == {("closed", None, None)}
    message = tickets[0].messages.get()
    assert message.said_at == tickets[0].settled_at == before
    assert message.warning == f"Imported: it came on {before:%d %B %Y} and was not acknowledged."
    assert len(office.lies_in("Processed")) == 12


def test_agents_find_it_by_its_words(ours: ImapAccount, cast: Cast) -> None:
    found = desk(cast.ana).get_json("tickets/", q="Harrow tent")["results"]
    assert {ticket["state"] for ticket in found} == {"closed"} and len(found) == 12


def test_it_answers_nobody_starts_no_clock_and_raises_no_alarm(ours: ImapAccount, cast: Cast) -> None:
    later = timezone.now() + 30 * DAY
    for kind in ("clocks", "escalations", "follow_ups", "outgoing_mails"):
        due_work.do(kind, later)
    for model in (Clock, Escalation, FollowUp, OutgoingMail):
        assert not model.objects.exists(), model
    shown = floor(later)
    assert {tile["level"] for tile in shown["tiles"] if tile["key"] != "agents"} == {"calm"}
    assert {tile["value"] for tile in shown["tiles"]} <= {0, None}  # None: nobody was asked
    assert (shown["riskiest"], shown["ahead"], shown["stream"]) == ([], [], [])


def test_what_the_customer_writes_from_now_on_is_answered_and_timed(ours: ImapAccount, office: PostOffice) -> None:
    office.brings(letter_on(100, answers=3))
    look(ours)
    ticket = Ticket.objects.get(state="new")
    assert ticket.previous == Ticket.objects.order_by("pk")[3]
    assert {clock.kind for clock in Clock.objects.filter(ticket=ticket)} == {"first_response", "resolution"}
    assert OutgoingMail.objects.get().kind == "acknowledgement"


def test_a_fresh_answer_to_what_came_lately_opens_it(cast: Cast, office: PostOffice) -> None:
    office.brings(letter_on(1), timezone.now() - 3 * DAY)
    ours = look(account(cast, office))
    ticket = Ticket.objects.get()
    assert ticket.state == "closed" and not Clock.objects.exists()
    office.brings(letter_on(2, answers=1))
    look(ours)
    ticket.refresh_from_db()
    assert ticket.state == "open" and ticket.waiting_since
    assert {clock.kind for clock in Clock.objects.filter(ticket=ticket)} == {"first_response", "resolution"}


def test_old_answers_join_the_old_mail_that_they_answer(cast: Cast, office: PostOffice, before: datetime) -> None:
    office.brings(letter_on(1), before)
    office.brings(letter_on(2, answers=1), before + DAY)
    office.brings(letter_on(3, answers=2), before + 2 * DAY)
    look(account(cast, office))
    ticket = Ticket.objects.get()
    assert [message.said_at - before for message in ticket.messages.order_by("version")] == [0 * DAY, DAY, 2 * DAY]
    assert (ticket.state, ticket.settled_at) == ("closed", before + 2 * DAY)
    assert set(ticket.events.values_list("kind", flat=True)) == {"imported"}
    assert not Clock.objects.exists() and not OutgoingMail.objects.exists()


def test_an_old_answer_to_a_ticket_of_ours_is_not_overheard(cast: Cast, office: PostOffice) -> None:
    """The mailbox moved to another server, and the customer's answer lay there before we looked."""
    office.brings(letter_on(1))
    look(account(cast, office))
    ticket = Ticket.objects.get()
    moves.resolve(ticket, by=Actor.agent(cast.ana), now=timezone.now(), reason="They leak no more.")
    ImapAccount.objects.update(activated_at=timezone.now() + DAY)
    office.brings(letter_on(2, answers=1, words="They still leak."))
    look(ImapAccount.objects.get())
    assert RawMail.objects.order_by("pk").last().imported
    ticket.refresh_from_db()
    assert ticket.state == "open" and ticket.waiting_since


def test_an_agent_opens_what_is_not_done_with_and_its_time_runs_from_then(ours: ImapAccount, cast: Cast) -> None:
    ticket, now = Ticket.objects.order_by("pk")[0], timezone.now()
    with time_machine.travel(now, tick=False):
        moves.reopen(ticket, by=Actor.agent(cast.ana), now=now)
    [clock] = Clock.objects.filter(ticket=ticket)
    assert (clock.kind, clock.started_at) == ("resolution", now)


def test_an_old_report_of_a_mail_from_before_us_is_set_aside(cast: Cast, office: PostOffice, before: datetime) -> None:
    report = (
        b"From: MAILER-DAEMON@example.com\r\nTo: support@kintsugi.example\r\nSubject: Undelivered\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: text/plain\r\n\r\nIt did not arrive.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; jo@example.com\r\nAction: failed\r\n"
        b"Status: 5.1.1\r\n\r\n--b--\r\n"
    )
    office.brings(report, before)
    look(account(cast, office))
    row = RawMail.objects.get()
    assert (row.outcome, row.reason) == (
        "ignored",
        "It reports on a mail that was sent before this mailbox was ours.",
    )
