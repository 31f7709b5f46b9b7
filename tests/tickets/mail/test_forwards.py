"""Whose a mail was that somebody passed on."""

import pytest

from tickets.mail.forwards import forwarded
from tickets.mail.parse import parse

WITHIN = "It leaks.\n\nNora"
GMAIL = "---------- Forwarded message ---------\nFrom: Nora W <nora@c.example>\nSubject: Tent\nTo: <a@b.example>\n\n\n"
OUTLOOK = "________________________________\nFrom: Nora W <nora@c.example>\nSent: Tuesday\nTo: Ana\nSubject: Tent\n\n"
GERMAN = "Von: Nora W [mailto:nora@c.example]\nGesendet: Dienstag, 5. Mai 2026 10:00\nAn: Ana\nBetreff: Tent\n\n"
APPLE = (
    "> Begin forwarded message:\n> \n> From: Nora W <nora@c.example>\n> Subject: Tent\n> To: Ana <a@b.example>\n> \n"
)
THUNDERBIRD = (
    "-------- Forwarded Message --------\nSubject: \tTent\nFrom: \tNora W <nora@c.example>\nTo: \ta@b.example\n\n"
)
FRENCH = "De : Nora W <nora@c.example>\nEnvoyé : mardi 5 mai 2026 10:00\nÀ : Ana\nObjet : Tent\n\n"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Fwd: Tent", GMAIL + WITHIN),
        ("FW: Tent", OUTLOOK + WITHIN),
        ("WG: Tent", GERMAN + WITHIN),
        ("Fwd: Tent", APPLE + "> It leaks.\n> \n> Nora"),
        ("Tent again", THUNDERBIRD + WITHIN),
        ("TR: Tent", FRENCH + WITHIN),
    ],
)
def test_it_reads_whose_it_was_what_it_said_and_what_stands_above(subject: str, text: str) -> None:
    found = forwarded(parse(f"From: ana@b.example\nSubject: {subject}\n\nCan you help her?\n\n{text}".encode()))
    assert found
    assert (found.sender.name, found.sender.email) == ("Nora W", "nora@c.example")
    assert (found.subject, found.text, found.comment) == ("Tent", WITHIN, "Can you help her?")


def test_it_reads_a_mail_that_is_attached() -> None:
    within = "From: Nora W <nora@c.example>\nSubject: Tent\nMessage-ID: <x@c.example>\n\nIt leaks."
    parts = f"--b\n\nSee this.\n--b\nContent-Type: message/rfc822\n\n{within}\n--b--\n"
    found = forwarded(parse(f"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n{parts}".encode()))
    assert found
    assert (found.sender.email, found.text, found.comment) == ("nora@c.example", "It leaks.", "See this.")
    assert found.message_id == "x@c.example"


@pytest.mark.parametrize(
    "text", ["Hi", "Thanks\n\n-----Original Message-----\nFrom: N <n@c.example>\nTo: A\nSubject: Tent\n\nHi"]
)
def test_a_plain_mail_or_an_answer_passes_nothing_on(text: str) -> None:
    assert forwarded(parse(f"From: a@b.example\nSubject: Re: Tent\n\n{text}".encode())) is None
