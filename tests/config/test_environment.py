"""What is set in the environment is understood, or named."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment as env


@pytest.mark.parametrize(
    "value",
    [
        "",
        "smtp://localhost:25",
        "smtp://us%40kintsugi.example:a%2Fb@mx.example:587/?tls=1",
        "smtp://us@kintsugi.example:secret@mx.example:587?tls=1",
        "smtp://mx.example/?tls=0",
        "smtps://us:secret@mx.example",
        "smtp://[::1]:2525",
    ],
)
def test_it_takes_a_mail_server(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", value)
    assert env.mail_server("EMAIL_URL") == value


@pytest.mark.parametrize(
    "value",
    [
        "mx.example:587",
        "smtp://mx.example/?tls=yes",
        "smtp://mx.example/?TLS",
        "smtps://mx.example/?tls=1",
        "smtp://:25",
    ],
)
def test_a_mail_server_that_would_be_guessed_at_is_named(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`?tls=yes` must not be taken for a line without TLS."""
    monkeypatch.setenv("EMAIL_URL", value)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL must be smtp://"):
        env.mail_server("EMAIL_URL")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("", ""),
        ("https://api.example.com/v1", "https://api.example.com/v1"),
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_a_web_address_is_read(monkeypatch: pytest.MonkeyPatch, said: str, read: str) -> None:
    monkeypatch.setenv("ASSISTANT_URL", said)
    assert env.web_address("ASSISTANT_URL") == read


@pytest.mark.parametrize(
    "said", ["api.example.com/v1", "ftp://host/v1", "https://", "https://a b/v1", "http://[", "sk-key"]
)
def test_what_is_no_web_address_is_named_without_repeating_it(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("ASSISTANT_URL", said)
    with pytest.raises(ImproperlyConfigured, match="ASSISTANT_URL must be an address") as refusal:
        env.web_address("ASSISTANT_URL")
    assert said == "https://" or said not in str(refusal.value)


@pytest.mark.parametrize("said", ["two words", "schlüssel", "a\nb"])
def test_a_key_that_no_header_can_carry_is_named_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("ASSISTANT_KEY", said)
    with pytest.raises(ImproperlyConfigured, match="ASSISTANT_KEY must be") as refusal:
        env.token("ASSISTANT_KEY")
    assert said not in str(refusal.value)


@pytest.mark.parametrize(
    ("value", "why"), [("99999", "a port from 0 to 65535"), ("-1", "a port"), ("web", "a whole number")]
)
def test_a_port_that_cannot_be_is_a_sentence_on_the_command_line(value: str, why: str) -> None:
    said = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--help"],
        env={**os.environ, "PORT": value},
        capture_output=True,
        text=True,
    )
    assert (said.returncode, said.stderr.startswith(f"PORT must be {why}"), "Traceback" in said.stderr) == (
        1,
        True,
        False,
    )
