"""The library of guided replies: read by everybody, changed by administrators, ranked by what came of each."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast, answer, complaint, desk, participant, reply
from tickets.actions.rating import rate
from tickets.actions.settling import say_settled
from tickets.api.presenting.template_figures import lower_bound
from tickets.models import Template

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def late() -> Template:
    return Template.objects.get(key="late-delivery", locale="en", team=None)


def path(more: str = "") -> str:
    return f"template-library/{late().pk}/{more}"


def edited(**changes: Any) -> dict[str, Any]:
    return {**late().content, "seen_version": late().version, **changes}


def test_it_shows_every_template_with_its_figures_to_an_agent(cast: Cast) -> None:
    shown = desk(cast.ana).get_json("template-library/")
    assert len(shown["results"]) == Template.objects.count()
    assert {"en", "de"} == set(shown["locales"])
    [one] = [one for one in shown["results"] if one["id"] == late().pk]
    counts = dict.fromkeys(("used", "well", "badly", "rated"), 0)
    assert one["figures"] == {**counts, "changed": None, "rating": None, "at_least": None}


def test_it_asks_as_much_for_many_as_for_few(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as all_of_them:
        desk(cast.ana).get_json("template-library/")
    Template.objects.exclude(key="late-delivery").delete()
    with CaptureQueriesContext(connection) as few:
        desk(cast.ana).get_json("template-library/")
    assert len(few) == len(all_of_them)


def test_it_ranks_by_what_came_of_each_and_is_honest_about_few(cast: Cast) -> None:
    for day, (key, words) in enumerate(
        [("late-delivery", "Thank you."), ("wrong-item", "Thanks."), ("late-delivery", "Thank you very much.")]
    ):
        ticket = complaint(cast, now=NOW + timedelta(days=day))
        body = Template.objects.get(key=key, locale="en").variants[0]
        sent = NOW + timedelta(days=day, hours=1)
        reply(ticket, body, cast.ana, template=f"{key}:0", now=sent, overrides={"ack.placeholder": "A text alone."})
        answer(ticket, words, now=NOW + timedelta(days=day, hours=2))
        say_settled(participant(ticket), now=NOW + timedelta(days=day, hours=3))
    solving = [one for one in desk(cast.ana).get_json("template-library/")["results"] if one["stage"] == "solve"]
    assert [one["key"] for one in solving[:2]] == ["late-delivery", "wrong-item"]
    figures = solving[0]["figures"]
    assert (figures["used"], figures["well"], figures["badly"]) == (2, 2, 0)
    assert figures["at_least"] == pytest.approx(lower_bound(2, 2))


def used(cast: Cast, key: str, day: int, score: int) -> None:
    """A reply of this template, which Nora calls settled a day later, and rates."""
    now = NOW + timedelta(days=day)
    ticket = complaint(cast, now=now)
    body = Template.objects.get(key=key, locale="en").variants[0]
    reply(ticket, body, cast.ana, template=f"{key}:0", now=now, overrides={"ack.placeholder": "A text alone."})
    say_settled(participant(ticket), now=now + timedelta(hours=3))
    rate(participant(ticket), score, "", now=now + timedelta(hours=4))


def solving(cast: Cast) -> list[dict[str, Any]]:
    return [one for one in desk(cast.ana).get_json("template-library/")["results"] if one["stage"] == "solve"]


def test_it_shows_how_customers_rate_what_came_of_it_and_of_how_many_that_is_the_mean(cast: Cast) -> None:
    for day, score in enumerate([5, 4, 2]):
        used(cast, "late-delivery", day, score)
    figures = solving(cast)[0]["figures"]
    assert (figures["rated"], figures["rating"]) == (3, pytest.approx(11 / 3))
    assert (figures["well"], figures["badly"]) == (2, 1)


def test_of_two_that_ended_as_well_the_better_rated_goes_first(cast: Cast) -> None:
    used(cast, "damaged-item", 0, 3)
    used(cast, "wrong-item", 1, 5)
    assert [one["key"] for one in solving(cast)[:2]] == ["wrong-item", "damaged-item"]


def test_a_single_best_rating_lifts_no_template_above_one_that_was_rated_well_often(cast: Cast) -> None:
    for day in range(4):
        used(cast, "wrong-item", day, 4)
    used(cast, "late-delivery", 5, 5)
    assert [one["key"] for one in solving(cast)[:2]] == ["wrong-item", "late-delivery"]


@pytest.mark.parametrize(
    ("well", "tried", "at_least"), [(0, 1, 0.0), (1, 1, 0.207), (9, 10, 0.596), (90, 100, 0.826), (0, 50, 0.0)]
)
def test_few_uses_promise_little(well: int, tried: int, at_least: float) -> None:
    assert lower_bound(well, tried) == pytest.approx(at_least, abs=0.001)


def test_an_administrator_edits_and_sees_who_did_what(cast: Cast) -> None:
    done = desk(cast.sam).ask("PUT", path(), edited(title="Late"))
    assert done.status_code == 200, done.content
    assert done.json()["content"]["title"] == "Late"
    assert [(one["number"], one["origin"], one["by"]) for one in done.json()["versions"]] == [
        (2, "edited", "Sam Holt"),
        (1, "shipped", "Kintsugi"),
    ]


def test_it_refuses_with_the_line_and_keeps_what_was_in_force(cast: Cast) -> None:
    bad = ["Hi {name},\n\n{vow}", *late().variants[1:]]
    refused = desk(cast.sam).ask("PUT", path(), edited(variants=bad))
    assert refused.status_code == 400
    assert refused.json()["fields"]["variants.0"].startswith("Line 3: there is no slot called 'vow'.")
    assert late().version == 1


def test_it_refuses_whoever_has_not_seen_the_newest(cast: Cast) -> None:
    desk(cast.sam).ask("PUT", path(), edited(title="Late"))
    assert desk(cast.sam).ask("PUT", path(), edited(seen_version=1)).status_code == 409


def test_it_restores_and_shows_a_former_text(cast: Cast) -> None:
    title = late().title
    desk(cast.sam).ask("PUT", path(), edited(title="Late"))
    assert desk(cast.ana).get_json(path("versions/1/"))["content"]["title"] == title
    restored = desk(cast.sam).ask("POST", path("restoration/"), {"version": 1, "seen_version": 2})
    assert restored.status_code == 200 and restored.json()["title"] == title
    assert desk(cast.ana).get(f"/api/{path('versions/9/')}").status_code == 404


def test_it_switches_one_off_for_agents(cast: Cast) -> None:
    assert desk(cast.sam).ask("PUT", path("activity/"), {"is_active": False}).json()["is_active"] is False
    offered = desk(cast.ana).get_json("templates/", ticket=complaint(cast).pk)["results"]
    assert "late-delivery" not in {one["key"] for one in offered}


def test_a_team_adds_its_own_which_goes_before_the_houses(cast: Cast) -> None:
    new = {**late().content, "key": "late-delivery", "locale": "en", "team": cast.deliveries.pk, "title": "Ours"}
    assert desk(cast.sam).ask("POST", "template-library/", new).status_code == 201
    again = desk(cast.sam).ask("POST", "template-library/", new)
    assert again.status_code == 400 and "already" in again.json()["fields"]["key"]
    theirs = desk(cast.ana).get_json("templates/", ticket=complaint(cast).pk)["results"]
    assert [one["title"] for one in theirs if one["key"] == "late-delivery"] == ["Ours"]
    others = desk(cast.moira).get_json("templates/", ticket=complaint(cast, team=cast.returns).pk)["results"]
    assert [one["title"] for one in others if one["key"] == "late-delivery"] == [late().title]


def test_it_shows_a_text_filled_and_what_is_wrong_with_it_before_it_is_saved(cast: Cast) -> None:
    tried = {**late().content, "key": "late-delivery", "locale": "en", "variants": [late().variants[0], "", "{vow}"]}
    shown = desk(cast.ana).ask("POST", "template-library/preview/", tried).json()
    assert shown["variants"][0]["text"].startswith("Hi Ana,")
    assert {one["field"] for one in shown["problems"]} == {"variants.1", "variants.2"}


@pytest.mark.parametrize(
    ("method", "more", "data"),
    [
        ("PUT", "", {}),
        ("POST", "restoration/", {"version": 1, "seen_version": 1}),
        ("PUT", "activity/", {"is_active": False}),
    ],
)
def test_nobody_but_an_administrator_changes_anything(cast: Cast, method: str, more: str, data: dict[str, Any]) -> None:
    for person in (cast.ana, cast.lee):
        assert desk(person).ask(method, path(more), data or edited(title="Mine")).status_code == 403
    assert (late().is_active, late().version) == (True, 1)


def test_a_stranger_learns_nothing(cast: Cast) -> None:
    assert Client().get("/api/template-library/").status_code in {401, 403}
