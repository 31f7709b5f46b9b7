"""One complaint, end to end, through the doors that people use: told once, chapter by chapter, in the order of life."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from escalation.defaults import ensure_policy
from tests.four_complaints import FURIOUS, NORA, RAVI, TOM, ask_the_api, fill_in_the_form, nora_mail, tom_mail
from tests.servers import free_port
from tests.story import IS_IT_SETTLED, House, answer_to, attach, open_house, page_of, press, send, timeline, words
from tickets.actions.guides import import_templates

FRIDAY = datetime(2026, 5, 8, 14, 0, tzinfo=UTC)  # three o'clock in London; they work from nine to half past five
HOUR = 3600
SECRET = "Kestrel"  # said among us only


@pytest.fixture
def house(transactional_db: None) -> Iterator[House]:
    with time_machine.travel(FRIDAY, tick=False) as clock, open_house(clock, free_port()) as house:
        import_templates()
        ensure_policy(house.cast.deliveries)
        house.cast.deliveries.members.add(house.cast.lee)
        yield house


def test_one_complaint(house: House) -> None:
    an_administrator_sets_the_targets(house)
    tickets = four_people_complain(house)
    whoever_repeats_themselves_gets_nothing_new(house)
    each_has_one_acknowledgement(house, tickets)
    an_agent_reads_the_angriest(house, tickets)
    an_agent_takes_it_and_answers_with_a_guide(house, tickets.nora)
    the_customer_answers_by_mail_while_the_agent_writes(house, tickets.nora)
    the_customer_answers_on_their_page(house, tickets.nora)
    what_we_say_among_us_stays_here(house, tickets.nora)
    nobody_sees_more_than_their_teams(house, tickets)
    another_is_answered_and_resolved_before_the_weekend(house, tickets.tom)
    nobody_acts_and_it_escalates(house, tickets.ravi)
    nobody_takes_it_up_and_it_climbs(house, tickets.ravi)
    the_customer_says_that_it_is_not_settled(house, tickets.nora)
    the_customer_says_that_it_is_settled(house, tickets.nora)
    the_timeline_tells_the_whole_story(house, tickets.nora)
    silence_is_asked_once_more_and_then_closes(house, tickets.tom)
    what_must_not_be_is_answered_rightly(house, tickets)
    a_stranger_with_somebodys_reply_address_is_held(house, tickets.nora)
    no_mail_ever_carried_the_note(house)


@dataclass(frozen=True)
class Tickets:
    """Their numbers, by who complained; `photos` is Nora's other one."""

    photos: int
    nora: int
    ravi: int
    tom: int


def an_administrator_sets_the_targets(house: House) -> None:
    [policy] = house.sam.get_json("policies/")["results"]
    policy |= {"first_response": 4 * HOUR, "next_response": 8 * HOUR, "resolution": 40 * HOUR}
    policy["calendar"] = policy["calendar"]["id"]
    assert house.sam.ask("PUT", "policies/", {"results": [policy]}).status_code == 200
    assert house.lee.ask("PUT", "policies/", {"results": [policy]}).status_code == 403
    assert house.ana.ask("PUT", "policies/", {"results": [policy]}).status_code == 404


# 2. A customer complains


def four_people_complain(house: House) -> Tickets:
    """By the form without scripts, by SMTP, by the public API and by a pipe; each shows live on Ana's open desk."""
    desk = house.live.screen(house.cast.ana, f"queue:{house.cast.deliveries.pk}")
    fill_in_the_form()
    photos = desk.hears(event="received")["ticket"]
    house.post.brings(nora_mail())
    frame = desk.hears(event="received")
    row = frame["row"]
    assert row["customer"]["name"] == "Nora Whitcombe"
    assert row["mood"]["label"] == "unhappy"
    assert row["waiting_since"] == "2026-05-08T14:00:00Z"
    assert (row["clock"]["label"], row["clock"]["due_at"]) == ("First reply", "2026-05-11T09:30:00Z")
    assert {"waiting_for_us", "unhappy", "unassigned"} <= set(frame["views"])
    ravi = ask_the_api().json()["ticket"]
    assert desk.hears(event="received")["ticket"] == ravi
    tom = house.post.pipes(tom_mail())
    assert tom["outcome"] == "ticket"
    assert desk.hears(event="received")["ticket"] == tom["ticket"]
    listed = house.ana.get_json("tickets/", view="waiting_for_us")["results"]
    assert [one["number"] for one in listed] == [tom["ticket"], ravi, frame["ticket"], photos]
    return Tickets(photos, frame["ticket"], ravi, tom["ticket"])


