"""An agent opens a ticket for somebody who rang."""

from typing import Any

import pytest

from tests.cast import NOW, Cast
from tests.tickets.actions.facts import fresh, kinds
from tickets import search
from tickets.actions.opening import open_for_customer
from tickets.actions.replying import UNDO_FOR, release_due_replies
from tickets.errors import Invalid
from tickets.models import FOOT, Customer, OutgoingMail, Ticket


def opened(cast: Cast, **fields: Any) -> Ticket:
    said = {"name": "Jo Bell", "email": "jo@example.com", "subject": "Boots", "text": "As I said, they leave today."}
    return open_for_customer(**{**said, "team": cast.deliveries, "by": cast.ana, "now": NOW, "key": "k", **fields})


def test_it_is_the_agents_own_and_its_text_leaves_as_our_first_message(cast: Cast) -> None:
    ticket = opened(cast)
    assert (ticket.assignee, ticket.channel, ticket.customer.name) == (cast.ana, "desk", "Jo Bell")
    assert not OutgoingMail.objects.exists()  # no acknowledgement: they are on the telephone
    release_due_replies(NOW + UNDO_FOR)
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.text.partition(FOOT)[0]) == ("jo@example.com", "As I said, they leave today.")
    assert (fresh(ticket).state, kinds(ticket)) == ("waiting_on_customer", ["opened_by_agent", "replied"])


def test_as_a_note_it_tells_the_customer_nothing(cast: Cast) -> None:
    ticket = opened(cast, as_note=True, text="She rang, in tears.")
    release_due_replies(NOW + UNDO_FOR)
    assert (ticket.notes.get().text, ticket.messages.count()) == ("She rang, in tears.", 0)
    assert (fresh(ticket).state, OutgoingMail.objects.count()) == ("open", 0)


def test_it_is_found_at_once(cast: Cast) -> None:
    ticket = opened(cast)
    for words in ("boots", "bell", "jo@example.com"):
        assert list(search.matching(Ticket.objects.all(), words)) == [ticket]


@pytest.mark.parametrize(
    ("fields", "named"), [({"email": "jo"}, "email"), ({"subject": " "}, "subject"), ({"text": ""}, "text")]
)
def test_it_names_what_is_missing_and_leaves_nothing_half(cast: Cast, fields: dict[str, str], named: str) -> None:
    with pytest.raises(Invalid) as refused:
        opened(cast, **fields)
    assert list(refused.value.fields) == [named]
    assert not Ticket.objects.exists() and not Customer.objects.exists()


def test_it_is_opened_only_where_one_works(cast: Cast) -> None:
    with pytest.raises(Invalid, match="the teams that you work in"):
        opened(cast, team=cast.returns)
    assert opened(cast, team=cast.returns, by=cast.lee).team == cast.returns
