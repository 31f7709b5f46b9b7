"""Promises: made with a reply, kept, missed or taken back; shown to us, to the floor and to the customer."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from escalation import promises
from escalation.models import Promise
from tests.cast import NOW, Cast, answer, complaint, desk, participant
from tickets import due_work, tokens
from tickets.actions.promising import Promised
from tickets.actions.replying import Reply, release_reply, send_reply, undo_reply
from tickets.contributions import contributions
from tickets.errors import Invalid, TooLate
from tickets.events import Actor
from tickets.lists import in_view
from tickets.models import Draft, PendingReply, Ticket, TicketEvent
from tickets.tokens import Purpose

pytestmark = pytest.mark.usefixtures("frozen")
HOUR = timedelta(hours=1)
TODAY = NOW + 7 * HOUR
FRIDAY = NOW + timedelta(days=4)


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return complaint(cast)


def send(ticket: Ticket, cast: Cast, *said: Promised, key: str = "k1") -> PendingReply:
    ticket.refresh_from_db()
    reply = Reply("I will call you.", ticket.version, key, promises=said)
    return send_reply(ticket, reply, by=cast.ana, now=NOW)


def promise(ticket: Ticket, cast: Cast, what: str = "A call", due_at: datetime = TODAY) -> Promise:
    release_reply(send(ticket, cast, Promised(what, due_at), key=what).pk, now=NOW)
    return Promise.objects.get(what=what)


def last(ticket: Ticket) -> TicketEvent:
    return TicketEvent.objects.filter(ticket=ticket).latest("version")


def holds(view: str, ticket: Ticket, cast: Cast, now: datetime) -> bool:
    return bool(in_view(Ticket.objects.filter(pk=ticket.pk), view, cast.ana, now).exists())


def page(ticket: Ticket) -> str:
    said = Client().get(f"/t/{tokens.make(participant(ticket), Purpose.PAGE)}/").content.decode()
    return " ".join(said.split())


def test_it_is_made_when_the_reply_leaves_and_not_before(ticket: Ticket, cast: Cast) -> None:
    pending = send(ticket, cast, Promised("A call", TODAY), Promised("A call", TODAY))
    assert not Promise.objects.exists()
    message = release_reply(pending.pk, now=NOW + timedelta(seconds=10))
    [made] = Promise.objects.all()
    assert (made.what, made.deadline, made.due_at, made.made_at) == ("A call", TODAY, TODAY, NOW)
    assert (made.name, made.agent, made.message, made.state) == ("Ana Lima", cast.ana, message, "open")
    release_reply(pending.pk, now=NOW + HOUR)
    assert Promise.objects.count() == 1


def test_undone_it_goes_back_into_the_draft_with_the_reply(ticket: Ticket, cast: Cast) -> None:
    pending = send(ticket, cast, Promised("A call", TODAY))
    undo_reply(pending, by=cast.ana, now=NOW)
    assert Draft.objects.get().promises == [{"what": "A call", "words": "", "due_at": "2026-05-11T17:00:00Z"}]
    release_reply(pending.pk, now=NOW + HOUR)
    assert not Promise.objects.exists()


def test_a_customer_who_speaks_in_between_sends_it_back_to_the_draft(ticket: Ticket, cast: Cast) -> None:
    send(ticket, cast, Promised("A call", TODAY))
    answer(ticket, "Forget it.")
    assert [one["what"] for one in Draft.objects.get().promises] == ["A call"]
    assert not Promise.objects.exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Promised(" ", TODAY), "Say what is promised"),
        (Promised("A call", NOW), "still to come"),
        (Promised("A call", datetime(9000, 1, 1, tzinfo=NOW.tzinfo)), "not too far away"),
        (Promised("x" * 201, TODAY), "200 characters"),
    ],
)
def test_a_promise_that_says_nothing_or_comes_too_late_is_refused(
    ticket: Ticket, cast: Cast, said: Promised, why: str
) -> None:
    with pytest.raises(Invalid, match=why):
        send(ticket, cast, said)
    assert not PendingReply.objects.exists()


def test_kept_in_time_it_says_so_once(ticket: Ticket, cast: Cast) -> None:
    made = promise(ticket, cast)
    promises.keep_promise(made, by=Actor.agent(cast.ana), now=NOW + HOUR, reason="She was glad")
    made.refresh_from_db()
    assert (made.state, made.ended_at, made.missed_at, made.due_at) == ("kept", NOW + HOUR, None, None)
    assert (last(ticket).kind, last(ticket).data["is_late"]) == ("promise_kept", False)
    with pytest.raises(TooLate, match="kept before"):
        promises.keep_promise(made, by=Actor.agent(cast.ana), now=NOW + HOUR)
    assert due_work.do("promises", TODAY + HOUR) == 0


def test_it_is_missed_once_when_its_time_passes_and_weighs_on_the_ticket(ticket: Ticket, cast: Cast) -> None:
    made = promise(ticket, cast)
    assert due_work.do("promises", TODAY - timedelta(seconds=1)) == 0
    assert (due_work.do("promises", TODAY + HOUR), due_work.do("promises", TODAY + HOUR)) == (1, 0)
    made.refresh_from_db()
    assert (made.state, made.missed_at, made.due_at) == ("missed", TODAY, None)
    assert (last(ticket).kind, last(ticket).by_kind) == ("promise_missed", "clock")
    ticket.refresh_from_db()
    assert "promised “A call” by Monday 11 May, 17:00, and broke it" in ticket.reasons


def test_several_missed_at_once_are_one_fact(ticket: Ticket, cast: Cast) -> None:
    release_reply(send(ticket, cast, Promised("A call", TODAY), Promised("A letter", TODAY)).pk, now=NOW)
    due_work.do("promises", TODAY)
    assert [one["what"] for one in last(ticket).data["promises"]] == ["A call", "A letter"]
    ticket.refresh_from_db()
    assert "broke 2 promises, the first: “A call” by Monday 11 May, 17:00" in ticket.reasons


def test_kept_late_it_weighs_no_more_but_stays_late(ticket: Ticket, cast: Cast) -> None:
    made = promise(ticket, cast)
    due_work.do("promises", TODAY)
    promises.keep_promise(made, by=Actor.agent(cast.ana), now=TODAY + HOUR)
    made.refresh_from_db()
    assert (made.state, made.missed_at, made.ended_at) == ("kept", TODAY, TODAY + HOUR)
    ticket.refresh_from_db()
    assert not [reason for reason in ticket.reasons if "promise" in reason]


def test_kept_after_its_time_though_nobody_noticed_yet_it_was_late_all_the_same(ticket: Ticket, cast: Cast) -> None:
    made = promise(ticket, cast)
    promises.keep_promise(made, by=Actor.agent(cast.ana), now=TODAY + HOUR)
    made.refresh_from_db()
    assert (made.state, made.missed_at, last(ticket).data["is_late"]) == ("kept", TODAY, True)


def test_taken_back_it_needs_a_reason(ticket: Ticket, cast: Cast) -> None:
    made = promise(ticket, cast)
    with pytest.raises(Invalid):
        promises.withdraw_promise(made, " ", by=Actor.agent(cast.ana), now=NOW)
    promises.withdraw_promise(made, "You asked us to write instead.", by=Actor.agent(cast.ana), now=NOW)
    made.refresh_from_db()
    assert (made.state, made.reason) == ("withdrawn", "You asked us to write instead.")
    assert last(ticket).kind == "promise_withdrawn"


def test_no_row_can_say_what_cannot_be(ticket: Ticket, cast: Cast) -> None:
    made = promise(ticket, cast)
    wrong: list[dict[str, Any]] = [
        {"state": "missed"},
        {"state": "kept", "due_at": None},
        {"missed_at": NOW},
        {"state": "withdrawn", "ended_at": NOW, "due_at": None},
        {"what": ""},
        {"state": "missed", "missed_at": NOW, "due_at": None},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Promise.objects.filter(pk=made.pk).update(**values)


def test_the_views_hold_what_is_due_today_and_what_is_broken(ticket: Ticket, cast: Cast) -> None:
    made = promise(ticket, cast, due_at=FRIDAY)
    assert not holds("promises_due", ticket, cast, NOW)
    assert holds("promises_due", ticket, cast, FRIDAY - HOUR)
    assert not holds("promises_broken", ticket, cast, FRIDAY + HOUR)
    due_work.do("promises", FRIDAY)
    assert holds("promises_due", ticket, cast, FRIDAY) and holds("promises_broken", ticket, cast, FRIDAY)
    promises.keep_promise(made, by=Actor.agent(cast.ana), now=FRIDAY)
    assert not holds("promises_due", ticket, cast, FRIDAY) and not holds("promises_broken", ticket, cast, FRIDAY)


def test_the_floor_counts_them_by_the_same_rule(ticket: Ticket, cast: Cast) -> None:
    promise(ticket, cast, due_at=NOW + timedelta(minutes=1))
    promise(ticket, cast, "A letter", TODAY)

    def shown() -> dict[str, tuple[int, str]]:
        tiles = desk(cast.lee).get_json("floor/")["tiles"]
        return {tile["key"]: (tile["value"], tile["level"]) for tile in tiles if tile["key"].startswith("promises")}

    assert shown() == {"promises_due": (1, "strained"), "promises_broken": (0, "calm")}
    due_work.do("promises", NOW + timedelta(minutes=1))
    assert shown() == {"promises_due": (1, "strained"), "promises_broken": (1, "broken")}


def test_the_reply_check_learns_what_is_owed_first(ticket: Ticket, cast: Cast) -> None:
    assert contributions.merged(contributions.reply_context, ticket, NOW) == {}
    promise(ticket, cast, "A letter", FRIDAY)
    promise(ticket, cast)
    known = contributions.merged(contributions.reply_context, ticket, NOW)
    assert known == {"open_promise": {"what": "A call", "due": "2026-05-11"}}


def test_many_missed_cost_hardly_more_queries_than_one(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        promise(complaint(cast, email=f"n{number}@example.com"), cast, f"Call {number}")
    with django_assert_max_num_queries(20):
        assert due_work.do("promises", TODAY) == 6


def test_it_travels_with_the_reply_and_its_draft_through_the_api(ticket: Ticket, cast: Cast) -> None:
    client, said = desk(cast.ana), [{"what": "A call", "due_at": "2026-05-11T17:00:00Z", "words": "by five"}]
    client.ask("PUT", f"tickets/{ticket.pk}/draft/", {"text": "I will call.", "promises": said})
    shown = client.get_json(f"tickets/{ticket.pk}/")
    assert (shown["draft"]["promises"], shown["promises"]) == (said, [])
    body = {"text": "I will call.", "seen_version": shown["version"], "promises": said}
    sent = client.ask("POST", f"tickets/{ticket.pk}/replies/", body, Idempotency_Key="k1").json()
    client.ask("POST", f"tickets/{ticket.pk}/replies/{sent['id']}/release/")
    [made] = client.get_json(f"tickets/{ticket.pk}/")["promises"]
    assert (made["what"], made["due_at"], made["by"], made["state"]) == (
        "A call",
        "2026-05-11T17:00:00Z",
        "Ana Lima",
        "open",
    )


def test_its_end_is_told_through_the_api_and_a_stranger_learns_nothing(ticket: Ticket, cast: Cast) -> None:
    first, second = promise(ticket, cast), promise(ticket, cast, "A letter")
    theirs = f"tickets/{ticket.pk}/promises"
    assert desk(cast.moira).ask("POST", f"{theirs}/{first.pk}/", {"to": "kept"}).status_code == 404
    client = desk(cast.ana)
    kept = client.ask("POST", f"{theirs}/{first.pk}/", {"to": "kept"}).json()
    assert [(one["what"], one["state"]) for one in kept["promises"]] == [("A call", "kept"), ("A letter", "open")]
    assert client.ask("POST", f"{theirs}/{first.pk}/", {"to": "kept"}).status_code == 409
    refused = client.ask("POST", f"{theirs}/{second.pk}/", {"to": "withdrawn"})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["reason"])
    assert client.ask("POST", f"{theirs}/999/", {"to": "kept"}).status_code == 404
    other = complaint(cast, email="other@example.com")
    assert client.ask("POST", f"tickets/{other.pk}/promises/{second.pk}/", {"to": "kept"}).status_code == 404


def test_the_customer_reads_what_we_promised_and_what_became_of_it(ticket: Ticket, cast: Cast) -> None:
    assert "What we promised" not in page(ticket)
    call, letter, parcel = (promise(ticket, cast, what) for what in ("a call", "A <letter>", "A parcel"))
    assert "A call by <time" in page(ticket) and "Monday 11 May, 17:00" in page(ticket)
    assert "Ana Lima looks after it." in page(ticket)
    promises.keep_promise(call, by=Actor.agent(cast.ana), now=NOW, reason="We spoke at ten")
    promises.withdraw_promise(parcel, "You chose the refund.", by=Actor.agent(cast.ana), now=NOW)
    due_work.do("promises", TODAY)
    said = page(ticket)
    assert "<em>Kept</em>" in said and "We spoke at ten" in said
    assert "A &lt;letter&gt;" in said and "<em>Not kept in time.</em>" in said
    assert "<em>Taken back:</em> You chose the refund." in said
    promises.keep_promise(letter, by=Actor.agent(cast.ana), now=TODAY + HOUR)
    assert "<em>Kept late</em>" in page(ticket)
