"""What came of guided replies: a row a use, filled in by what happens next."""

from datetime import timedelta

import pytest

from tests.cast import NOW, Cast, answer, complaint, participant, reply
from tickets.actions import guide_uses
from tickets.actions.moves import resolve
from tickets.actions.rating import rate
from tickets.actions.settling import say_not_settled, say_settled
from tickets.api.presenting.template_figures import figures
from tickets.events import Actor
from tickets.models import Message, Rating, Template, TemplateUse, TicketEvent

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


def resolved(cast: Cast):
    ticket = sent(cast)
    resolve(ticket, by=Actor.agent(cast.ana), now=LATER, reason="Done")
    ticket.refresh_from_db()
    return ticket


@pytest.mark.parametrize("words", ["It has come apart again.", "Where is the refund? This is a disgrace."])
def test_words_on_what_we_took_for_settled_take_it_up_again(cast: Cast, words: str) -> None:
    answer(resolved(cast), words, now=LATER + timedelta(hours=1))
    assert (use().settled, use().reopened) == (None, True)


def test_what_was_called_settled_is_so_no_more_once_they_write_that_it_broke(cast: Cast) -> None:
    ticket = resolved(cast)
    say_settled(participant(ticket), now=LATER)
    answer(ticket, "It has come apart again.", now=LATER + timedelta(hours=1))
    assert (use().settled, use().reopened) == (None, True)


def test_thanks_for_what_is_settled_hold_nothing_against_the_text(cast: Cast) -> None:
    answer(resolved(cast), "Thank you so much, that was lovely.", now=LATER + timedelta(hours=1))
    assert use().reopened is False


def test_words_while_we_wait_for_them_take_nothing_up_again(cast: Cast) -> None:
    answer(sent(cast), "It is order 17.", now=LATER)
    assert use().reopened is False


def test_it_points_at_the_rating_of_the_settlement_that_followed(cast: Cast) -> None:
    ticket = sent(cast)
    say_settled(participant(ticket), now=LATER)
    rate(participant(ticket), 2, "", now=LATER)
    first = use().rating
    answer(ticket, "It broke again.", now=LATER + timedelta(hours=1))
    say_settled(participant(ticket), now=LATER + timedelta(hours=2))
    rate(participant(ticket), 5, "", now=LATER + timedelta(hours=3))
    assert first and use().rating == first


def test_a_rating_that_is_changed_counts_as_it_is_now(cast: Cast) -> None:
    ticket = sent(cast)
    say_settled(participant(ticket), now=LATER)
    rate(participant(ticket), 2, "", now=LATER)
    assert counted() == (0, 1)
    rate(participant(ticket), 5, "", now=LATER)
    assert counted() == (1, 0)


def counted() -> tuple[int, int]:
    return figures()[late().pk]["well"], figures()[late().pk]["badly"]


@pytest.mark.parametrize(
    ("score", "settled", "reopened", "mood", "well", "badly"),
    [
        (5, True, False, "", 1, 0),
        (2, True, False, "happy", 0, 1),  # settled, and badly handled all the same
        (3, True, False, "unhappy", 1, 0),  # a 3 says neither, so their word decides
        (3, None, False, "unhappy", 0, 1),
        (3, None, False, "", 0, 0),
        (4, None, False, "unhappy", 1, 0),  # they rated us after they wrote
        (5, False, True, "", 0, 1),  # content then, and not settled since
        (None, None, True, "happy", 0, 1),
        (None, True, True, "unhappy", 1, 0),
        (None, None, False, "happy", 1, 0),
        (None, None, False, "", 0, 0),
    ],
)
def test_what_they_say_themselves_goes_before_how_their_words_sound(
    cast: Cast, score: int | None, settled: bool | None, reopened: bool, mood: str, well: int, badly: int
) -> None:
    ticket = sent(cast)
    part = participant(ticket)
    rating = score and Rating.objects.create(
        ticket=ticket, settled_at=LATER, participant=part, score=score, rated_at=LATER
    )
    said = answer(ticket, "Well.", now=LATER) if mood else None
    Message.objects.filter(pk=said.pk if said else None).update(mood=mood)
    TemplateUse.objects.update(rating=rating, settled=settled, reopened=reopened, answer=said)
    assert counted() == (well, badly)


def test_an_event_that_comes_twice_changes_nothing(cast: Cast) -> None:
    ticket = sent(cast)
    answer(ticket, "Thank you.", now=LATER)
    say_settled(participant(ticket), now=LATER)
    rate(participant(ticket), 4, "", now=LATER)
    ticket.refresh_from_db()
    before = TemplateUse.objects.values().get()
    for event in TicketEvent.objects.filter(ticket=ticket):
        guide_uses.follow(type(ticket), ticket=ticket, event=event)
    assert TemplateUse.objects.values().get() == before
