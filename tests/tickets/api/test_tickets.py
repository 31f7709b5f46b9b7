"""The lists and a ticket."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast, answer, complaint, desk, reply
from tickets.actions.assigning import take
from tickets.models import Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def numbers(client, **query) -> list[int]:
    return [row["number"] for row in client.get_json("tickets/", **query)["results"]]


def test_it_shows_a_row_with_all_that_a_list_needs(cast: Cast) -> None:
    ticket = complaint(cast)
    [row] = desk(cast.ana).get_json("tickets/")["results"]
    assert row["number"] == ticket.pk
    assert row["customer"]["name"] == "Nora Whitcombe"
    assert row["mood"]["label"] == "unhappy" and row["mood"]["words"]
    assert row["last"]["by"] == "customer"
    assert row["waiting_since"] == "2026-05-11T10:00:00Z"
    assert row["unread"] is True and row["draft"] is False
    assert row["mending"] == {"steps": [], "of": 6}


def test_it_hides_another_teams_tickets(cast: Cast) -> None:
    ticket = complaint(cast)
    moira = desk(cast.moira)
    assert numbers(moira) == []
    assert numbers(moira, q="tent") == []
    assert numbers(moira, team=cast.deliveries.pk) == []
    assert moira.get(f"/api/tickets/{ticket.pk}/").status_code == 404
    assert moira.get(f"/api/tickets/{ticket.pk}/timeline/").status_code == 404
    assert numbers(desk(cast.lee)) == [ticket.pk]


def test_it_pages_newest_first_without_loss_or_repetition(cast: Cast) -> None:
    made = [
        complaint(cast, now=NOW - timedelta(seconds=count // 3), email=f"c{count}@example.com") for count in range(120)
    ]
    client, seen, cursor = desk(cast.ana), [], ""
    while cursor is not None:
        page = client.get_json("tickets/", cursor=cursor)
        seen += [row["number"] for row in page["results"]]
        cursor = page["next"]
    wanted = Ticket.objects.order_by("-updated_at", "-pk").values_list("pk", flat=True)
    assert len(made) == 120 and seen == list(wanted)


@pytest.mark.parametrize(("sort", "column"), [("clock", "next_due_at"), ("waiting", "waiting_since")])
def test_it_pages_by_times_with_those_without_one_last(cast: Cast, sort: str, column: str) -> None:
    for count in range(120):
        ticket = complaint(cast, email=f"c{count}@example.com")
        time = NOW + timedelta(minutes=count // 2) if count % 3 else None
        Ticket.objects.filter(pk=ticket.pk).update(**{column: time})
    client, seen, cursor = desk(cast.ana), [], ""
    while cursor is not None:
        page = client.get_json("tickets/", cursor=cursor, sort=sort)
        seen += [row["number"] for row in page["results"]]
        cursor = page["next"]
    timed = list(
        Ticket.objects.filter(**{f"{column}__isnull": False}).order_by(column, "pk").values_list("pk", flat=True)
    )
    timeless = list(Ticket.objects.filter(**{column: None}).order_by("pk").values_list("pk", flat=True))
    assert seen == timed + timeless


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "nonsense"},
        {"cursor": "W10"},
        {"cursor": "WyJ1cGRhdGVkIiwiOTk5OS0xMi0zMVQyMzo1OTo1OS0xNDowMCIsMV0"},  # past the last of all years
        {"cursor": "WyJ1cGRhdGVkIiwgbnVsbCwgM10"},
        {"cursor": "é"},
        {"view": "nowhere"},
        {"sort": "mood"},
        {"state": "lost"},
        {"team": "x"},
        {"assignee": "everyone"},
    ],
)
def test_it_answers_a_query_that_means_nothing_with_a_sentence(cast: Cast, query: dict) -> None:
    answered = desk(cast.ana).get("/api/tickets/", query)
    assert answered.status_code == 400
    assert list(answered.json()["fields"]) == list(query)


@pytest.mark.parametrize("words", ['"', "-x", "' OR 1=1", "NEAR(", "*", "a\0b", "９" * 20, "tent:*"])
def test_it_takes_any_search_as_words(cast: Cast, words: str) -> None:
    complaint(cast)
    assert desk(cast.ana).get("/api/tickets/", {"q": words}).status_code == 200


def test_it_finds_what_was_said_by_words_and_filters(cast: Cast) -> None:
    tent, kettle = (
        complaint(cast),
        complaint(cast, email="b@example.com", subject="Kettle", text="Please send me the manual."),
    )
    take(kettle, by=cast.ana, now=NOW)
    client = desk(cast.ana)
    assert numbers(client, q="harrow ten") == [tent.pk]
    assert kettle.pk in numbers(client, q=str(kettle.pk))
    assert numbers(client, assignee="none") == [tent.pk]
    assert numbers(client, assignee="me") == numbers(client, view="my_open") == [kettle.pk]
    assert numbers(client, state="new") == [tent.pk]
    assert numbers(client, view="unhappy") == [tent.pk]


def test_it_shows_a_ticket_with_all_that_its_page_needs(cast: Cast) -> None:
    before = complaint(cast, subject="An older one")
    ticket = complaint(cast, desired_outcome="My money back")
    said = desk(cast.ana).get_json(f"tickets/{ticket.pk}/")
    assert said["allowed_moves"] == ["open", "waiting_on_customer", "on_hold", "resolved"]
    assert said["participants"][0]["email"] == cast.nora
    assert {one["number"] for one in said["customer"]["tickets"]} == {ticket.pk, before.pk}
    assert said["desired_outcome"] == "My money back"
    assert [point["label"] for point in said["mood_history"]] == ["unhappy"]
    assert said["draft"] is None and said["pending"] is None and said["read_version"] == 0


def test_it_names_only_those_other_tickets_of_a_customer_that_one_may_see(cast: Cast) -> None:
    ticket, hidden = complaint(cast), complaint(cast, team=cast.returns, subject="A secret of Returns")
    said = desk(cast.ana).get_json(f"tickets/{ticket.pk}/")
    assert [one["number"] for one in said["customer"]["tickets"]] == [ticket.pk]
    assert hidden.subject not in str(said)


def test_it_tells_a_tickets_life_in_order(cast: Cast) -> None:
    ticket = complaint(cast)
    take(ticket, by=cast.ana, now=NOW)
    reply(ticket, "Hi Nora, I am sorry. I look into it today.", cast.ana)
    answer(ticket, "Thank you, I am waiting.")
    told = desk(cast.ana).get_json(f"tickets/{ticket.pk}/timeline/")
    kinds = [(entry["kind"], entry.get("words") or entry["by"]["name"]) for entry in told["results"]]
    assert kinds == [
        ("message", "Nora Whitcombe"),
        ("event", "Ana Lima took it"),
        ("message", "Ana Lima"),
        ("message", "Nora Whitcombe"),
    ]
    assert told["results"][2]["deliveries"][0]["recipient"] == cast.nora
    assert told["next"] is None


def test_it_says_what_calls_for_somebody_special_with_the_words_that_say_so(cast: Cast) -> None:
    ticket = complaint(
        cast, text="My mother is 81 and walks with a frame. I want to speak to your manager. Your manager, please."
    )
    [message] = desk(cast.ana).get_json(f"tickets/{ticket.pk}/timeline/")["results"]
    assert [(one["kind"], one["label"]) for one in message["signals"]] == [
        ("vulnerable", "speaks of somebody who needs more care"),
        ("manager", "asks for somebody in charge"),
    ]
    assert all(one["text"] and one["text"] in message["text"] for one in message["signals"])


def test_it_says_what_was_heard_and_what_is_still_unanswered(cast: Cast) -> None:
    ticket = complaint(cast)
    first = ticket.messages.get()
    said = reply(ticket, "Your tent left our warehouse this morning.", cast.ana)
    again = answer(ticket, "Where is my tent? And who pays the postage back?")
    heard = desk(cast.ana).get_json(f"tickets/{ticket.pk}/")["heard"]
    assert [(one["text"], one["message"], one["answered_by"]) for one in heard["questions"]] == [
        ("Where is my tent?", again.pk, None),
        ("And who pays the postage back?", again.pk, None),
    ]
    [wish] = heard["wishes"]
    assert (wish["text"], wish["answered_by"]) == ("I want my money back.", None)
    assert first.text[wish["start"] : wish["end"]] == wish["text"]
    assert ("date", "2 May", first.pk) in [(one["kind"], one["text"], one["message"]) for one in heard["facts"]]
    assert [one["message"] for one in heard["tried"]] == [first.pk]
    assert said.pk not in {one["message"] for part in heard.values() for one in part}


def test_it_pages_a_long_life_from_its_end(cast: Cast) -> None:
    ticket = complaint(cast)
    for count in range(130):
        answer(ticket, f"And another thing, number {count}.")
    client = desk(cast.ana)
    last = client.get_json(f"tickets/{ticket.pk}/timeline/")
    first = client.get_json(f"tickets/{ticket.pk}/timeline/", before=last["next"])
    versions = [entry["version"] for entry in first["results"] + last["results"]]
    assert len(last["results"]) == 100 and first["next"] is None
    assert versions == list(range(1, 132))
    assert client.get(f"/api/tickets/{ticket.pk}/timeline/", {"before": "x"}).status_code == 400


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get_json(path)
    return len(captured)


def test_it_asks_the_database_as_often_for_many_as_for_one(cast: Cast) -> None:
    client, ticket = desk(cast.ana), complaint(cast)
    paths = ["tickets/", "counts/", "agents/", f"tickets/{ticket.pk}/", f"tickets/{ticket.pk}/timeline/"]
    few = {path: queries(client, path) for path in paths}
    for count in range(20):
        answer(ticket, f"Once more, {count}")
        take(complaint(cast, email=f"c{count}@example.com"), by=cast.ana, now=NOW)
    assert {path: queries(client, path) for path in paths} == few
    most = dict(zip(paths, [7, 19, 5, 17, 9], strict=True))  # one more costs each reader half a millisecond and more
    assert {path: count for path, count in few.items() if count > most[path]} == {}