def whoever_repeats_themselves_gets_nothing_new(house: House) -> None:
    house.post.brings(nora_mail())
    assert ask_the_api().status_code == 201
    assert house.post.pipes(tom_mail())["outcome"] == "duplicate"
    assert len(house.ana.get_json("tickets/")["results"]) == 4


def each_has_one_acknowledgement(house: House, tickets: Tickets) -> None:
    house.time.works()
    house.time.works()
    assert len(house.outbox.raw()) == 4
    whose = [(tickets.photos, NORA), (tickets.nora, NORA), (tickets.ravi, RAVI), (tickets.tom, TOM)]
    for number, address in whose:
        mail = house.outbox.one(address, f"under the number {number}")
        assert mail["From"].addresses[0].display_name == "Ana Lima, Fernhill Outfitters"
        assert mail["Auto-Submitted"] == "auto-replied"
        assert "by Monday 11 May" in words(mail)
        assert "furious" not in words(mail)
        assert f"Complaint {number}" in Client().get(page_of(mail)).content.decode()


# 3. An agent reads and answers


def an_agent_reads_the_angriest(house: House, tickets: Tickets) -> None:
    """Its HTML is safe, remote images wait until asked for, files are downloads; and they see who else looks."""
    number = tickets.nora
    seen = house.ana.get_json(f"tickets/{number}/")
    assert {one["number"] for one in seen["customer"]["tickets"]} == {tickets.nora, tickets.photos}
    [said] = [one for one in timeline(house.ana, number) if one["kind"] == "message"]
    assert said["text"] == FURIOUS
    assert "I want my money back" in [span["text"].rstrip(".") for span in said["heard"] if span["kind"] == "wish"]
    path = f"/api/tickets/{number}/messages/{said['id']}/html/"
    shown, with_images = house.ana.get(path), house.ana.get(path, {"images": "1"})
    for evil in ("<script", "onclick", "javascript:", ' src="https://track.example'):
        assert evil not in shown.content.decode()
    assert "sandbox" in shown["Content-Security-Policy"]
    assert ' src="https://track.example/seen.gif"' in with_images.content.decode()
    [file] = said["attachments"]
    opened = house.ana.get(file["url"])
    assert opened["Content-Disposition"].startswith("attachment")
    assert (opened["Content-Type"], opened["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    photos = next(one for one in timeline(house.ana, tickets.photos) if one["kind"] == "message")["attachments"]
    assert [(one["filename"], one["image"]) for one in photos] == [("pole.jpg", True), ("tent.jpg", True)]
    page = house.live.screen(house.cast.ana, f"ticket:{number}")
    house.live.screen(house.cast.lee, f"ticket:{number}").shows(number, "viewing")
    assert page.hears(kind="presence", ticket=number)["here"][0]["name"] == "Lee Osei"


def an_agent_takes_it_and_answers_with_a_guide(house: House, number: int) -> None:
    """Undone once, then sent: after ten seconds one mail leaves, on the customer's thread, with the file."""
    house.ana.ask("POST", f"tickets/{number}/assignment/", {"agent": house.cast.ana.pk})
    guide = house.ana.get_json("templates/", ticket=number)["results"][0]
    assert guide["suggested"]
    slots = {slot["name"].rstrip("?"): slot["value"] for slot in guide["slots"]}
    assert (slots["name"], slots["owner"]) == ("Nora", "Ana Lima")
    assert slots["their_words"] in FURIOUS and slots["their_words"] in guide["text"]
    written = re.sub(r"\{\w+\??\}", "", guide["text"])  # the slots that nobody needs
    text = f"{written}\n\nYour tent leaves our house today."
    file = attach(house.cast.ana, number, "label.txt", b"Parcel 4711")
    said = {"text": text, "template": guide["key"], "variant": guide["variant"], "files": [file]}
    first = send(house.ana, number, "first", **said).json()
    back = house.ana.ask("DELETE", f"tickets/{number}/replies/{first['id']}/")
    assert (back.status_code, back.json()["text"]) == (200, text)
    house.time.passes(seconds=60)
    assert len(house.outbox.raw()) == 4
    assert send(house.ana, number, "second", **said).status_code == 202
    assert send(house.ana, number, "second", **said).status_code == 202
    house.time.passes(seconds=9)
    assert house.outbox.to(NORA, "Re: Where is my tent?") == []
    house.time.passes(seconds=1)
    house.time.passes(seconds=60)
    mail = house.outbox.one(NORA, "Re: Where is my tent?")
    assert mail["From"].addresses[0].display_name == "Ana Lima, Fernhill Outfitters"
    assert mail["In-Reply-To"] == "<tent@whitcombe.example>"
    assert "<tent@whitcombe.example>" in mail["References"]
    assert mail["Auto-Submitted"] is None
    assert [part.get_filename() for part in mail.iter_attachments()] == ["label.txt"]
    assert house.ticket(number)["state"] == "waiting_on_customer"


# 4. The customer answers


def the_customer_answers_by_mail_while_the_agent_writes(house: House, number: int) -> None:
    """It joins the ticket and opens it, live; what the agent sends without having seen it is held, with what is new."""
    desk = house.live.screen(house.cast.ana, f"queue:{house.cast.deliveries.pk}")
    seen = house.ticket(number)["version"]
    mail = answer_to(house.outbox.one(NORA, "Re: Where"), NORA, "Too late. Cancel it.", "<cancel@whitcombe.example>")
    house.post.brings(mail)
    frame = desk.hears(event="customer_wrote", ticket=number)
    assert (frame["row"]["state"], frame["row"]["last"]["text"]) == ("open", "Too late. Cancel it.")
    stale = send(house.ana, number, "third", text="Your tent is on its way.", seen_version=seen)
    assert (stale.status_code, stale.json()["version"]) == (409, frame["version"])
    assert [one["text"] for one in stale.json()["since"]] == ["Too late. Cancel it."]
    assert send(house.ana, number, "fourth", text="It is cancelled, Nora.").status_code == 202
    house.time.passes(seconds=10)
    assert house.outbox.to(NORA, "Re: Where")[-1]["In-Reply-To"] == "<cancel@whitcombe.example>"
    assert house.ticket(number)["state"] == "waiting_on_customer"


def the_customer_answers_on_their_page(house: House, number: int) -> None:
    desk = house.live.screen(house.cast.ana, f"queue:{house.cast.deliveries.pk}")
    browser, page = Client(), page_of(house.outbox.one(NORA, f"under the number {number}"))
    key = browser.get(page).context["form"]["key"].value()
    told = browser.post(page, {"key": key, "text": "And my money?"}, follow=True).content.decode()
    assert told.index("And my money?") < told.index("It is cancelled, Nora.") < told.index("Too late. Cancel it.")
    assert desk.hears(event="customer_wrote", ticket=number)["row"]["state"] == "open"


def what_we_say_among_us_stays_here(house: House, number: int) -> None:
    note = {"text": f"{SECRET}: the carrier lost it, do not tell.", "mentions": [house.cast.lee.pk]}
    assert house.ana.ask("POST", f"tickets/{number}/notes/", note).status_code == 201
    assert SECRET not in Client().get(page_of(house.outbox.one(NORA, f"under the number {number}"))).content.decode()


def nobody_sees_more_than_their_teams(house: House, tickets: Tickets) -> None:
    assert house.moira.ask("GET", f"tickets/{tickets.nora}/").status_code == 404
    assert send(house.moira, tickets.nora, "m", text="Hello", seen_version=99).status_code == 404
    moved = house.lee.ask("POST", f"tickets/{tickets.photos}/team/", {"team": house.cast.returns.pk})
    assert moved.status_code == 200
    assert house.ana.ask("GET", f"tickets/{tickets.photos}/").status_code == 404
    assert house.moira.ask("GET", f"tickets/{tickets.photos}/").status_code == 200


def another_is_answered_and_resolved_before_the_weekend(house: House, number: int) -> None:
    refused = house.ana.ask("POST", f"tickets/{number}/state/", {"to": "resolved"})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["reason"])  # nobody has answered
    send(house.ana, number, "tom", text="A new hose is in the post, Tom.", then="resolved")
    house.time.passes(seconds=10)
    assert house.ticket(number)["state"] == "resolved"
    house.outbox.one(TOM, IS_IT_SETTLED)


# 5. Nobody acts


def nobody_acts_and_it_escalates(house: House, number: int) -> None:
    """In working hours: the weekend does not count. The deadline is what is stamped, and the supervisor learns of it."""
    floor = house.live.screen(house.cast.lee, "floor")
    house.lee.ask("PATCH", "me/", {"status": "away"})
    house.time.clock.move_to(datetime(2026, 5, 10, 12, 0, tzinfo=UTC))
    house.time.works()
    assert house.ticket(number)["level"] == 0
    house.time.clock.move_to(datetime(2026, 5, 11, 8, 30, tzinfo=UTC))
    house.time.works()
    assert floor.hears(ticket=number, event="clock_warned")["words"] == "First reply is close"
    house.time.passes(minutes=60, seconds=20)
    frame = floor.hears(ticket=number, event="escalated")
    assert frame["words"] == "Raised to level 1: The first reply was due Monday 11 May, 10:30"
    assert (frame["row"]["level"], "the first reply is late" in frame["row"]["reasons"]) == (1, True)
    seen = house.ticket(number)
    [clock] = [one for one in seen["clocks"] if one["kind"] == "first_response"]
    assert (clock["due_at"], "Missed Monday 11 May, 10:30" in clock["explained"]) == ("2026-05-11T09:30:00Z", True)
    [risky] = [row for row in house.lee.get_json("floor/")["riskiest"] if row["number"] == number]
    assert risky["escalation"]["reason"] == "The first reply was due Monday 11 May, 10:30"
    mail = house.outbox.one("lee@kintsugi.example", "Level 1")
    assert "The first reply was due Monday 11 May, 10:30" in words(mail)


def nobody_takes_it_up_and_it_climbs(house: House, number: int) -> None:
    """Until Lee takes it over from the floor; then it climbs no more."""
    floor = house.live.screen(house.cast.lee, "floor")
    house.time.passes(minutes=15)
    assert floor.hears(ticket=number, event="escalated")["row"]["level"] == 2
    assert len(house.outbox.to("sam@kintsugi.example", "Level 2")) == 1
    raised = house.ticket(number)["escalation"]["id"]
    assert house.ana.ask("POST", f"tickets/{number}/escalations/{raised}/acknowledgement/").status_code == 403
    house.lee.ask("POST", f"tickets/{number}/escalations/{raised}/acknowledgement/")
    house.lee.ask("POST", f"tickets/{number}/assignment/", {"agent": house.cast.lee.pk})
    assert floor.hears(ticket=number, event="assigned")["words"] == "Lee Osei took it"
    house.time.passes(hours=2)
    seen = house.ticket(number)
    assert (seen["level"], seen["assignee"]["name"]) == (2, "Lee Osei")
    assert seen["escalation"]["acknowledged_by"] == "Lee Osei"
    send(house.lee, number, "ravi", text="Ravi, your boots in 43 leave today.")
    house.time.passes(seconds=10)
    house.outbox.one(RAVI, "Re: Wrong boots")


# 6. Is it settled?


def the_customer_says_that_it_is_not_settled(house: House, number: int) -> None:
    """By a button on their page; a link that a mail scanner opens answers nothing."""
    floor = house.live.screen(house.cast.lee, "floor")
    assert house.ana.ask("POST", f"tickets/{number}/state/", {"to": "resolved"}).status_code == 200
    house.time.works()
    page = page_of(house.outbox.one(NORA, IS_IT_SETTLED))
    scanner = Client()
    assert "Yes, it is settled" in scanner.get(page, follow=True).content.decode()
    scanner.get(f"{page}section/settled/", {"answer": "yes"}, follow=True)
    assert house.ticket(number)["state"] == "resolved"
    assert "Your complaint is open again" in press(Client(), page, "no")
    house.time.works()
    assert floor.hears(ticket=number, event="said_not_settled")["row"]["state"] == "open"
    assert floor.hears(ticket=number, event="escalated")["row"]["level"] == 1
    assert house.ticket(number)["escalation"]["reason"] == "The customer says that it is not settled"


def the_customer_says_that_it_is_settled(house: House, number: int) -> None:
    send(house.ana, number, "refund", text="Nora, 240 pounds went back to your card today.", then="resolved")
    house.time.passes(seconds=10)
    asked = house.outbox.to(NORA, IS_IT_SETTLED)
    assert len(asked) == 2
    assert "We are glad that it is settled" in press(Client(), page_of(asked[-1]), "yes")
    seen = house.ticket(number)
    assert (seen["state"], seen["level"], seen["allowed_moves"]) == ("closed", 0, ["open"])
    assert len(seen["mending"]["steps"]) == seen["mending"]["of"]


def the_timeline_tells_the_whole_story(house: House, number: int) -> None:
    told = [one.get("words") or f"{one['by']['name']}: {one['text'][:24]}" for one in timeline(house.lee, number)]
    assert told == [
        f"Nora Whitcombe: {FURIOUS[:24]}",
        "Ana Lima took it",
        "Ana Lima took back a reply",
        told[3],  # what the guide said
        "Nora Whitcombe: Too late. Cancel it.",
        "Ana Lima: It is cancelled, Nora.",
        "Nora Whitcombe: And my money?",
        f"Ana Lima: {SECRET}: the carrier los",
        "Reply is close",
        "Ana Lima resolved it",
        "We asked whether it is settled",
        "Nora Whitcombe says it is not settled",
        "Raised to level 1: The customer says that it is not settled",
        "Ana Lima: Nora, 240 pounds went ba",
        "Ana Lima resolved it",
        "We asked whether it is settled",
        "Nora Whitcombe says it is settled",
    ]
    assert told[3].startswith("Ana Lima: ")


def silence_is_asked_once_more_and_then_closes(house: House, number: int) -> None:
    house.time.passes(days=3)
    assert len(house.outbox.to(TOM, IS_IT_SETTLED)) == 2
    assert house.ticket(number)["state"] == "resolved"
    house.time.passes(days=3)
    house.time.passes(days=4)
    assert house.ticket(number)["state"] == "closed"
    assert "closed it: We asked twice" in timeline(house.lee, number)[-1]["words"]
    assert len(house.outbox.to(TOM, IS_IT_SETTLED)) == 2


# 7. What must not be


def what_must_not_be_is_answered_rightly(house: House, tickets: Tickets) -> None:
    tomorrow = "2027-01-01T09:00:00Z"
    illegal = house.ana.ask("POST", f"tickets/{tickets.nora}/state/", {"to": "on_hold", "wake_at": tomorrow})
    assert (illegal.status_code, illegal.json()["allowed_moves"]) == (409, ["open"])
    assert illegal.json()["detail"] == "A ticket that is closed cannot become on hold; it can become open."
    page = page_of(house.outbox.one(NORA, f"under the number {tickets.nora}"))
    for foreign in (page.replace("-0-", "-1-"), page[:-3] + "aa/", "/t/1-0-" + "a" * 26 + "/"):
        assert Client().get(foreign).status_code == 404
        assert Client().post(foreign, {"text": "Hello"}).status_code == 404
    assert house.moira.ask("GET", f"tickets/{tickets.nora}/timeline/").status_code == 404
    topics = [f"ticket:{tickets.nora}", f"queue:{house.cast.deliveries.pk}", "floor"]
    stranger = house.live.screen(house.cast.moira, *topics)
    assert stranger.answer["subscribed"] == []


def a_stranger_with_somebodys_reply_address_is_held(house: House, number: int) -> None:
    """Until an agent has looked at it and puts it where it belongs."""
    theirs = house.outbox.to(NORA, "Re: Where is my tent?")[-1]
    before = len(timeline(house.lee, number))
    house.post.brings(answer_to(theirs, "Mo <mo@elsewhere.example>", "I am her husband.", "<mo@elsewhere.example>"))
    house.time.works()
    assert len(timeline(house.lee, number)) == before
    [held] = house.ana.get_json("quarantine/")["results"]
    assert (held["from"], held["suggested_ticket"]) == ("mo@elsewhere.example", number)
    assert held["reason"] == "It carries the reply address of Nora Whitcombe, but comes from somebody else."
    assert house.moira.get_json("quarantine/")["results"] == []
    released = house.ana.ask("POST", f"quarantine/{held['id']}/release/", {"ticket": number})
    assert released.json() == {"outcome": "reply", "ticket": number}
    assert timeline(house.lee, number)[-1]["text"] == "I am her husband."
    assert house.outbox.to("mo@elsewhere.example") == []


def no_mail_ever_carried_the_note(house: House) -> None:
    house.time.works()
    assert house.outbox.one("lee@kintsugi.example", "Ana Lima mentioned you")
    everything = house.outbox.to("@")
    assert len(everything) == len(house.outbox.raw()) > 10
    for raw, mail in zip(house.outbox.raw(), everything, strict=True):
        assert SECRET.encode() not in raw
        assert SECRET not in words(mail)
