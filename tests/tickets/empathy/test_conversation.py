"""What is still unanswered across a thread."""

import pytest

from tickets.empathy.conversation import Said, points
from tickets.empathy.heard import read


def theirs(key: int, text: str) -> Said:
    heard = read(text)
    return Said(key, True, text, tuple((one.kind, one.text) for one in (*heard.questions, *heard.wishes)))


def ours(key: int, text: str) -> Said:
    return Said(key, False, text)


def test_it_keeps_a_question_open_until_a_reply_takes_it_up() -> None:
    thread = [
        theirs(1, "Where is my tent? Can I still use the voucher from spring?"),
        ours(2, "Your tent left our warehouse this morning."),
        theirs(3, "Thanks. How much is the postage?"),
    ]
    assert [(point.key, point.place, point.answered_by) for point in points(thread)] == [
        (1, 0, 2),
        (1, 1, None),
        (3, 0, None),
    ]


def test_a_later_reply_can_take_up_an_old_question() -> None:
    thread = [
        theirs(1, "Does the warranty cover the zip?"),
        ours(2, "I have asked our workshop."),
        ours(3, "The warranty runs until May and covers it."),
    ]
    assert [point.answered_by for point in points(thread)] == [3]


def test_what_we_said_before_answers_nothing() -> None:
    thread = [ours(1, "The warranty runs until May."), theirs(2, "Does the warranty cover the zip?")]
    assert [point.answered_by for point in points(thread)] == [None]


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("When will it come?", "It will be with you on Friday 15 May."),
        ("How much do I get back?", "We have sent you €129.99."),
        ("Why did this happen?", "The label fell off, because our printer ran out of ink."),
        ("Has my parcel been dispatched?", "The courier has it since noon."),
        ("I want my money back.", "The refund left us today."),
        ("Wann kommt mein Paket?", "Die Sendung ist seit heute unterwegs."),
        ("Warum wurde zweimal abgebucht?", "Das lag daran, dass zwei Aufträge gespeichert waren."),
    ],
)
def test_it_recognises_an_answer_in_other_words(asked: str, reply: str) -> None:
    assert all(point.answered_by == 2 for point in points([theirs(1, asked), ours(2, reply)]))


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("When will it come?", "Thank you for your message, we look into it."),
        ("Where is my tent?", "Which tent did you order?"),
        ("Can you tell me what the postage to Malta is?", "Please tell me what I can do for you."),
        ("I want a replacement.", "Thank you for telling us."),
        ("Where is my tent?", ""),
    ],
)
def test_a_reply_that_says_nothing_on_it_leaves_it_open(asked: str, reply: str) -> None:
    found = points([theirs(1, asked), ours(2, reply)])
    assert found and all(point.answered_by is None for point in found)
