"""The doors to escalations, clocks, policies and the floor, through HTTP."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from escalation.defaults import ensure_policy, ensure_round_the_clock
from escalation.models import Clock, Escalation, Ladder, SlaPolicy
from tickets import due_work
from tickets.models import Agent, Team, TicketEvent

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def desk():
    """A client in which somebody is signed in."""

    def desk(agent: Agent) -> Client:
        client = Client()
        client.force_login(agent)
        return client

    return desk


@pytest.fixture
def stranger(db):
    return Agent.objects.create_user("moira@example.org", "Moira of another team")


def post(client, path, data):
    return client.post(path, data, content_type="application/json")


def test_an_agent_raises_it_with_a_reason_and_again_to_the_next_level(policy, complain, ana, desk):
    ticket = complain(timezone.now())
    for level in (1, 2, 3, 3):
        answer = post(desk(ana), f"/api/tickets/{ticket.pk}/escalations/", {"reason": "She cannot wait"})
        assert answer.status_code == 200
        assert answer.json()["escalation"]["level"] == answer.json()["level"] == level
    assert TicketEvent.objects.filter(ticket=ticket, kind="escalated", by_name="Ana Lima").count() == 4


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_without_a_usable_reason_nothing_is_raised(policy, complain, ana, desk, reason):
    ticket = complain(timezone.now())
    answer = post(desk(ana), f"/api/tickets/{ticket.pk}/escalations/", {"reason": reason})
    assert answer.status_code == 400
    assert "reason" in answer.json()["fields"]
    assert not Escalation.objects.exists()


def test_a_settled_ticket_is_not_raised(policy, complain, reply, ana, desk):
    ticket = complain(timezone.now())
    reply(ticket, timezone.now(), then="resolved")
    answer = post(desk(ana), f"/api/tickets/{ticket.pk}/escalations/", {"reason": "Why"})
    assert (answer.status_code, "Open it again first" in answer.json()["detail"]) == (400, True)


def test_a_supervisor_acknowledges_and_a_second_click_changes_nothing(policy, complain, ana, lee, desk):
    ticket = complain(timezone.now())
    number = post(desk(ana), f"/api/tickets/{ticket.pk}/escalations/", {"reason": "Why"}).json()["escalation"]["id"]
    for _ in range(2):
        answer = post(desk(lee), f"/api/tickets/{ticket.pk}/escalations/{number}/acknowledgement/", {})
        assert answer.json()["escalation"]["acknowledged_by"] == "Lee Park"
    assert TicketEvent.objects.filter(kind="acknowledged").count() == 1


def test_an_agent_who_does_not_have_the_ticket_may_not_acknowledge_or_extend(policy, complain, ana, lee, desk):
    ticket = complain(timezone.now())
    number = post(desk(lee), f"/api/tickets/{ticket.pk}/escalations/", {"reason": "Why"}).json()["escalation"]["id"]
    clock = Clock.objects.first().pk
    later = (timezone.now() + 30 * HOUR).isoformat()
    acknowledged = post(desk(ana), f"/api/tickets/{ticket.pk}/escalations/{number}/acknowledgement/", {})
    said = {"until": later, "reason": "Why"}
    extended = post(desk(ana), f"/api/tickets/{ticket.pk}/clocks/{clock}/extension/", said)
    assert (acknowledged.status_code, extended.status_code) == (403, 403)
    assert "take the ticket first" in extended.json()["detail"]


def test_a_stranger_learns_nothing(policy, complain, stranger, lee, desk):
    ticket = complain(timezone.now())
    clock = Clock.objects.first().pk
    number = post(desk(lee), f"/api/tickets/{ticket.pk}/escalations/", {"reason": "Why"}).json()["escalation"]["id"]
    ways = [
        (f"/api/tickets/{ticket.pk}/escalations/", {"reason": "Why"}),
        (f"/api/tickets/{ticket.pk}/escalations/{number}/acknowledgement/", {}),
        (f"/api/tickets/{ticket.pk}/clocks/{clock}/extension/", {"until": "2030-01-01T00:00:00Z", "reason": "Why"}),
    ]
    assert [post(desk(stranger), path, data).status_code for path, data in ways] == [404, 404, 404]
    assert desk(stranger).get("/api/floor/").status_code == 404
    assert desk(stranger).get("/api/policies/").status_code == 404
    assert Client().get("/api/floor/").status_code == 401


def test_a_supervisor_extends_a_clock_with_a_reason(policy, complain, lee, desk):
    ticket = complain(timezone.now())
    clock = Clock.objects.get(ticket=ticket, kind="first_response")
    until = (clock.deadline + HOUR).replace(microsecond=0)
    answer = post(
        desk(lee),
        f"/api/tickets/{ticket.pk}/clocks/{clock.pk}/extension/",
        {"until": until.isoformat(), "reason": "The maker is closed today"},
    )
    assert answer.status_code == 200
    shown = next(one for one in answer.json()["clocks"] if one["id"] == clock.pk)
    assert shown["due_at"] == until.isoformat().replace("+00:00", "Z")
    assert "The maker is closed today" in shown["explained"]


@pytest.mark.parametrize(
    ("until", "field"),
    [("2001-01-01T00:00:00Z", "until"), ("9999-12-31T23:59:59Z", "until"), ("soon", "until"), (None, "until")],
)
def test_an_extension_to_a_time_that_makes_no_sense_is_refused(policy, complain, lee, desk, until, field):
    ticket = complain(timezone.now())
    clock = Clock.objects.first()
    path = f"/api/tickets/{ticket.pk}/clocks/{clock.pk}/extension/"
    answer = post(desk(lee), path, {"until": until, "reason": "Why"})
    assert answer.status_code == 400
    assert field in answer.json()["fields"]


def test_a_clock_of_another_ticket_is_not_extended_through_this_one(policy, complain, lee, desk):
    ticket, other = complain(timezone.now()), complain(timezone.now())
    clock = Clock.objects.filter(ticket=other).first().pk
    said = {"until": (timezone.now() + 90 * HOUR).isoformat(), "reason": "Why"}
    assert post(desk(lee), f"/api/tickets/{ticket.pk}/clocks/{clock}/extension/", said).status_code == 404


def test_a_supervisor_reads_the_targets_and_may_not_change_them(policy, lee, desk):
    answer = desk(lee).get("/api/policies/")
    assert answer.status_code == 200
    shown = answer.json()["results"][0]
    assert (shown["team"]["name"], shown["first_response"]) == ("Tents", 4 * 3600)
    assert [step["level"] for step in shown["ladder"]] == [1, 2, 3]
    refused = desk(lee).put("/api/policies/", {"results": []}, content_type="application/json")
    assert refused.status_code == 403


def changed(policy, **more):
    levels = policy.ladder.levels.values("level", "to", "agent", "acknowledge_within")
    return {
        "id": policy.pk,
        "calendar": policy.calendar_id,
        "first_response": 20,
        "next_response": 60,
        "resolution": 600,
        "warn_before_percent": 50,
        "pause_at_most": 0,
        "ask_again_after": 30,
        "ladder": list(levels),
        **more,
    }


def put(client, *policies):
    return client.put("/api/policies/", {"results": list(policies)}, content_type="application/json")


def test_an_administrator_sets_targets_in_seconds_which_the_next_complaint_gets(policy, complain, sam, desk):
    assert put(desk(sam), changed(policy)).status_code == 200
    clock = Clock.objects.get(ticket=complain(timezone.now()), kind="first_response")
    assert (clock.deadline - clock.started_at, clock.warn_at - clock.started_at) == (
        timedelta(seconds=20),
        timedelta(seconds=10),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_response": 0},
        {"first_response": "soon"},
        {"resolution": 10**12},
        {"warn_before_percent": 100},
        {"pause_at_most": -1},
        {"calendar": 987654},
        {"id": 987654},
        {"ladder": []},
        {"ladder": [{"level": 2, "to": "supervisors", "acknowledge_within": 60}]},
        {"ladder": [{"level": 1, "to": "agent", "acknowledge_within": 60}]},
        {"ladder": [{"level": 1, "to": "agent", "agent": 987654, "acknowledge_within": 60}]},
        {"ladder": [{"level": 1, "to": "the moon", "acknowledge_within": 60}]},
    ],
)
def test_a_policy_that_cannot_be_is_refused_and_nothing_of_it_is_kept(policy, sam, desk, wrong):
    answer = put(desk(sam), changed(policy), changed(policy, **wrong))
    assert answer.status_code == 400
    assert all(field.startswith(f"results.1.{next(iter(wrong))}") for field in answer.json()["fields"])
    policy.refresh_from_db()
    assert policy.first_response == 4 * 3600


def test_a_target_that_its_calendar_never_reaches_is_refused(policy, sam, desk):
    calendar = ensure_round_the_clock()
    type(calendar).objects.update(
        **dict.fromkeys(["tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], ""), monday="00:00-00:01"
    )
    answer = put(desk(sam), changed(policy, resolution=366 * 24 * 3600))
    assert "too little working time" in answer.json()["fields"]["results.0.resolution"]


def test_changing_the_ladder_of_one_team_leaves_that_of_the_others(policy, sam, desk):
    other = ensure_policy(Team.objects.create(name="Boots", slug="boots"))
    assert other.ladder == policy.ladder
    put(desk(sam), changed(policy, ladder=[{"level": 1, "to": "agent", "agent": sam.pk, "acknowledge_within": 5}]))
    policy.refresh_from_db()
    assert list(policy.ladder.levels.values_list("agent", flat=True)) == [sam.pk]
    assert other.ladder.levels.count() == 3
    assert Ladder.objects.count() == 2


def test_the_floor_shows_what_breaks_next_and_who_can_help(policy, complain, ana, lee, desk):
    now = timezone.now()
    late, soon = complain(now - 5 * HOUR), complain(now - 3.5 * HOUR)
    due_work.do("clocks", now)
    Agent.objects.filter(pk=lee.pk).update(last_seen_at=now)
    shown = desk(lee).get("/api/floor/").json()
    tiles = {tile["key"]: tile["value"] for tile in shown["tiles"]}
    assert (tiles["late"], tiles["at_risk"], tiles["escalated"], tiles["agents"], tiles["unassigned"]) == (
        1,
        2,
        1,
        1,
        2,
    )
    first = shown["riskiest"][0]
    assert (first["number"], first["level"], first["escalation"]["level"]) == (late.pk, 1, 1)
    assert "the first reply is late" in first["reasons"]
    assert [clock["label"] for clock in first["clocks"]] == ["First reply", "Resolve"]
    assert [(one["number"], one["name"]) for one in shown["ahead"]] == [(soon.pk, "Nora Whitcombe")]
    assert (shown["stream"][-1]["words"], shown["stream"][-1]["customer"]) == (
        "Nora Whitcombe complained",
        "Nora Whitcombe",
    )
    team = shown["teams"][0]
    assert (team["open"], team["unassigned"], len(team["arrivals"])) == (2, 2, 8)
    assert sum(one["count"] for one in team["arrivals"]) == 1
    assert {one["name"]: one["here"] for one in shown["agents"]}["Lee Park"] is True


def test_the_floor_can_be_asked_for_one_team_alone(policy, complain, ana, lee, desk):
    now = timezone.now()
    complain(now - 5 * HOUR)
    other = Team.objects.create(name="Shops", slug="shops-of-another-street")
    whole, theirs = (desk(lee).get(f"/api/floor/{query}").json() for query in ("", f"?team={other.pk}"))
    assert (len(whole["riskiest"]), len(whole["stream"])) == (1, 1)
    assert (theirs["riskiest"], theirs["stream"], theirs["agents"], theirs["ahead"]) == ([], [], [], [])
    assert {tile["value"] for tile in theirs["tiles"]} == {0, None}
    assert [team["open"] for team in theirs["teams"]] == [team["open"] for team in whole["teams"]] == [1, 0]
    refused = desk(lee).get("/api/floor/?team=Shops")
    assert (refused.status_code, refused.json()["fields"]) == (400, {"team": "“team” must be a whole number."})


@pytest.mark.parametrize("view", ["late", "escalated"])
def test_a_tile_counts_what_its_view_holds(policy, complain, lee, desk, view):
    now = timezone.now()
    late = complain(now - 5 * HOUR)
    complain(now)
    due_work.do("clocks", now)
    tiles = {tile["key"]: tile["value"] for tile in desk(lee).get("/api/floor/").json()["tiles"]}
    rows = desk(lee).get(f"/api/tickets/?view={view}").json()["results"]
    assert ([row["number"] for row in rows], tiles[view]) == ([late.pk], 1)


def test_the_stream_quotes_the_customer_and_an_agent_shows_what_they_did_last(policy, complain, reply, ana, lee, desk):
    reply(complain(timezone.now()), timezone.now(), then="waiting_on_customer")
    shown = desk(lee).get("/api/floor/").json()
    assert [one["quote"] != "" for one in shown["stream"] if one["kind"] == "received"] == [True]
    last = {one["name"]: one["last"] for one in shown["agents"]}
    assert (last["Ana Lima"]["customer"], last["Lee Park"]) == ("Nora Whitcombe", None)


def test_the_floor_costs_the_same_queries_however_much_is_on_it(
    policy, complain, lee, desk, django_assert_max_num_queries
):
    client, now = desk(lee), timezone.now()
    for _ in range(6):
        complain(now - 5 * HOUR)
    due_work.do("clocks", now)
    with django_assert_max_num_queries(17):
        assert len(client.get("/api/floor/").json()["riskiest"]) == 6


def test_a_ticket_tells_its_clocks_escalation_and_follow_up(policy, complain, reply, ana, desk):
    ticket = complain(timezone.now())
    reply(ticket, timezone.now(), then="resolved")
    due_work.do("follow_ups", timezone.now())
    shown = desk(ana).get(f"/api/tickets/{ticket.pk}/").json()
    assert {clock["kind"] for clock in shown["clocks"]} == {"first_response", "resolution"}
    assert shown["escalation"] is None
    assert shown["follow_up"]["label"] == "We asked once whether it is settled, and ask again"


def test_every_policy_is_one_a_team_and_priority(policy):
    assert ensure_policy(policy.team) == policy
    assert SlaPolicy.objects.count() == 1
