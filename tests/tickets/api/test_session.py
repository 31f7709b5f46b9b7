"""Signing in, and oneself."""

import json

import pytest
from django.test import Client

from tests.cast import NOW, PASSWORD, Cast, Desk, agent, desk

pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str, password: str) -> tuple[int, dict]:
    answered = client.post("/api/session/", json.dumps({"email": email, "password": password}), "application/json")
    return answered.status_code, answered.json()


def test_it_says_who_is_signed_in_and_gives_a_csrf_token(cast: Cast) -> None:
    said = Desk().get_json("session/")
    assert said["agent"] is None and said["csrf"]
    assert desk(cast.ana).get_json("session/")["agent"]["name"] == "Ana Lima"


def test_it_signs_in_and_out(cast: Cast) -> None:
    client = Desk()
    status, said = sign_in(client, "Ana@Kintsugi.example ", PASSWORD)
    assert (status, said["agent"]["email"]) == (200, "ana@kintsugi.example")
    assert client.get_json("me/")["teams"] == [{"id": cast.deliveries.pk, "name": "Deliveries", "slug": "deliveries"}]
    assert client.delete("/api/session/").status_code == 204
    assert client.get("/api/me/").status_code == 401


@pytest.mark.parametrize("email", ["ana@kintsugi.example", "nobody@kintsugi.example", "gone@kintsugi.example"])
def test_it_says_the_same_of_a_wrong_password_an_unknown_and_a_closed_account(cast: Cast, email: str) -> None:
    agent("Gone Person", is_active=False)
    password = PASSWORD if email.startswith("gone") else "not the password"
    status, said = sign_in(Desk(), email, password)
    assert status == 400
    assert said["fields"] == {
        "password": "The email address and the password do not belong together, or the account is closed."
    }


@pytest.mark.sqlite_only  # Redis keeps its own time, which no test can freeze
def test_it_holds_guessing_by_address_even_with_the_right_password(cast: Cast, frozen) -> None:
    for _ in range(8):
        assert sign_in(Desk(), cast.ana.email, "wrong")[0] == 400
    answered = Desk().ask("POST", "session/", {"email": cast.ana.email, "password": PASSWORD})
    assert answered.status_code == 429
    assert answered.json()["detail"] == "That was tried too often. Nothing was lost: please try again in 15 minutes."
    assert answered["Retry-After"] == "900"
    assert sign_in(Desk(), cast.moira.email, PASSWORD)[0] == 200
    frozen.shift(901)
    assert sign_in(Desk(), cast.ana.email, PASSWORD)[0] == 200


def test_it_holds_guessing_of_many_addresses_from_one_place(cast: Cast, frozen) -> None:
    for count in range(60):
        sign_in(Desk(), f"person{count}@kintsugi.example", "wrong")
    assert sign_in(Desk(), cast.ana.email, PASSWORD)[0] == 429


def test_it_wants_the_csrf_token_to_sign_in_and_to_change_anything(cast: Cast) -> None:
    client = Desk(enforce_csrf_checks=True)
    assert sign_in(client, cast.ana.email, PASSWORD)[0] == 403
    csrf = client.get_json("session/")["csrf"]
    said = {"email": cast.ana.email, "password": PASSWORD}
    signed_in = client.ask("POST", "session/", said, X_CSRFToken=csrf)
    assert signed_in.status_code == 200
    assert client.ask("PATCH", "me/", {"status": "away"}).status_code == 403
    token = signed_in.json()["csrf"]
    assert client.ask("PATCH", "me/", {"status": "away"}, X_CSRFToken=token).json()["status"] == "away"


def test_it_keeps_preferences_and_refuses_others(cast: Cast) -> None:
    client = desk(cast.ana)
    assert client.ask("PATCH", "me/", {"preferences": {"theme": "dark"}}).json()["preferences"] == {"theme": "dark"}
    client.ask("PATCH", "me/", {"preferences": {"density": "compact"}})
    assert client.get_json("me/")["preferences"] == {"theme": "dark", "density": "compact"}
    refused = client.ask("PATCH", "me/", {"preferences": {"theme": "pink"}})
    assert refused.status_code == 400
    assert list(refused.json()["fields"]) == ["preferences.theme"]


def test_it_opens_rooms_by_role(cast: Cast) -> None:
    assert desk(cast.ana).get_json("me/")["permissions"] == []
    assert desk(cast.lee).get_json("me/")["permissions"] == ["floor", "policies"]
    assert desk(cast.sam).get_json("me/")["permissions"] == ["floor", "policies", "settings"]


def test_it_shows_colleagues_who_can_see_ones_queue(cast: Cast) -> None:
    names = {one["name"] for one in desk(cast.ana).get_json("agents/")["results"]}
    assert names == {"Ana Lima", "Lee Osei", "Sam Holt"}
    assert len(desk(cast.lee).get_json("agents/")["results"]) == 4


def test_it_serves_an_integration_with_a_token_and_nobody_with_another(cast: Cast) -> None:
    from tickets.models import ApiToken

    token, said = ApiToken.objects.make(cast.ana, "till", NOW)
    assert said not in token.digest
    client = Client()
    assert client.get("/api/me/", headers={"Authorization": f"Bearer {said}"}).json()["name"] == "Ana Lima"
    refused = client.get("/api/me/", headers={"Authorization": f"Bearer {said}x"})
    assert (refused.status_code, refused.json()["title"]) == (401, "Please sign in")
    cast.ana.is_active = False
    cast.ana.save()
    assert client.get("/api/me/", headers={"Authorization": f"Bearer {said}"}).status_code == 401
