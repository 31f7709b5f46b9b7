"""Guided replies for a ticket."""

from datetime import timedelta

import pytest

from tests.cast import NOW, Cast, complaint, desk, reply
from tickets.actions.guides import import_templates
from tickets.api.presenting.guides import sentence_around
from tickets.api.suggesting import Case, Guide, span, suggest
from tickets.models import Template

LATE = Guide("late-delivery", "Late, and still on its way", "late_delivery", "solve", 0)
WAIT = Guide("long-wait", "A long wait for an answer", "long_wait", "solve", 0)
RECEIVED = Guide("complaint-received", "We have your complaint", "complaint_received", "acknowledge", 0)
AFTER = Guide("follow-up", "A few days after it was mended", "follow_up", "follow_up", 0)
REFUND = Guide("refund-delayed", "The refund is late", "refund_delayed", "solve", 0)
ALL = [LATE, WAIT, RECEIVED, AFTER, REFUND]


def case(words: str, **facts) -> Case:
    known = {"answered": False, "settled": False, "unhappy": True, "level": 0, "hours_waiting": 1.0, **facts}
    return Case(words, **known)


def test_it_suggests_by_what_the_customer_writes_of() -> None:
    fits = suggest(ALL, case("My refund was promised in April."))
    assert next(iter(fits)) == "refund-delayed"
    assert fits["refund-delayed"] == "The customer writes of “refund”."


def test_it_suggests_by_how_long_they_wait_and_by_stage() -> None:
    assert suggest(ALL, case("Hello?", hours_waiting=120.0))["long-wait"] == (
        "The customer has waited five days for an answer."
    )
    assert suggest(ALL, case("Hello?"))["complaint-received"] == "Nobody has answered yet, and the customer is unhappy."
    assert list(suggest(ALL, case("Thanks", settled=True, answered=True, unhappy=False))) == ["follow-up"]


def test_it_suggests_three_at_most() -> None:
    assert len(suggest(ALL, case("late delivery, refund, long wait, complaint", hours_waiting=99.0))) == 3


@pytest.mark.parametrize(
    ("hours", "words"), [(0.2, "one hour"), (3.4, "three hours"), (36, "two days"), (340, "14 days")]
)
def test_it_says_a_length_of_time_as_people_do(hours: float, words: str) -> None:
    assert span(hours) == words


@pytest.mark.parametrize(
    ("text", "start", "quote"),
    [
        ("Hello. I have heard nothing. Bye.", 14, "I have heard nothing"),
        ("I have heard nothing", 7, "I have heard nothing"),
        ("Dear all,\nnobody answers!\nNora", 12, "nobody answers"),
        ("word " * 60, 10, ""),
    ],
)
def test_it_quotes_the_sentence_around_a_place(text: str, start: int, quote: str) -> None:
    assert sentence_around(text, start, start + 4) == quote


@pytest.mark.django_db
@pytest.mark.usefixtures("frozen")
class TestTheEndpoint:
    def guides(self, cast: Cast, ticket) -> list[dict]:
        return desk(cast.ana).get_json("templates/", ticket=ticket.pk)["results"]

    def test_it_fills_the_slots_with_the_customers_name_and_words(self, cast: Cast) -> None:
        ticket = complaint(cast, now=NOW - timedelta(days=5))
        guides = self.guides(cast, ticket)
        assert [guide["suggested"] for guide in guides[:4]] == [True, True, True, False]
        [late] = [guide for guide in guides if guide["key"] == "late-delivery"]
        slots = {slot["name"]: slot["value"] for slot in late["slots"]}
        assert (slots["name"], slots["owner"]) == ("Nora", "Ana Lima")
        assert slots["their_words"] in ticket.messages.first().text
        assert slots["promise"] is None and "{promise}" in late["text"]
        assert late["text"].startswith("Hi Nora,")

    def test_it_gives_a_customer_no_words_that_they_have_read(self, cast: Cast) -> None:
        ticket = complaint(cast)
        seen = []
        for _ in range(3):
            [late] = [guide for guide in self.guides(cast, ticket) if guide["key"] == "late-delivery"]
            seen.append(late["variant"])
            reply(ticket, late["text"], cast.ana, template=f"late-delivery:{late['variant']}")
        assert sorted(seen) == [0, 1, 2]

    def test_it_imports_each_file_once_and_leaves_what_the_house_changed(self, cast: Cast) -> None:
        Template.objects.all().delete()
        assert import_templates() >= 12
        Template.objects.filter(key="late-delivery").update(title="Our own title", is_active=False)
        assert import_templates() == 0
        assert Template.objects.get(key="late-delivery", locale="en").title == "Our own title"
        assert "late-delivery" not in {guide["key"] for guide in self.guides(cast, complaint(cast))}

    def test_it_wants_a_ticket_that_one_sees(self, cast: Cast) -> None:
        ticket = complaint(cast)
        assert desk(cast.ana).get("/api/templates/").status_code == 400
        assert desk(cast.moira).get(f"/api/templates/?ticket={ticket.pk}").status_code == 404
