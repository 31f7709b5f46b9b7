"""Search finds what was said, on either database, whatever is typed."""

import pytest

from tests.cast import NOW, Cast, answer, complaint, reply
from tickets import search
from tickets.actions.noting import leave_note
from tickets.actions.triage import rename
from tickets.events import Actor
from tickets.models import Ticket


@pytest.fixture(autouse=True, params=[0, search.FEW], ids=["many", "few"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a word counts as one that many tickets hold, which the database is asked for in another way."""
    monkeypatch.setattr(search, "FEW", request.param)


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    found = complaint(
        cast,
        subject="The brand-new Harrow 3.1",
        text="It tore. See https://forum.example/threads/harrow-pole?page=2, order FX-4711_b. Grüße aus Zürich, ça va",
    )
    complaint(cast, email="jo@elsewhere.org", name="Jo Bell", subject="Boots", text="They leak.")
    return found


def numbers(query: str) -> list[int]:
    return list(search.matching(Ticket.objects.all(), query).order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize(
    "query",
    [
        "nora.whitcombe@example.com",
        "whitcombe",
        "WHITCOMBE nora",
        "brand-new",
        "brand",
        "harr",
        "3.1",
        "FX-4711_b",
        "4711",
        "forum.example/threads/harrow-pole",
        "harrow-pole?page=2",
        "threads pole",
        "Grüße",
        "Zürich",
        "zurich",
        "CA va",
        'It "tore"',
    ],
)
def test_it_finds_a_ticket_by_any_of_its_words(ticket: Ticket, query: str) -> None:
    assert numbers(query) == [ticket.pk]


@pytest.mark.parametrize("query", ["", " ", '"', "-", "' & |", "()*:", "\0", "!!!", "\\"])
def test_what_holds_no_word_finds_nothing(ticket: Ticket, query: str) -> None:
    assert numbers(query) == []


@pytest.mark.parametrize(
    "query",
    ["-tore", "tore OR x", "tore:*", "'; DROP TABLE tickets_search; --", "NEAR(tore, x)", "body:tore", "a" * 5000],
)
def test_what_looks_like_a_query_language_is_only_words(ticket: Ticket, query: str) -> None:
    assert numbers(query) in ([], [ticket.pk])
    assert search.entries() >= 2


def test_every_word_must_be_there(ticket: Ticket) -> None:
    assert numbers("tore leak") == []


def test_digits_alone_also_name_a_ticket(ticket: Ticket) -> None:
    assert ticket.pk in numbers(str(ticket.pk))


def test_what_is_said_later_is_found_at_once(ticket: Ticket, cast: Cast) -> None:
    answer(ticket, "The stevedore says no.", now=NOW)
    reply(ticket, "Our zeppelin brings it.", cast.ana)
    leave_note(ticket, "A marzipan affair.", by=cast.ana, now=NOW)
    rename(ticket, "The rhubarb tent", by=Actor.agent(cast.ana), now=NOW)
    for word in ("stevedore", "zeppelin", "marzipan", "rhubarb"):
        assert numbers(word) == [ticket.pk]
