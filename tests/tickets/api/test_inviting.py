"""Inviting people, forgotten passwords, and the settings."""

import re

import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast, Desk, desk
from tickets.models import Agent, ApiToken, OutgoingMail, Team

pytestmark = pytest.mark.django_db
NEW = "a new and long pass phrase"
JO = {"name": "Jo Bell", "email": "Jo@Kintsugi.example", "role": "agent"}


def link_in_last_mail() -> str:
    found = re.search(r"https?://[^/]+(/account/password/\S+)", OutgoingMail.objects.latest("pk").text)
    assert found
    return found[1]


def choose(path: str, password: str = NEW):
    browser = Client()
    page = browser.get(path, follow=True)
    assert page.status_code == 200
    return browser.post(page.redirect_chain[-1][0], {"new_password1": password, "new_password2": password})


def test_it_invites_somebody_who_chooses_a_password_and_signs_in(cast: Cast) -> None:
    invited = desk(cast.sam).ask("POST", "agents/", {**JO, "teams": [cast.returns.pk]})
    assert invited.status_code == 201
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.subject) == ("jo@kintsugi.example", "Sam Holt invites you to the desk")
    assert choose(link_in_last_mail()).url == "/account/done/"
    signed_in = Desk().ask("POST", "session/", {"email": "jo@kintsugi.example", "password": NEW})
    assert signed_in.json()["agent"]["teams"][0]["name"] == "Returns"


def test_it_opens_a_link_once(cast: Cast) -> None:
    desk(cast.sam).ask("POST", "agents/", JO)
    path = link_in_last_mail()
    choose(path)
    assert "does not open any more" in Client().get(path, follow=True).content.decode()


@pytest.mark.parametrize("who", ["ana", "lee"])
def test_it_lets_only_administrators_invite(cast: Cast, who: str) -> None:
    assert desk(getattr(cast, who)).ask("POST", "agents/", JO).status_code == 404
    assert Agent.objects.count() == 4


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"email": "ana@kintsugi.example"}, "email"),
        ({"email": "jo"}, "email"),
        ({"teams": [999]}, "teams"),
        ({"role": "king"}, "role"),
    ],
)
def test_it_names_what_is_wrong_with_an_invitation(cast: Cast, said: dict, field: str) -> None:
    refused = desk(cast.sam).ask("POST", "agents/", {**JO, **said})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, [field])


def test_it_mails_a_link_for_a_forgotten_password_and_says_the_same_to_strangers(cast: Cast) -> None:
    known = Client().post("/account/reset/", {"email": "ANA@kintsugi.example"})
    unknown = Client().post("/account/reset/", {"email": cast.stranger})
    assert known.url == unknown.url == "/account/reset/sent/"
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [cast.ana.email]
    assert choose(link_in_last_mail()).url == "/account/done/"
    assert Desk().ask("POST", "session/", {"email": cast.ana.email, "password": NEW}).status_code == 200


def test_it_keeps_a_weak_password_out_and_says_why(cast: Cast) -> None:
    Client().post("/account/reset/", {"email": cast.ana.email})
    refused = choose(link_in_last_mail(), "short")
    assert refused.status_code == 200
    assert "at least 10 characters" in refused.content.decode()


def test_it_stops_a_flood_of_links_to_one_address(cast: Cast) -> None:
    answers = [Client().post("/account/reset/", {"email": cast.ana.email}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
    assert OutgoingMail.objects.count() == 3


@pytest.mark.parametrize("path", ["/account/reset/", "/account/reset/sent/", "/account/done/", "/desk/", "/api/docs/"])
def test_it_shows_pages_that_run_nothing_inline(cast: Cast, path: str) -> None:
    page = Client().get(path)
    text = page.content.decode()
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", text)


class TestTheSettings:
    PAGES = ["", "tickets/agent/", "tickets/agent/add/", "tickets/team/", "tickets/team/add/", "tickets/mailbox/"]
    MORE = ["tickets/apitoken/", "tickets/apitoken/add/"]

    @pytest.mark.parametrize("page", PAGES + MORE)
    def test_it_opens_to_administrators_alone(self, cast: Cast, page: str) -> None:
        assert desk(cast.sam).get(f"/admin/{page}").status_code == 200
        for other in (cast.ana, cast.lee):
            assert desk(other).get(f"/admin/{page}").status_code == 302

    def test_it_counts_tries_at_its_own_door(self, cast: Cast) -> None:
        for _ in range(8):
            Client().post("/admin/login/", {"username": cast.sam.email, "password": "wrong"})
        page = Client().post("/admin/login/", {"username": cast.sam.email, "password": PASSWORD})
        assert page.status_code == 200 and "tried too often" in page.content.decode()

    def test_it_lets_an_administrator_in_and_no_agent(self, cast: Cast) -> None:
        said = {"password": PASSWORD, "next": "/admin/"}
        assert Client().post("/admin/login/", {"username": cast.sam.email, **said}).url == "/admin/"
        assert Client().post("/admin/login/", {"username": cast.ana.email, **said}).status_code == 200

    def test_it_invites_from_the_settings(self, cast: Cast) -> None:
        form = {
            "name": "Jo Bell",
            "email": "JO@kintsugi.example",
            "role": "agent",
            "is_active": "on",
            "teams": [cast.returns.pk],
        }
        assert browser(cast).post("/admin/tickets/agent/add/", form).status_code == 302
        jo = Agent.objects.get(email="jo@kintsugi.example")
        assert list(jo.teams.all()) == [cast.returns] and not jo.has_usable_password()
        assert OutgoingMail.objects.get().recipient == jo.email

    def test_it_makes_a_token_and_shows_it_once(self, cast: Cast) -> None:
        page = browser(cast).post("/admin/tickets/apitoken/add/", {"name": "till", "agent": cast.ana.pk}, follow=True)
        said = re.search(r"kintsugi_[\w-]{43}", page.content.decode())
        assert said
        assert ApiToken.objects.get().agent == cast.ana
        assert Client().get("/api/me/", headers={"Authorization": f"Bearer {said[0]}"}).status_code == 200

    def test_it_moves_people_between_teams(self, cast: Cast) -> None:
        form = {"name": "Deliveries", "slug": "deliveries", "members": [cast.moira.pk], "reopen_days": 14}
        assert browser(cast).post(f"/admin/tickets/team/{cast.deliveries.pk}/change/", form).status_code == 302
        assert list(Team.objects.get(pk=cast.deliveries.pk).members.all()) == [cast.moira]


def browser(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.sam)
    return client
