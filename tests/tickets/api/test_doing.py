"""What people do with a ticket through the API."""

from datetime import timedelta

import pytest

from tests.cast import NOW, Cast, complaint, desk, participant
from tickets import tokens
from tickets.models import OutgoingMail, TicketEvent
from tickets.tokens import Purpose

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def test_it_gives_a_ticket_to_a_person_and_to_nobody(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    taken = client.ask("POST", f"tickets/{ticket.pk}/assignment/", {"agent": cast.ana.pk}).json()
    assert (taken["assignee"]["name"], taken["state"]) == ("Ana Lima", "open")
    assert client.ask("POST", f"tickets/{ticket.pk}/assignment/", {"agent": None}).json()["assignee"] is None


@pytest.mark.parametrize("agent", ["moira", 999_999, 2**60, "x", -1])
def test_it_gives_no_ticket_to_somebody_who_could_not_see_it(cast: Cast, agent: object) -> None:
    ticket = complaint(cast)
    to = cast.moira.pk if agent == "moira" else agent
    refused = desk(cast.ana).ask("POST", f"tickets/{ticket.pk}/assignment/", {"agent": to})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["agent"])


def test_it_moves_the_state_and_names_the_ways_where_there_is_none(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    wake = (NOW + timedelta(days=1)).isoformat()
    held = client.ask("POST", f"tickets/{ticket.pk}/state/", {"to": "on_hold", "wake_at": wake}).json()
    assert (held["state"], held["wake_at"]) == ("on_hold", "2026-05-12T10:00:00Z")
    refused = client.ask("POST", f"tickets/{ticket.pk}/state/", {"to": "closed"})
    assert refused.status_code == 409
    assert refused.json()["allowed_moves"] == ["open", "waiting_on_customer", "resolved"]
    assert refused.json()["detail"].startswith("A ticket that is on hold cannot become closed")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"to": "on_hold"}, "wake_at"),
        ({"to": "on_hold", "wake_at": "9999-12-31T00:00:00Z"}, "wake_at"),
        ({"to": "on_hold", "wake_at": "soon"}, "wake_at"),
        ({"to": "resolved"}, "reason"),
        ({"to": "mended"}, "to"),
        ({}, "to"),
    ],
)
def test_it_names_the_field_of_a_move_that_lacks_something(cast: Cast, said: dict, field: str) -> None:
    ticket = complaint(cast)
    refused = desk(cast.ana).ask("POST", f"tickets/{ticket.pk}/state/", said)
    assert (refused.status_code, list(refused.json()["fields"])) == (400, [field])


