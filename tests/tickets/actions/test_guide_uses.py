"""What came of guided replies: a row a use, filled in by what happens next."""

from datetime import timedelta

import pytest

from tests.cast import NOW, Cast, answer, complaint, participant, reply
from tickets.actions import guide_uses
from tickets.actions.moves import resolve
from tickets.actions.settling import say_not_settled, say_settled
from tickets.events import Actor
from tickets.models import Template, TemplateUse, TicketEvent

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)
AS_IT_IS = {"ack.placeholder": "The slots say nothing of what came of a text."}


def late() -> Template:
    return Template.objects.get(key="late-delivery", locale="en")


def sent(cast: Cast, text: str = "", template: str = "late-delivery:1"):
    ticket = complaint(cast)
    reply(ticket, text or late().variants[1], cast.ana, template=template, overrides=AS_IT_IS)
    ticket.refresh_from_db()
    return ticket


def use() -> TemplateUse:
    return TemplateUse.objects.get()


def test_it_keeps_a_use_with_its_version_its_variant_and_how_far_it_was_changed(cast: Cast) -> None:
    ticket = sent(cast)
    assert (use().template, use().version, use().variant, use().ticket) == (late(), 1, 1, ticket)
    assert use().changed == 0
    assert (use().answer, use().settled, use().reopened) == (None, None, False)


def test_it_says_how_far_the_text_was_changed(cast: Cast) -> None:
    sent(cast, "Hi Nora, everything here is said in other words by Ana.")
    assert use().changed > 0.9


@pytest.mark.parametrize("template", ["", "gone:0", "late-delivery:77"])
def test_it_keeps_nothing_where_there_was_no_template(cast: Cast, template: str) -> None:
    sent(cast, "Hi Nora.", template)
    assert not TemplateUse.objects.exists()


def test_a_second_run_of_the_same_release_counts_once(cast: Cast) -> None:
    sent(cast)
    guide_uses.used(use().message, LATER)
    assert TemplateUse.objects.count() == 1


def test_it_takes_the_teams_own_text_before_the_houses(cast: Cast) -> None:
    content = Template.objects.get(key="late-delivery", locale="en", team=None).content
    own = Template.objects.create(key="late-delivery", locale="en", team=cast.deliveries, **content)
    ticket = complaint(cast)
    reply(ticket, own.variants[0], cast.ana, template="late-delivery:0", overrides=AS_IT_IS)
    assert use().template == own


def test_it_points_at_what_the_customer_wrote_next_and_at_nothing_later(cast: Cast) -> None:
    ticket = sent(cast)
    first = answer(ticket, "Thank you, that is kind.", now=LATER)
    answer(ticket, "This is a disgrace.", now=LATER + timedelta(hours=1))
    assert use().answer == first


def test_it_keeps_the_customers_own_verdict(cast: Cast) -> None:
    ticket = sent(cast)
    say_settled(participant(ticket), now=LATER)
    assert (use().settled, use().reopened) == (True, False)


def test_it_keeps_that_it_had_to_be_taken_up_again(cast: Cast) -> None:
    ticket = sent(cast)
    resolve(ticket, by=Actor.agent(cast.ana), now=LATER, reason="Done")
    ticket.refresh_from_db()
    say_not_settled(participant(ticket), now=LATER)
    assert (use().settled, use().reopened) == (False, True)


def test_an_event_that_comes_twice_changes_nothing(cast: Cast) -> None:
    ticket = sent(cast)
    answer(ticket, "Thank you.", now=LATER)
    ticket.refresh_from_db()
    before = TemplateUse.objects.values().get()
    for event in TicketEvent.objects.filter(ticket=ticket):
        guide_uses.follow(type(ticket), ticket=ticket, event=event)
    assert TemplateUse.objects.values().get() == before
