"""Checking a draft: places, quotation, negation, the ticket's facts, the seven steps and bad input."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from tickets.empathy.check import BadContext, Checked, check
from tickets.empathy.check.context import context_of
from tickets.empathy.check.dates import next_working_day

TODAY = {"today": "2026-05-11"}


def rules(draft: str, message: str = "", **context: object) -> set[str]:
    return {finding.rule for finding in check(draft, message, {**TODAY, "locale": "en", **context}).findings}


def test_a_finding_points_at_the_words():
    draft = "Hi Ana, we’re sorry if you were upset."
    finding = next(one for one in check(draft).findings if one.rule == "apology.if")
    assert draft[finding.start : finding.end] == "sorry if"
    assert (finding.level, finding.message) == ("error", "A conditional apology reads as none.")


def test_a_finding_about_what_is_missing_has_no_place():
    checked = check("Your kettle ships on Friday 15 May.", "", {**TODAY, "mood": "negative", "our_fault": True})
    finding = next(one for one in checked.findings if one.rule == "apology.missing")
    assert (finding.start, finding.end) == (None, None)


@pytest.mark.parametrize(
    "draft",
    [
        "> You failed to send the form.\nI sent the form myself.",
        "You wrote “you are mistaken” and you had every right.",
        'You quoted us: "that\'s our policy".',
        "You were told 'you have only yourself to blame', and I am sorry.",
    ],
)
def test_quoted_words_never_trip_a_rule(draft: str):
    assert not {rule for rule in rules(draft) if rule.startswith(("blame.", "argue."))}


@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        ("You should have an email waiting.", "blame.you-failed"),
        ("Just follow the steps.", "tone.snark"),
        ("Sorry for the delay, but glad it's working.", "argue.but"),
        ("The delay was not your fault.", "blame.your-fault"),
        ("As soon as you send the photo I will refund you.", "promise.vague"),
        ("You don't need to do anything.", "option.directive"),
        ("Hi Ana, photo [1] shows the crack.", "ack.placeholder"),
        ("I'm sorry my colleague told you to calm down.", "argue.calm-down"),
        ("You should never have been told to contact the courier.", "blame.shift"),
    ],
)
def test_a_known_false_alarm_stays_silent(draft: str, rule: str):
    assert rule not in rules(draft)


def test_words_in_any_order_are_one_finding_from_the_first_to_the_last():
    draft = "Guten Tag. Reduzierte Ware nehmen wir nicht zurück. Bei der Buchung kam es zu einer Verwechslung."
    found = {one.rule: one for one in check(draft, "", {"locale": "de"}).findings}
    assert draft[found["apology.passive"].start : found["apology.passive"].end] == "kam es zu einer Verwechslung"


def test_words_in_two_sentences_do_not_belong_together():
    assert "apology.passive" not in rules("Eine Verwechslung. Es kam der Bus.", locale="de")


def test_a_promise_dated_in_the_next_sentence_is_dated():
    assert "promise.no-date" not in rules("I will call you. That will be on Friday 15 May.")


def test_a_promise_dated_before_a_semicolon_is_dated():
    assert "promise.no-date" not in rules("Your aid is ready by Friday 22 May; I will bring it round.")


@pytest.mark.parametrize(
    ("written", "wrong"),
    [("Thursday, 22/05/2026", True), ("Friday, 22/05/2026", False), ("Friday, 05/22/2026", False)],
)
def test_a_date_in_figures_is_held_against_its_weekday(written: str, wrong: bool):
    assert ("promise.weekday-mismatch" in rules(f"I will call you on {written}.")) is wrong


@pytest.mark.parametrize(("draft", "open_slot"), [("Quote [RX-2291].", False), ("Hi [first name].", True)])
def test_a_reference_in_brackets_is_no_open_slot(draft: str, open_slot: bool):
    assert ("ack.placeholder" in rules(draft)) is open_slot


def test_initial_and_surname_sign_a_reply():
    draft = "Your fine is gone.\nS. Holt, Member Services"
    assert "close.unsigned" not in rules(draft, agent_name="Sam Holt")


def test_naming_what_was_promised_and_that_it_is_late_admits_it():
    promise = {"what": "a call about the ring", "due": "2026-05-07"}
    assert "promise.broken-ignored" not in rules("My call to you is four days late.", open_promise=promise)
    assert "promise.broken-ignored" in rules("The ring is on the bench.", open_promise=promise)


def test_what_we_mended_in_the_same_sentence_is_no_blame():
    assert "blame.you-failed" not in rules("You did not tick the box, so I have filled it in for you.")


def test_a_promised_day_on_which_nobody_works_is_no_date():
    assert "promise.bad-date" in rules("I will call you on 14 May.", closed=["2026-05-14"])


def test_a_promise_that_is_not_due_yet_need_not_be_admitted():
    promise = {"what": "refund", "due": "2026-05-12"}
    assert "promise.broken-ignored" not in rules("The refund is with the bank.", open_promise=promise)


def test_a_suggestion_carries_the_next_working_day_and_the_name():
    checked = check("Dear customer, I will call you soon.", "", {"today": "2026-05-15", "customer_name": "Ana Lima"})
    suggestions = {finding.rule: finding.suggestion for finding in checked.findings}
    assert suggestions["promise.vague"] == "I'll email you by 5pm on Monday 18 May."
    assert suggestions["ack.no-name"] == "Hi Ana,"


def test_the_next_working_day_skips_a_closed_one():
    assert next_working_day(date(2026, 5, 22), frozenset([date(2026, 5, 25)])) == date(2026, 5, 26)


def test_with_a_neutral_mood_a_calm_answer_is_left_alone():
    assert rules("Hi Ana, the desk opens at nine.", customer_name="Ana Lima") == set()


def test_the_steps_light_up_as_a_draft_improves():
    message = "My kettle arrived cracked. When will a new one come?"
    context = {**TODAY, "mood": "negative", "our_fault": True, "customer_name": "Ana Lima"}
    poor = check("We will get back to you soon.", message, context)
    good = check(
        "Hi Ana, your kettle arrived cracked, and I'm sorry we sent it like that. I have set a new one aside. I can send "
        "it by courier or refund you; which do you prefer? A new one would be with you on Thursday 14 May. "
        "I will check on Friday 15 May that it is whole.",
        message,
        context,
    )
    assert not any(poor.steps.values())
    assert all(good.steps.values())
    assert list(good.steps) == ["acknowledge", "own", "act", "options", "promise", "follow_up", "answer"]


def test_two_runs_say_the_same():
    draft = "Actually, you failed to read the terms!! We will get back to you soon."
    assert check(draft, "", TODAY) == check(draft, "", TODAY)


@pytest.mark.parametrize(
    "draft",
    [
        "",
        " \n\t ",
        "😊" * 2_000,
        "مرحبا، لم يصل الطلب بعد " * 200,
        "<div><p>Hi&nbsp;Ana</p></div>" * 100,
        "def check(draft): return None\n" * 100,
        "a" * 1_000_000,
        "you are " * 500_000,
        "(" * 50_000,
        '"' * 50_000,
        "4111 " * 50_000,
        "_" * 50_000,
        "a.b@" * 50_000,
        "\x00\x01\ud7ff",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_any_text_is_answered(draft: str):
    assert isinstance(check(draft, draft, TODAY), Checked)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"mood": "cross"}, "mood is one of negative, neutral, positive, not 'cross'"),
        ({"our_fault": "yes"}, "our_fault is true or false"),
        ({"today": "11 May"}, "today is a date such as 2026-05-08"),
        ({"known": "email"}, "known is a list of texts"),
        ({"open_promise": {"what": "refund"}}, "open_promise has a “what” and a “due”"),
        ({"customer_name": 7}, "customer_name is text"),
    ],
)
def test_a_fact_of_the_wrong_shape_is_refused(facts: dict, reason: str):
    with pytest.raises(BadContext, match=reason):
        context_of(facts)


def test_facts_nobody_knows_are_left_aside():
    assert context_of({"weather": "rain", "mood": None}) == context_of({})


def answers(monkeypatch: pytest.MonkeyPatch, lines: bytes) -> list[dict]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines)))
    out = io.StringIO()
    call_command("check_reply", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_command_answers_each_line_and_goes_on_after_a_bad_one(monkeypatch: pytest.MonkeyPatch):
    asked = json.dumps({"draft": "You claim the box was empty.", "customer_message": "", "context": {"mood": None}})
    lines = [asked, "{", "[1]", '{"draft": 1}', '{"draft": "Hi", "context": {"mood": "cross"}}', "\xff", asked]
    first, *bad, last = answers(monkeypatch, "\n".join(lines).encode("latin-1"))
    assert first == last
    assert first["findings"][0]["rule"] == "blame.doubt"
    assert (first["findings"][0]["start"], first["findings"][0]["end"]) == (0, 9)
    assert set(first["findings"][0]) == {"rule", "level", "start", "end", "message", "suggestion"}
    assert len(first["steps"]) == 7
    assert [set(answer) for answer in bad] == [{"error"}] * 5
    assert "mood is one of" in bad[3]["error"]


def test_who_holds_an_email_address_may_ask_for_the_address_of_a_house():
    known = ["e-mail address"]
    assert "answer.asks-known" not in rules("Could you send me the address of the house?", known=known)
    assert "answer.asks-known" in rules("Could you send me your email address?", known=known)


def test_what_our_signature_says_below_is_no_promise():
    below = "\n-- \nAcme Support\nWe'll get back to you as soon as possible."
    assert [one.rule for one in check(f"I sent the pole.{below}").findings] == [
        one.rule for one in check("I sent the pole.").findings
    ]
