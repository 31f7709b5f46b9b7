"""Guided replies for a ticket."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.cast import NOW, Cast, answer, complaint, desk, participant, reply
from tickets.actions.guides import import_templates
from tickets.actions.rating import rate
from tickets.actions.settling import say_settled
from tickets.api.presenting.quotes import sentence_around
from tickets.models import Template


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


def filled(text: str) -> str:
    """A guide as an agent sends it: no slot is left open."""
    return re.sub(r"\{\w+\??\}", "This is done.", text)


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

    def test_it_offers_what_answers_a_low_rating_in_the_words_of_the_rating(self, cast: Cast) -> None:
        ticket = complaint(cast)
        say_settled(participant(ticket), now=NOW)
        rate(participant(ticket), 2, "Nobody rang me. I waited in all day.", now=NOW)
        first = self.guides(cast, ticket)[0]
        assert (first["key"], first["why"]) == ("detractor", "They rated us badly once it was closed.")
        [words] = [slot for slot in first["slots"] if slot["name"] == "their_words"]
        assert (words["value"], words["choices"]) == ("Nobody rang me", ["Nobody rang me", "I waited in all day"])

    def test_it_puts_nothing_in_the_mouth_of_one_who_rated_us_without_words(self, cast: Cast) -> None:
        ticket = complaint(cast)
        say_settled(participant(ticket), now=NOW)
        rate(participant(ticket), 1, "", now=NOW)
        first = self.guides(cast, ticket)[0]
        [words] = [slot for slot in first["slots"] if slot["name"] == "their_words"]
        assert (first["key"], words["value"], words["choices"]) == ("detractor", None, [])

    def test_it_gives_a_customer_no_words_that_they_have_read(self, cast: Cast) -> None:
        ticket = complaint(cast)
        seen = []
        for _ in range(3):
            [late] = [guide for guide in self.guides(cast, ticket) if guide["key"] == "late-delivery"]
            seen.append(late["variant"])
            reply(ticket, filled(late["text"]), cast.ana, template=f"late-delivery:{late['variant']}")
        assert sorted(seen) == [0, 1, 2]

    def test_it_opens_each_slot_by_its_kind_and_offers_what_they_said(self, cast: Cast) -> None:
        ticket = complaint(cast)
        [late] = [guide for guide in self.guides(cast, ticket) if guide["key"] == "late-delivery"]
        slots = {slot["name"]: slot for slot in late["slots"]}
        assert {name: slots[name]["kind"] for name in ("their_words", "promise", "options", "owner", "answers")} == {
            "their_words": "quote",
            "promise": "promise",
            "options": "options",
            "owner": "person",
            "answers": "answers",
        }
        assert all(quote in ticket.messages.first().text for quote in slots["their_words"]["choices"])
        assert "Where is my tent?" in slots["answers"]["choices"]
        assert slots["ownership"]["choices"]

    def test_it_answers_in_the_customers_language(self, cast: Cast) -> None:
        ticket = complaint(cast, subject="Wo bleibt mein Zelt?", text="Ich warte seit zwei Wochen auf die Lieferung.")
        guides = self.guides(cast, ticket)
        assert guides[0]["key"] == "late-delivery"
        assert guides[0]["text"].startswith("Guten Tag Nora Whitcombe,")
        assert {guide["title"] for guide in guides} == set(
            Template.objects.filter(locale="de").values_list("title", flat=True)
        )

    def test_it_gives_english_where_nobody_has_written_their_language(self, cast: Cast) -> None:
        Template.objects.filter(locale="de").delete()
        ticket = complaint(cast, subject="Wo bleibt mein Zelt?", text="Ich warte seit zwei Wochen auf die Lieferung.")
        assert self.guides(cast, ticket)[0]["text"].startswith("Hi Nora,")

    def test_it_asks_as_much_for_a_long_ticket_as_for_a_short_one(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        ticket = complaint(cast)
        with CaptureQueriesContext(connection) as short:
            self.guides(cast, ticket)
        for day in range(1, 6):
            answer(ticket, "And still nothing.", now=NOW + timedelta(days=day))
        with django_assert_num_queries(len(short)):
            self.guides(cast, ticket)

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
