"""Every automatic mail of ours is answered by an automatic mail of others, in their many dialects; it ends after one."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from tests.cast import NOW, Cast, complaint, participant, reply
from tests.story import letter
from tests.tickets.mail.arriving import arrives, as_received
from tickets.actions import linking, moves
from tickets.actions.letters import notify
from tickets.actions.settling import ask_if_settled
from tickets.events import Actor
from tickets.models import OutgoingMail, RawMail, Ticket

pytestmark = pytest.mark.django_db
MOST_ROUNDS = 12  # a loop that goes on so long goes on for ever


def acknowledgement(cast: Cast, ticket: Ticket) -> None:
    """Queued when the complaint came."""


def settled_question(cast: Cast, ticket: Ticket) -> None:
    reply(ticket, "I am sorry, Nora.", cast.ana)
    moves.resolve(ticket, by=Actor.agent(cast.ana), now=NOW)
    ask_if_settled(ticket, now=NOW)


def new_link(cast: Cast, ticket: Ticket) -> None:
    linking.renew_link(participant(ticket), by=Actor.agent(cast.ana), now=NOW)


def notice_to_an_agent(cast: Cast, ticket: Ticket) -> None:
    notify(cast.ana, "Escalated", "Look at it.", "once", NOW, ticket)


OURS = [acknowledgement, settled_question, new_link, notice_to_an_agent]
THEIRS: dict[str, dict[str, str]] = {
    "vacation of RFC 3834": {"Auto-Submitted": "auto-replied (vacation)"},
    "vacation with a null return path": {"Return-Path": "<>", "Auto-Submitted": "auto-replied"},
    "Exchange": {"X-Auto-Response-Suppress": "All", "X-MS-Exchange-Inbox-Rules-Loop": "nora@example.com"},
    "Gmail": {"Precedence": "bulk", "X-Autoreply": "yes"},
    "ticket system": {"Auto-Submitted": "auto-generated", "X-Loop": "helpdesk@example.com"},
    "challenge and response": {"X-Auto-Reply": "yes", "Precedence": "junk"},
    "mailing list": {"List-Id": "<tents.example.com>", "Precedence": "list"},
    "hides its nature": {},
}


def answer(mail: EmailMessage, headers: dict[str, str], number: int, *, threads: bool) -> EmailMessage:
    """What their machine sends back: to where we want to be answered, or like a bad one to From, without a thread."""
    to = mail["Reply-To"] if threads and mail["Reply-To"] else mail["From"].addresses[0].addr_spec
    told = letter(str(mail["To"]), f"Automatic reply: {mail['Subject']}", f"I am away, {number}.", str(to))
    told["Message-ID"] = f"<away{number}@example.com>"
    if threads:
        told["In-Reply-To"] = mail["Message-ID"]
    for name, value in headers.items():
        told[name] = value
    return told


@pytest.mark.parametrize("threads", [True, False], ids=["threads", "threads not"])
@pytest.mark.parametrize("dialect", THEIRS)
@pytest.mark.parametrize("ours", OURS, ids=lambda one: one.__name__)
def test_it_ends_after_at_most_one(
    cast: Cast, ours: Callable[[Cast, Ticket], None], dialect: str, threads: bool
) -> None:
    ticket = complaint(cast)
    ours(cast, ticket)
    first = OutgoingMail.objects.filter(is_automatic=True).latest("pk")
    answered, newest = first.pk, first
    for number in range(MOST_ROUNDS):
        arrives(cast, answer(as_received(newest), THEIRS[dialect], number, threads=threads))
        following = OutgoingMail.objects.filter(pk__gt=answered, is_automatic=True).order_by("pk").last()
        if following is None:
            break
        answered, newest = following.pk, following
    more = OutgoingMail.objects.filter(pk__gt=first.pk).count()
    assert more <= (0 if THEIRS[dialect] or threads else 1)
    assert not RawMail.objects.filter(outcome="").exists()
    ticket.refresh_from_db()
    assert ticket.messages.filter(automatic=False, by="customer").count() == 1 or not THEIRS[dialect]


def test_our_own_mail_that_comes_back_by_a_forwarder_is_answered_by_nothing(cast: Cast) -> None:
    ticket = complaint(cast)
    for kind in OURS[1:]:
        kind(cast, ticket)
    for mail in list(OutgoingMail.objects.all()):
        assert arrives(cast, as_received(mail)).outcome == "ignored"
    assert Ticket.objects.count() == 1
