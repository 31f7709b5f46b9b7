"""Mail that a machine sent, and mail that only looks so."""

import pytest

from tickets.mail.parse import parse


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (failure)",
        "Auto-Submitted: auto-notified; owner-email=a@b.example",
        "Precedence: bulk",
        "X-Precedence: auto_reply",
        "X-Autoreply: yes",
        "X-Auto-Response-Suppress: DR, RN, AutoReply",
        "List-Id: <news.example>",
        "List-Unsubscribe: <https://a.example>",
        "Feedback-ID: 1:2",
        "Return-Path: <>",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
    ],
)
def test_it_is_automatic_and_says_why(header: str):
    mail = parse(f"From: nora@customer.example\n{header}\n\nI am away".encode())
    assert mail.automatic
    assert mail.automatic_reason


@pytest.mark.parametrize(
    "sender", ["no-reply@a.example", "noreply@a.example", "MAILER-DAEMON@a.example", "bounces+1@a.example"]
)
def test_it_is_automatic_by_its_sender(sender: str):
    assert parse(f"From: {sender}\n\nHi".encode()).automatic


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: no",
        "Auto-Submitted: No (a person)",
        "Precedence: normal",
        "X-Auto-Response-Suppress: None",
        "X-Autoreply: no",
    ],
)
def test_it_is_written_by_a_person(header: str):
    mail = parse(f"From: nora@customer.example\n{header}\n\nHi".encode())
    assert not mail.automatic
    assert mail.automatic_reason == ""


def test_it_keeps_the_loop_header_for_intake():
    assert parse(b"From: a@b.example\nX-Kintsugi-Loop: desk-1\n\nHi").our_loop_header == "desk-1"


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Your complaint",
        "Out of Office",
        "Abwesenheitsnotiz: Ihre Anfrage",
        "Réponse automatique : Votre demande",
        "[Auto-Reply] Hello",
        "自動返信",
        "Автоматический ответ: заказ",
    ],
)
def test_a_subject_may_sound_like_a_machine_which_alone_proves_nothing(subject: str):
    mail = parse(f"From: nora@customer.example\nSubject: {subject}\n\nHi".encode())
    assert (mail.away, mail.automatic) == (True, False)


@pytest.mark.parametrize(
    "subject", ["Re: Automatic reply", "Absent from the box: the poles", "Office chair", "Autotransport"]
)
def test_a_subject_that_a_person_writes_does_not(subject: str):
    assert not parse(f"From: nora@customer.example\nSubject: {subject}\n\nHi".encode()).away