def test_it_shows_the_last_of_a_ticket_that_leaves_ones_sight(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    gone = client.ask("POST", f"tickets/{ticket.pk}/team/", {"team": cast.returns.pk})
    assert gone.status_code == 200
    assert (gone.json()["team"]["name"], gone.json()["permissions"]) == ("Returns", [])
    assert client.get(f"/api/tickets/{ticket.pk}/").status_code == 404
    assert desk(cast.moira).get_json(f"tickets/{ticket.pk}/")["number"] == ticket.pk


def test_it_corrects_the_mood_in_one_click(cast: Cast) -> None:
    ticket = complaint(cast)
    client = desk(cast.ana)
    assert "mood" in client.get_json(f"tickets/{ticket.pk}/")["permissions"]
    shown = client.ask("POST", f"tickets/{ticket.pk}/mood/", {"mood": "neutral"}).json()
    assert (shown["mood"]["label"], [point["label"] for point in shown["mood_history"]]) == ("neutral", ["neutral"])
    refused = client.ask("POST", f"tickets/{ticket.pk}/mood/", {"mood": "livid"})
    assert refused.status_code == 400 and "mood" in refused.json()["fields"]


def test_it_takes_out_in_one_click_what_was_misheard_and_puts_it_back(cast: Cast) -> None:
    ticket = complaint(cast, text="I want to speak to a manager. Where is my order?")
    client, said = desk(cast.ana), ticket.messages.get().pk

    def shown() -> tuple[list[str], list[str], int]:
        [entry] = [
            one for one in client.get_json(f"tickets/{ticket.pk}/timeline/")["results"] if one["kind"] == "message"
        ]
        return [one["kind"] for one in entry["signals"]], [one["text"] for one in entry["heard"]], entry["misheard"]

    before, wrong = shown(), f"tickets/{ticket.pk}/messages/{said}/misheard/"
    client.ask("POST", wrong, {"kind": "manager"})
    client.ask("POST", wrong, {"kind": "question", "text": "Where is my order?"})
    signals, heard, count = shown()
    assert ("manager" in before[0], "Where is my order?" in before[1]) == (True, True)
    assert ("manager" in signals, "Where is my order?" in heard, count) == (False, False, 2)
    assert client.ask("POST", wrong, {"kind": "manager"}).status_code == 400
    assert client.ask("DELETE", wrong).status_code == 200
    assert shown() == before


def test_it_adds_a_signal_that_was_missed_and_shows_it_without_words(cast: Cast) -> None:
    ticket = complaint(cast, text="My brother sleeps under the old oak now. I want to speak to a manager.")
    client, said = desk(cast.ana), ticket.messages.get().pk
    missed = f"tickets/{ticket.pk}/messages/{said}/missed/"
    known = {one["kind"]: one["label"] for one in client.get_json("signals/")["results"]}
    for _ in range(2):
        assert client.ask("POST", missed, {"kind": "bereavement"}).status_code == 200
    told = client.get_json(f"tickets/{ticket.pk}/timeline/")["results"]
    [entry] = [one for one in told if one["kind"] == "message"]
    assert entry["signals"][-1] == {"kind": "bereavement", "label": known["bereavement"], "text": ""}
    assert told[-1]["words"] == "Ana Lima added what was missed: “has lost somebody”"
    assert client.ask("POST", missed, {"kind": "envy"}).json()["fields"].keys() == {"kind"}
    assert client.ask("POST", f"tickets/{ticket.pk}/messages/999999/missed/", {"kind": "legal"}).status_code == 400
    assert len(TicketEvent.objects.filter(ticket=ticket)) == 2


def test_it_sets_priority_subject_and_spam_and_back(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    assert client.ask("POST", f"tickets/{ticket.pk}/priority/", {"priority": "urgent"}).json()["priority"] == "urgent"
    assert client.ask("PATCH", f"tickets/{ticket.pk}/", {"subject": "A tent"}).json()["subject"] == "A tent"
    assert client.ask("POST", f"tickets/{ticket.pk}/spam/").json()["state"] == "spam"
    assert client.ask("DELETE", f"tickets/{ticket.pk}/spam/").json()["state"] == "new"
    assert client.ask("DELETE", f"tickets/{ticket.pk}/spam/").status_code == 409


def test_it_renews_a_customers_link(cast: Cast) -> None:
    ticket = complaint(cast)
    old = tokens.make(participant(ticket), Purpose.PAGE)
    path = f"tickets/{ticket.pk}/participants/{participant(ticket).pk}/link/"
    assert desk(cast.ana).ask("POST", path).status_code == 200
    assert tokens.read(old, Purpose.PAGE) is None
    assert OutgoingMail.objects.filter(kind="link").count() == 1
    assert desk(cast.ana).ask("POST", f"tickets/{ticket.pk}/participants/9999/link/").status_code == 404


def test_it_remembers_what_was_read_and_never_more_than_there_is(cast: Cast) -> None:
    ticket, client = complaint(cast), desk(cast.ana)
    assert client.ask("PUT", f"tickets/{ticket.pk}/read/", {"version": 99}).status_code == 204
    shown = client.get_json(f"tickets/{ticket.pk}/")
    assert (shown["unread"], shown["read_version"]) == (False, ticket.version)


@pytest.mark.parametrize(
    ("method", "path", "said"),
    [
        ("PATCH", "", {"subject": "Mine"}),
        ("POST", "assignment/", {"agent": None}),
        ("POST", "state/", {"to": "open"}),
        ("POST", "team/", {"team": 1}),
        ("POST", "priority/", {"priority": "low"}),
        ("POST", "mood/", {"mood": "neutral"}),
        ("POST", "messages/1/misheard/", {"kind": "manager"}),
        ("DELETE", "messages/1/misheard/", None),
        ("POST", "messages/1/missed/", {"kind": "manager"}),
        ("POST", "spam/", None),
        ("DELETE", "spam/", None),
        ("PUT", "read/", {"version": 1}),
        ("PUT", "draft/", {"text": "x"}),
        ("DELETE", "draft/", None),
        ("POST", "notes/", {"text": "x"}),
        ("POST", "replies/", {"text": "x", "seen_version": 9}),
        ("POST", "participants/1/link/", None),
    ],
)
def test_it_lets_nobody_of_another_team_touch_anything(cast: Cast, method: str, path: str, said: dict | None) -> None:
    ticket = complaint(cast)
    if path == "team/":
        said = {"team": cast.returns.pk}
    refused = desk(cast.moira).ask(method, f"tickets/{ticket.pk}/{path}", said)
    assert refused.status_code == 404
    assert refused.json()["detail"] == "There is nothing here that you can see."
    assert TicketEvent.objects.filter(ticket=ticket).count() == 1


def test_it_opens_a_ticket_for_somebody_who_rang(cast: Cast) -> None:
    client = desk(cast.ana)
    said = {
        "customer": {"name": "Jo Bell", "email": "jo@example.com"},
        "subject": "A wet boot",
        "text": "Her boot leaks since Monday.",
        "as_note": True,
    }
    opened = client.ask("POST", "tickets/", said)
    assert opened.status_code == 201
    assert (opened.json()["channel"], opened.json()["assignee"]["name"]) == ("desk", "Ana Lima")
    assert opened.headers["Location"] == f"/api/tickets/{opened.json()['number']}/"
    wrong = client.ask("POST", "tickets/", {**said, "customer": {"email": "jo"}})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (400, ["email"])
    foreign = client.ask("POST", "tickets/", {**said, "team": cast.returns.pk})
    assert list(foreign.json()["fields"]) == ["team"]


def test_it_opens_one_ticket_however_often_the_request_is_repeated(cast: Cast) -> None:
    client = desk(cast.ana)
    said = {"customer": {"email": "jo@example.com"}, "subject": "Boot", "text": "It leaks."}
    first = client.ask("POST", "tickets/", said, Idempotency_Key="k1")
    again = client.ask("POST", "tickets/", said, Idempotency_Key="k1")
    assert (first.status_code, first.json()["number"]) == (201, again.json()["number"])
