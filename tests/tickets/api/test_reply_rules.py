"""The rules of the reply check as administrators set, write and try them."""

from typing import Any

import pytest

from tests.cast import NOW, Cast, complaint, desk
from tickets.actions import rules
from tickets.actions.replying import Reply, send_reply
from tickets.models import Agent, OwnRule, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

OWN = """id: house.hiccup
extends: existence
level: warning
patterns: ['hiccup*']
message: We do not call a fault a hiccup.
suggestion: Name what happened.
tests:
  trigger: [There was a hiccup.]
  pass: [There was a fault.]
"""


def fired(agent: Agent, ticket: Ticket, draft: str) -> dict[str, str]:
    checked = desk(agent).ask("POST", "reply-check/", {"ticket": ticket.pk, "draft": draft}).json()
    return {one["rule"]: one["level"] for one in checked["findings"]}


def write(cast: Cast, source: str = OWN, team: int | None = None) -> Any:
    return desk(cast.sam).ask("POST", "reply-rules/own/", {"locale": "en", "source": source, "team": team})


def set_level(cast: Cast, rule: str, level: str, team: int | None = None) -> Any:
    said = {"locale": "en", "rule": rule, "level": level, "team": team}
    return desk(cast.sam).ask("PUT", "reply-rules/", said)


def test_it_lists_every_rule_with_its_principle_and_examples(cast: Cast) -> None:
    shown = desk(cast.sam).get_json("reply-rules/", locale="en")["results"]
    assert len(shown) == 70
    [doubt] = [one for one in shown if one["id"] == "blame.doubt"]
    assert (doubt["principle"], doubt["level"], doubt["found"]) == ("Blame nobody", "error", 0)
    assert doubt["triggers"] and doubt["passes"] and doubt["message"]
    assert len(desk(cast.sam).get_json("reply-rules/", locale="de")["results"]) >= 20


def test_a_team_switches_a_rule_off_for_itself_alone(cast: Cast) -> None:
    ours, theirs = complaint(cast), complaint(cast, team=cast.returns)
    assert set_level(cast, "blame.you-failed", "off", cast.deliveries.pk).status_code == 200
    draft = "You failed to ring us."
    assert "blame.you-failed" not in fired(cast.lee, ours, draft)
    assert fired(cast.lee, theirs, draft)["blame.you-failed"] == "error"


def test_a_teams_word_counts_before_that_for_all_and_can_be_taken_back(cast: Cast) -> None:
    ticket, draft = complaint(cast), "You failed to ring us."
    set_level(cast, "blame.you-failed", "suggestion")
    assert fired(cast.ana, ticket, draft)["blame.you-failed"] == "suggestion"
    set_level(cast, "blame.you-failed", "warning", cast.deliveries.pk)
    assert fired(cast.ana, ticket, draft)["blame.you-failed"] == "warning"
    set_level(cast, "blame.you-failed", "", cast.deliveries.pk)
    set_level(cast, "blame.you-failed", "")
    assert fired(cast.ana, ticket, draft)["blame.you-failed"] == "error"


def test_it_says_what_was_set_here_and_what_holds_where_nothing_is(cast: Cast) -> None:
    def told(team: int | None) -> tuple[str, str, str]:
        asked = {"locale": "en"} | ({"team": team} if team else {})
        listed = desk(cast.sam).get_json("reply-rules/", **asked)["results"]
        [rule] = [one for one in listed if one["id"] == "blame.you-failed"]
        return rule["said"], rule["otherwise"], rule["level"]

    ours = cast.deliveries.pk
    assert told(None) == told(ours) == ("", "error", "error")
    set_level(cast, "blame.you-failed", "suggestion")
    assert (told(None), told(ours)) == (("suggestion", "error", "suggestion"), ("", "suggestion", "suggestion"))
    set_level(cast, "blame.you-failed", "off", ours)
    assert told(ours) == ("off", "suggestion", "off")
    assert told(cast.returns.pk) == ("", "suggestion", "suggestion")


def test_a_rule_of_the_house_speaks_with_the_next_check_and_changes_with_it(cast: Cast) -> None:
    ticket = complaint(cast)
    number = write(cast).json()["own"]
    assert fired(cast.ana, ticket, "It was a hiccup.")["house.hiccup"] == "warning"
    changed = OWN.replace("hiccup*", "hiccup*|glitch*").replace("level: warning", "level: error")
    assert (
        desk(cast.sam).ask("PUT", f"reply-rules/own/{number}/", {"locale": "en", "source": changed}).status_code == 200
    )
    assert fired(cast.ana, ticket, "It was a glitch.")["house.hiccup"] == "error"
    assert desk(cast.sam).ask("DELETE", f"reply-rules/own/{number}/").status_code == 204
    assert "house.hiccup" not in fired(cast.ana, ticket, "It was a glitch.")


