"""What is set in the environment is understood, or named."""

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
