"""Getting in: a line to the server of EMAIL_URL, and every failure of that in plain words."""

import smtplib
import socket
import ssl
from contextlib import ExitStack
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.conf import settings

SECONDS = 30  # for each answer
NAME_MISMATCH = {62, 64}  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH


class Away(Exception):
    """Our server cannot be reached, or does not let us in: that is no mail's own trouble, and stops them all."""


def connect() -> smtplib.SMTP:
    """A line to the server, signed in. Raises Away; where TLS is asked for, nothing leaves without it."""
    url = urlsplit(settings.EMAIL_URL)
    try:
        server = _opened(url)
        with ExitStack() as on_failure:
            on_failure.callback(server.close)
            _enter(server, url)
            on_failure.pop_all()
    except OSError as error:  # smtplib's own errors are among them
        raise Away(explain(error)) from error
    return server


def _opened(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        return smtplib.SMTP_SSL(host, url.port or 465, timeout=SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(host, url.port or 25, timeout=SECONDS)


def _enter(server: smtplib.SMTP, url: SplitResult) -> None:
    """STARTTLS where EMAIL_URL ends in ?tls=1 (RFC 3207), then who we are."""
    if dict(parse_qsl(url.query)).get("tls") == "1":
        _encrypt(server)
    if url.username:
        _sign_in(server, unquote(url.username), unquote(url.password or ""))
    server.ehlo_or_helo_if_needed()
    if server.sock:  # the last line of a mail must not wait for the one before to be confirmed
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _encrypt(server: smtplib.SMTP) -> None:
    try:
        server.starttls(context=ssl.create_default_context())
    except smtplib.SMTPNotSupportedError as cannot:
        raise Away("Our mail server offers no STARTTLS, and nothing is sent without it.") from cannot


def _sign_in(server: smtplib.SMTP, user: str, password: str) -> None:
    try:
        server.login(user, password)
    except smtplib.SMTPAuthenticationError as no:
        said = f"{no.smtp_code} {in_words(no.smtp_error)}"
        raise Away(f"Our mail server does not take our user or password: {said}") from no
    except smtplib.SMTPNotSupportedError as cannot:
        raise Away("Our mail server takes no password on this line; it may want TLS first.") from cannot
    except UnicodeError as letters:
        raise Away("Our user or password for the mail server has letters that it cannot be told.") from letters


def explain(error: OSError) -> str:
    """What kept us from the server, in a sentence."""
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code in NAME_MISMATCH:
            return "The certificate of our mail server was made for another name, so nothing is sent to it."
        return f"The certificate of our mail server is not trusted ({error.verify_message}), so nothing is sent to it."
    if isinstance(error, ssl.SSLError):
        return "Our mail server does not speak TLS on this port, and nothing is sent without it."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"Our mail server does not let us in: {error.smtp_code} {in_words(error.smtp_error)}"
    if isinstance(error, socket.gaierror):
        return "Our mail server was not found by its name."
    if isinstance(error, TimeoutError):
        return "Our mail server did not answer in time."
    return f"Our mail server could not be reached ({type(error).__name__})."


def in_words(answer: bytes | str) -> str:
    """What a server said, on one line, at most 400 characters."""
    return (answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer).replace("\n", " ")[:400]