def test_a_rule_of_a_team_speaks_to_that_team_alone_and_stays_theirs_when_it_changes(cast: Cast) -> None:
    ours, theirs = complaint(cast), complaint(cast, team=cast.returns)
    number = write(cast, team=cast.deliveries.pk).json()["own"]
    assert fired(cast.lee, ours, "It was a hiccup.")["house.hiccup"] == "warning"
    assert "house.hiccup" not in fired(cast.lee, theirs, "It was a hiccup.")
    changed = {"locale": "en", "source": OWN.replace("hiccup*", "hiccup*|glitch*")}
    assert desk(cast.sam).ask("PUT", f"reply-rules/own/{number}/", changed).status_code == 200
    assert OwnRule.objects.get(pk=number).team == cast.deliveries


def test_a_rule_of_a_team_is_listed_for_them_and_among_all_but_not_for_another(cast: Cast) -> None:
    write(cast, team=cast.deliveries.pk)

    def whose(**asked: int) -> list[str | None]:
        listed = desk(cast.sam).get_json("reply-rules/", locale="en", **asked)["results"]
        return [one["team"] for one in listed if one["id"] == "house.hiccup"]

    assert whose() == whose(team=cast.deliveries.pk) == ["Deliveries"]
    assert whose(team=cast.returns.pk) == []
    assert write(cast, team=999).status_code == 404


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("'hiccup*'", "'hiccup* ('", "line 4: Pattern"),
        (
            "[There was a hiccup.]",
            "[There was a fault in it.]",
            "line 8: its trigger 'There was a fault in it.' does not trip it",
        ),
        ("[There was a fault.]", "[Another hiccup.]", "line 9: its near miss 'Another hiccup.' trips it"),
        ("  pass: [There was a fault.]\n", "", "line 7: a rule needs its own pass example"),
        ("house.hiccup", "blame.doubt", "line 1: blame.doubt comes with Kintsugi"),
        ("'hiccup*'", "'a ..15 b ..15 c ..15 hiccup*'", "line 4: Pattern"),
        ("level: warning", "level: loud", "line 3"),
        ("id: house.hiccup", "id: [", "line 3: this is not YAML"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_line_and_the_one_before_stays(
    cast: Cast, old: str, new: str, reason: str
) -> None:
    number = write(cast).json()["own"]
    assert old in OWN
    said = {"locale": "en", "source": OWN.replace(old, new)}
    refused = desk(cast.sam).ask("PUT", f"reply-rules/own/{number}/", said)
    assert refused.status_code == 400
    assert reason in refused.json()["fields"]["source"]
    assert OwnRule.objects.get(pk=number).source == OWN
    assert "house.hiccup" in fired(cast.ana, complaint(cast), "It was a hiccup.")


def test_a_rule_is_tried_on_a_draft_and_nothing_is_kept(cast: Cast) -> None:
    said = {"locale": "en", "source": OWN, "draft": "🎉 What a hiccup."}
    tried = desk(cast.sam).ask("POST", "reply-rules/trial/", said).json()["findings"]
    assert [(one["start"], one["end"]) for one in tried] == [(10, 16)]
    assert not OwnRule.objects.exists()


def test_a_rule_that_is_overruled_often_comes_first_with_its_reasons(cast: Cast) -> None:
    for number in range(6):
        ticket = complaint(cast)
        reasons = {"blame.you-failed": f"A quote, {number}"}
        made = Reply("Hi Nora, you failed to ring.", ticket.version, f"k{number}", overrides=reasons)
        send_reply(ticket, made, by=cast.ana, now=NOW)
    listed = desk(cast.sam).get_json("reply-rules/")
    bad = listed["results"][0]
    assert (bad["id"], bad["bad"], bad["found"], bad["overridden"]) == ("blame.you-failed", True, 6, 6)
    assert bad["reasons"] == ["A quote, 5", "A quote, 4", "A quote, 3"]
    assert listed["sent"] == 6
    assert "Ana" not in str(bad)


def test_only_administrators_know_of_it(cast: Cast) -> None:
    for person in (cast.ana, cast.lee):
        assert desk(person).get("/api/reply-rules/").status_code == 404
        assert desk(person).ask("POST", "reply-rules/own/", {"locale": "en", "source": OWN}).status_code == 404
    refused = set_level(cast, "blame.unheard-of", "off")
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["rule"])


def test_what_no_version_of_ours_can_read_stays_silent_and_is_shown_with_the_reason(cast: Cast) -> None:
    OwnRule.objects.create(locale="en", rule="house.old", source="id: house.old")
    assert "house.old" not in {rule.id for rule in rules.book_of(None, "en").rules}
    told = desk(cast.sam).get_json("reply-rules/")
    [unread] = told["unread"]
    assert (unread["id"], unread["source"]) == ("house.old", "id: house.old")
    assert unread["reason"].startswith("rule, line 1: ")
    assert told["locales"] == ["en", "de"]
    mended = {"locale": "en", "source": OWN.replace("house.hiccup", "house.old")}
    assert desk(cast.sam).ask("PUT", f"reply-rules/own/{unread['own']}/", mended).status_code == 200
    assert desk(cast.sam).get_json("reply-rules/")["unread"] == []
