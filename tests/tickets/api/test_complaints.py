"""The public intake."""

import json
from base64 import b64encode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import ANGRY, Cast, complaint
from tickets.models import Attachment, Message, OutgoingMail, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
SAID = {"name": "Nora Whitcombe", "email": "nora.whitcombe@example.com", "subject": "My tent", "text": ANGRY}


def complain(said: object, **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(enforce_csrf_checks=True).post(
        "/api/complaints/", json.dumps(said), "application/json", headers=named
    )


def test_it_makes_a_ticket_with_an_acknowledgement_and_a_page_that_thanks(cast: Cast) -> None:
    taken = complain({**SAID, "desired_outcome": "My money"})
    assert taken.status_code == 201
    ticket = Ticket.objects.get(pk=taken.json()["ticket"])
    assert (ticket.channel, ticket.team, ticket.desired_outcome) == ("api", cast.deliveries, "My money")
    assert OutgoingMail.objects.get().kind == "acknowledgement"
    path = taken.json()["url"].partition("://")[2].partition("/")[2]
    assert path.startswith("thanks/")
    assert Client().get(f"/{path}").status_code == 200


def test_it_takes_a_form_with_photos_from_another_site(cast: Cast) -> None:
    files = [SimpleUploadedFile(f"{count}.txt", b"photo%d" % count, "text/plain") for count in range(2)]
    client = Client(enforce_csrf_checks=True)
    taken = client.post("/api/complaints/", {**SAID, "files": files}, headers={"Origin": "https://shop.example"})
    assert (taken.status_code, taken["Access-Control-Allow-Origin"]) == (201, "*")
    assert Attachment.objects.filter(ticket=taken.json()["ticket"]).count() == 2


def test_it_takes_files_in_base64(cast: Cast) -> None:
    taken = complain({**SAID, "files": [{"filename": "a.txt", "data": b64encode(b"hello").decode()}]})
    assert taken.status_code == 201
    assert Attachment.objects.get().size == 5


def test_it_answers_the_question_that_a_browser_asks_first(cast: Cast) -> None:
    asked = Client().options("/api/complaints/")
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Headers"] == "Content-Type, Idempotency-Key"
    assert "Access-Control-Allow-Origin" not in Client().options("/api/tickets/")


def test_it_takes_the_same_complaint_once_a_day(cast: Cast, frozen) -> None:
    first = complain(SAID).json()["ticket"]
    frozen.shift(23 * 3600)
    assert complain({**SAID, "email": "Nora.Whitcombe@EXAMPLE.com"}).json()["ticket"] == first
    frozen.shift(2 * 3600)
    assert complain(SAID).json()["ticket"] != first
    assert Message.objects.count() == 2


def test_it_takes_a_retry_with_the_same_key_as_the_same(cast: Cast, frozen) -> None:
    first = complain(SAID, Idempotency_Key="a").json()["ticket"]
    frozen.shift(48 * 3600)
    assert complain(SAID, Idempotency_Key="a").json()["ticket"] == first
    assert complain(SAID, Idempotency_Key="b").json()["ticket"] != first


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 10_000_000}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"text": None}, "text"),
        ({"text": {"a": 1}}, "text"),
        ({"email": "nora"}, "email"),
        ({"email": "a@b\r\nBcc: c@d"}, "email"),
        ({"email": ""}, "email"),
        ({"files": [{"filename": "a.exe", "data": "TVo="}]}, "files.0"),
        ({"files": [{"filename": "a.txt", "data": "???"}]}, "files.0"),
        ({"files": [{"filename": "a.txt", "data": "eA=="}] * 11}, "files"),
        ({"files": "none"}, "files"),
    ],
)
def test_it_names_what_is_wrong_and_keeps_nothing_half(cast: Cast, said: dict, field: str) -> None:
    refused = complain({**SAID, **said})
    assert refused.status_code == 400, refused.content[:300]
    assert list(refused.json()["fields"]) == [field]
    assert "This field" not in refused.json()["detail"]
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"null", b'"x"', b"\xff", b"[" * 100_000, b'{"text": "\\ud800"}', b"1" * 5000]
)
def test_it_answers_what_is_no_complaint_with_a_sentence(cast: Cast, body: bytes) -> None:
    refused = Client().post("/api/complaints/", body, "application/json")
    assert refused.status_code == 400
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["detail"]


def test_it_refuses_what_is_far_too_large_before_reading_it(cast: Cast) -> None:
    refused = Client().post("/api/complaints/", b'{"text": "' + b"x" * (13 * 1024 * 1024) + b'"}', "application/json")
    assert (refused.status_code, refused.json()["title"]) == (413, "This is too large")


def test_it_stops_a_flood_from_one_place_and_to_one_address(cast: Cast) -> None:
    for count in range(6):
        assert complain({**SAID, "text": f"Number {count}"}).status_code == 201
    assert complain({**SAID, "text": "Number 7"}).status_code == 429
    answers = [complain({**SAID, "email": f"c{count}@example.com"}).status_code for count in range(30)]
    assert answers[0] == 201 and answers[-1] == 429


def test_it_shows_the_thanks_page_only_what_was_typed(cast: Cast) -> None:
    complaint(cast, subject="An older secret", text="Something private from before.")
    url = complain(SAID).json()["url"]
    page = Client().get("/" + url.partition("://")[2].partition("/")[2]).content.decode()
    assert "private from before" not in page
