"""The assistant's words for a reply: off by default, checked as any draft, neither kept nor sent."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from tests.cast import ANGRY, NOW, Cast, complaint, desk, reply
from tests.stand_in import KEY, MODEL, StandIn, stand_in
from tickets.actions.noting import write_note
from tickets.api.views import assisting
from tickets.models import Agent, Draft, Message, OutgoingMail, PendingReply, Template, Ticket, TicketEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
BLAMING = "Hi Nora 👋. You failed to give us your address. I will write on Friday.\n\nAna"


@pytest.fixture
def server(settings: Settings) -> Iterator[StandIn]:
    with stand_in() as server:
        settings.ASSISTANT_URL, settings.ASSISTANT_KEY, settings.ASSISTANT_MODEL = server.url, KEY, MODEL
        yield server


def ask(agent: Agent, ticket: Ticket, what: str = "suggestion", **body: Any) -> Any:
    return desk(agent).ask("POST", f"tickets/{ticket.pk}/{what}/", body)


def rewriting(agent: Agent, ticket: Ticket, draft: str = BLAMING, rule: str = "blame.you-failed") -> Any:
    found = desk(agent).ask("POST", "reply-check/", {"ticket": ticket.pk, "draft": draft}).json()["findings"]
    start = next(one["start"] for one in found if one["rule"] == rule)
    return ask(agent, ticket, "rewriting", draft=draft, rule=rule, start=start)


def units(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_it_is_off_by_default(cast: Cast) -> None:
    ticket = complaint(cast)
    for what, body in (("suggestion", {}), ("rewriting", {"draft": "Kindly wait.", "rule": "tone.jargon", "start": 0})):
        answered = ask(cast.ana, ticket, what, **body)
        assert answered.status_code == 503
        assert answered.json()["detail"] == "No assistant is plugged in here. Nothing was sent to anybody."
    assert "assist" not in desk(cast.ana).get_json(f"tickets/{ticket.pk}/")["permissions"]


def test_it_is_offered_where_one_is_plugged_in(cast: Cast, server: StandIn) -> None:
    assert "assist" in desk(cast.ana).get_json(f"tickets/{complaint(cast).pk}/")["permissions"]


def test_it_answers_with_a_draft_and_what_the_check_says_of_it(cast: Cast, server: StandIn) -> None:
    server.says("Hi {name},\n\nYou failed to give us your address.\n\n{owner}")
    answered = ask(cast.ana, complaint(cast))
    assert answered.status_code == 200
    said = answered.json()
    assert said["text"] == "Hi Nora,\n\nYou failed to give us your address.\n\nAna Lima"
    [blame] = [one for one in said["checked"]["findings"] if one["rule"] == "blame.you-failed"]
    assert units(said["text"], blame["start"], blame["end"]).startswith("You failed to")
    assert [one["answered"] for one in said["checked"]["heard"] if one["kind"] == "question"] == [False]


def test_it_is_told_the_conversation_what_was_heard_and_an_outline(cast: Cast, server: StandIn) -> None:
    ticket = complaint(cast)
    reply(ticket, "Hi Nora, I am sorry that your tent has not come. I look for it today.\n\nAna", cast.ana)
    ask(cast.ana, ticket)
    assert f"Customer: {ANGRY}" in server.heard
    assert "We: Hi Nora, I am sorry" in server.heard
    assert "They ask: Where is my tent?" in server.heard
    assert "Today is Monday 11 May." in server.heard
    assert "{name}" in server.heard.partition("An outline")[2]


def test_the_chosen_template_is_the_outline(cast: Cast, server: StandIn) -> None:
    ask(cast.ana, complaint(cast), template="double-charge")
    variants = Template.objects.get(key="double-charge", locale="en", team=None).variants
    assert any(one.splitlines()[-3] in server.heard.partition("An outline")[2] for one in variants)


def test_it_works_without_any_template(cast: Cast, server: StandIn) -> None:
    Template.objects.update(is_active=False)
    assert ask(cast.ana, complaint(cast)).status_code == 200
    assert "An outline" not in server.heard


def test_no_note_no_address_and_no_card_leaves_the_house(cast: Cast, server: StandIn) -> None:
    ticket = complaint(cast, text=f"{ANGRY} Write to me at {cast.nora}. I paid with 4111 1111 1111 1111.")
    write_note(ticket, "She is right, the courier lost it.", by=cast.ana, now=NOW)
    ask(cast.ana, ticket)
    for secret in (cast.nora, "4111", "Whitcombe", "courier lost it", "support@kintsugi.example", str(ticket.pk) + "@"):
        assert secret not in server.heard


def test_nothing_is_kept_and_nothing_is_sent(cast: Cast, server: StandIn) -> None:
    ticket = complaint(cast)

    def counted() -> list[int]:
        return [model._default_manager.count() for model in (Message, Draft, PendingReply, OutgoingMail, TicketEvent)]

    before = counted()
    assert ask(cast.ana, ticket).status_code == 200
    server.says("We never asked for your address.")
    assert rewriting(cast.ana, ticket).status_code == 200
    assert counted() == before
    assert Ticket.objects.get(pk=ticket.pk).version == ticket.version


def test_a_stranger_learns_nothing_and_nothing_leaves(cast: Cast, server: StandIn) -> None:
    ticket = complaint(cast)
    assert ask(cast.moira, ticket).status_code == 404
    assert ask(cast.moira, ticket, "rewriting", draft="Hi", rule="tone.jargon", start=0).status_code == 404
    assert server.asked == []


@pytest.mark.parametrize(
    ("status", "told"), [(401, "does not take our key"), (429, "asked too much"), (500, "in trouble")]
)
def test_a_server_that_refuses_is_a_sentence(cast: Cast, server: StandIn, status: int, told: str) -> None:
    server.status = status
    answered = ask(cast.ana, complaint(cast))
    assert answered.status_code == 503 and told in answered.json()["detail"]


def test_one_person_may_not_ask_without_end(cast: Cast, server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assisting, "ASKED", replace(assisting.ASKED, most=2))
    ticket = complaint(cast)
    assert [ask(cast.ana, ticket).status_code for _ in range(3)] == [200, 200, 429]
    assert len(server.asked) == 2
    assert ask(cast.lee, ticket).status_code == 200


def test_a_passage_is_rewritten_as_the_sentence_that_it_is_and_checked_in_its_draft(
    cast: Cast, server: StandIn
) -> None:
    server.says("“We never asked for your address.”")
    said = rewriting(cast.ana, complaint(cast)).json()
    assert units(BLAMING, said["start"], said["end"]) == "You failed to give us your address."
    assert said["text"] == "We never asked for your address."
    assert "blame.you-failed" not in {one["rule"] for one in said["checked"]["findings"]}
    assert "You failed to give us your address." in server.heard and "Friday" not in server.heard


def test_a_rewrite_that_is_no_better_is_said_to_be(cast: Cast, server: StandIn) -> None:
    server.says("You neglected to give us your address.")
    said = rewriting(cast.ana, complaint(cast)).json()
    assert "blame.you-failed" in {one["rule"] for one in said["checked"]["findings"]}


def test_a_finding_that_is_not_there_is_not_sent(cast: Cast, server: StandIn) -> None:
    """So that the assistant is asked for nothing but what the check found."""
    body = {"draft": BLAMING, "rule": "blame.you-failed", "start": 3}
    answered = ask(cast.ana, complaint(cast), "rewriting", **body)
    assert answered.status_code == 409 and "has changed since" in answered.json()["detail"]
    assert server.asked == []


def test_a_passage_without_end_is_not_sent(cast: Cast, server: StandIn) -> None:
    answered = rewriting(cast.ana, complaint(cast), "You failed to tell us, " + "and so on " * 150)
    assert answered.status_code == 400 and "too long to be rewritten" in answered.json()["detail"]
    assert server.asked == []


@pytest.mark.parametrize(
    "body", [{}, {"draft": "Hi", "rule": "a.b", "start": -1}, {"draft": 1, "rule": [], "start": "x"}]
)
def test_what_cannot_be_used_is_named(cast: Cast, server: StandIn, body: dict[str, Any]) -> None:
    assert ask(cast.ana, complaint(cast), "rewriting", **body).status_code == 400
