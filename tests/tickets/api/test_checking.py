"""The check of a reply while it is written, with what the server knows of the ticket."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast, answer, complaint, desk, reply
from tickets.contributions import contributions
from tickets.models import Agent, Message, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def ask(agent: Agent, ticket: Ticket, draft: str, **more: Any) -> Any:
    return desk(agent).ask("POST", "reply-check/", {"ticket": ticket.pk, "draft": draft, **more})


def checked(agent: Agent, ticket: Ticket, draft: str, **more: Any) -> dict[str, Any]:
    answered = ask(agent, ticket, draft, **more)
    assert answered.status_code == 200, answered.content
    return answered.json()


def rules(found: dict[str, Any]) -> set[str]:
    return {finding["rule"] for finding in found["findings"]}


def test_it_points_at_words_with_a_reason_and_a_rewrite(cast: Cast) -> None:
    draft = "Hi Nora, you failed to give us your address."
    found = checked(cast.ana, complaint(cast), draft)
    [blame] = [one for one in found["findings"] if one["rule"] == "blame.you-failed"]
    assert draft[blame["start"] : blame["end"]].startswith("you failed to")
    assert blame["level"] == "error"
    assert blame["message"] and blame["suggestion"]
    assert found["language"] == "en"


def test_it_offers_words_and_says_where_they_go(cast: Cast) -> None:
    """In the units of the places; what is added stands between two characters, and so has an empty place."""
    draft = "🎉 Actually, the tent is with us."
    found = {one["rule"]: one for one in checked(cast.ana, complaint(cast), draft)["findings"]}

    def mended(rule: str) -> str:
        units, one = draft.encode("utf-16-le"), found[rule]
        head, tail = units[: 2 * one["offers_start"]], units[2 * one["offers_end"] :]
        return head.decode("utf-16-le") + one["offers"][0] + tail.decode("utf-16-le")

    assert mended("argue.opener") == "🎉 The tent is with us."
    assert mended("ack.no-name") == f"Hi Nora,\n\n{draft}"
    assert found["apology.missing"]["offers"][0].startswith("I am sorry {what_we_did}.")
    assert found["ack.no-own-words"]["offers_start"] is not None


def test_it_counts_places_as_javascript_does(cast: Cast) -> None:
    plain, smiling = "Hi Nora. You failed to ring us.", "Hi Nora 🎉👍. You failed to ring us."
    places = [
        next(
            (one["start"], one["end"]) for one in checked(cast.ana, complaint(cast), draft)["findings"] if one["start"]
        )
        for draft in (plain, smiling)
    ]
    assert smiling.encode("utf-16-le")[places[1][0] * 2 : places[1][1] * 2].decode("utf-16-le").startswith("You failed")
    assert places[1][0] - places[0][0] == len("🎉👍 ".encode("utf-16-le")) // 2


def test_it_knows_the_customer_the_agent_and_how_it_sounds(cast: Cast) -> None:
    ticket = complaint(cast)
    found = checked(cast.ana, ticket, "Hi Nina, thank you for your patience.\n\nKind regards,\nThe team")
    assert {"ack.wrong-name", "ack.patience", "close.unsigned", "apology.missing"} <= rules(found)
    good = checked(cast.ana, ticket, "Hi Nora, I am sorry that we left you waiting for the tent.\n\nAna")
    assert rules(good).isdisjoint({"ack.wrong-name", "close.unsigned", "apology.missing"})


def test_it_asks_nobody_to_own_the_same_fault_twice(cast: Cast) -> None:
    ticket = complaint(cast)
    draft = "Hi Nora, your tent left the depot today and arrives on Friday 15 May.\n\nAna"
    assert "apology.missing" in rules(checked(cast.ana, ticket, draft))
    reply(ticket, "Hi Nora, I am sorry. We lost your tent.", cast.ana)
    answer(ticket, "And when does it come?")
    assert "apology.missing" not in rules(checked(cast.ana, ticket, draft))


def test_it_says_which_of_the_customers_words_are_taken_up_since_our_last_answer(cast: Cast) -> None:
    ticket = complaint(cast)
    first = ticket.messages.get()
    heard = checked(cast.ana, ticket, "Hi Nora, the tent is at the depot in Leeds.")["heard"]
    assert {one["message"] for one in heard} == {first.pk}
    assert {(one["text"], one["answered"]) for one in heard if one["kind"] == "question"} == {
        ("Where is my tent?", True)
    }
    assert [one["answered"] for one in checked(cast.ana, ticket, "Hi Nora.")["heard"] if one["kind"] == "question"] == [
        False
    ]
    reply(ticket, "Hi Nora, the tent is in Leeds.", cast.ana)
    left = checked(cast.ana, ticket, "Hi Nora.")["heard"]
    assert [(one["kind"], one["text"], one["answered"]) for one in left] == [("wish", "I want my money back.", False)]


def test_it_shows_what_is_open_from_before_our_last_answer(cast: Cast) -> None:
    ticket = complaint(cast, text="Where is my tent? Do you still sell the blue lantern?")
    first = ticket.messages.get()
    reply(ticket, "Hi Nora, the tent is in Leeds.", cast.ana)
    later = answer(ticket, "Thank you. When does it leave Leeds?")

    def questions(draft: str) -> list[tuple[int, str, bool]]:
        found = checked(cast.ana, ticket, draft)["heard"]
        return [(one["message"], one["text"], one["answered"]) for one in found if one["kind"] == "question"]

    asked = (first.pk, "Do you still sell the blue lantern?"), (later.pk, "When does it leave Leeds?")
    assert questions("Hi Nora.") == [(*asked[0], False), (*asked[1], False)]
    assert questions("We do still sell the lantern.") == [(*asked[0], True), (*asked[1], False)]


def test_it_shows_once_what_is_said_twice(cast: Cast) -> None:
    ticket = complaint(cast, text="The party is on Saturday. I need the tent before Saturday.")
    heard = [one["text"] for one in checked(cast.ana, ticket, "Hi Nora.")["heard"] if one["kind"] == "date"]
    assert heard == ["on Saturday"]


def test_a_wish_that_is_asked_stands_as_the_question_alone(cast: Cast) -> None:
    ticket = complaint(cast, text="When will you send me a new pole? Please send the pegs, too.")
    heard = [(one["kind"], one["text"]) for one in checked(cast.ana, ticket, "Hi Nora.")["heard"]]
    assert heard == [("question", "When will you send me a new pole?"), ("wish", "Please send the pegs, too.")]


def test_it_never_lets_an_agent_ask_for_what_the_customer_gave(cast: Cast) -> None:
    ticket = complaint(cast, text="My order 5512345 never came. I am furious.")
    assert "answer.asks-known" in rules(checked(cast.ana, ticket, "Could you send me your order number?"))
    other = complaint(cast, text="It never came. I am furious.")
    assert "answer.asks-known" not in rules(checked(cast.ana, other, "Could you send me your order number?"))


def test_it_lights_the_steps_as_the_draft_grows(cast: Cast) -> None:
    ticket = complaint(cast)
    assert not any(checked(cast.ana, ticket, "")["steps"].values())
    found = checked(
        cast.ana,
        ticket,
        "Hi Nora, I am sorry: we lost the Harrow tent that you ordered and left you without a word. I have found it in "
        "Leeds this morning. I can refund you in full or send it by courier; which do you prefer? I will write to you by "
        "noon on Tuesday 12 May to check that it is settled.\n\nAna",
    )
    assert all(found["steps"].values())
    assert list(found["steps"]) == ["acknowledge", "own", "act", "options", "promise", "follow_up", "answer"]


def test_it_lights_the_promise_that_will_be_recorded_with_the_text(cast: Cast) -> None:
    ticket, promise = complaint(cast), {"what": "Call about the tent", "due_at": "2026-05-12T15:00:00Z"}
    assert not checked(cast.ana, ticket, "Hi Nora.")["steps"]["promise"]
    assert checked(cast.ana, ticket, "Hi Nora.", promises=[promise])["steps"]["promise"]


def test_it_uses_what_others_contribute(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {"open_promise": {"what": "a call", "due": "2026-05-08"}}
    monkeypatch.setattr(contributions, "reply_context", [lambda ticket, now: broken])
    assert "promise.broken-ignored" in rules(checked(cast.ana, complaint(cast), "Hi Nora, it left today."))


def test_it_uses_the_register_of_the_situation(cast: Cast) -> None:
    ticket = complaint(cast, text="My father died last week and you keep sending him bills.")
    assert "tone.bereaved" in rules(checked(cast.ana, ticket, "Happy to help! Have a great day!"))


def test_it_reads_german_by_german_rules(cast: Cast) -> None:
    found = checked(
        cast.ana, complaint(cast), "Guten Tag Frau Whitcombe, Sie haben vergessen, uns die Nummer zu geben."
    )
    assert found["language"] == "de"


def test_a_stranger_learns_nothing(cast: Cast) -> None:
    ticket = complaint(cast)
    assert ask(cast.moira, ticket, "Hi").status_code == 404
    missing = desk(cast.ana).ask("POST", "reply-check/", {"ticket": 10**9, "draft": "Hi"})
    assert missing.json() == ask(cast.moira, ticket, "Hi").json()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"draft": None}, "draft"),
        ({"draft": "x" * 100_001}, "draft"),
        ({"draft": "a\0b"}, "draft"),
        ({"ticket": "x"}, "ticket"),
        ({"promises": [{"what": "x"}]}, "promises"),
        ({"then": "spam"}, "then"),
    ],
)
def test_it_names_what_cannot_be_read(cast: Cast, said: dict[str, Any], field: str) -> None:
    body = {"ticket": complaint(cast).pk, "draft": "Hi", **said}
    refused = desk(cast.ana).ask("POST", "reply-check/", body)
    assert refused.status_code == 400, refused.content
    assert {one.partition(".")[0] for one in refused.json()["fields"]} == {field}


def test_it_refuses_what_is_no_text(cast: Cast) -> None:
    assert ask(cast.ana, complaint(cast), "half of an emoji: \ud83c").status_code == 400


def test_its_queries_do_not_grow_with_the_ticket(cast: Cast) -> None:
    ticket = complaint(cast)
    client = desk(cast.ana)

    def queries() -> int:
        with CaptureQueriesContext(connection) as told:
            assert client.ask("POST", "reply-check/", {"ticket": ticket.pk, "draft": "Hi Nora"}).status_code == 200
        return len(told)

    before = queries()
    for hour in range(1, 6):
        answer(ticket, "Where is my tent?", now=NOW + timedelta(hours=hour))
    assert Message.objects.filter(ticket=ticket).count() > 5
    assert queries() == before


def test_it_says_which_steps_of_the_mend_the_draft_would_take(cast: Cast) -> None:
    ticket = complaint(cast)
    owning = "Hi Nora, we sent your tent to the wrong depot. That was our mistake and I am sorry."
    client = desk(cast.ana)

    def mending(draft: str) -> list[str]:
        said = client.ask("POST", "reply-check/", {"ticket": ticket.pk, "draft": draft}).json()
        return list(said["mending"])

    assert (mending(""), mending("Hi Nora."), mending(owning)) == ([], ["heard"], ["heard", "owned"])
