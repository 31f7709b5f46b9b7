"""Reads the environment, one loud reader a type: a wrong value names itself instead of being guessed at."""

import os
import re
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PLACE = r"(?:[^/?#\s]+@)?(?:[^@:/?#\s]+|\[[0-9a-f:.]+\])(?::\d{1,5})?/?"
MAIL_SERVER = re.compile(rf"smtp://{PLACE}(?:\?tls=[01])?|smtps://{PLACE}", re.I)
WEB_ADDRESS = re.compile(r"https?://(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?(/[!-~]*)?", re.I)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def file(name: str) -> str:
    """The path of a file that is there; empty where none is named. Raises ImproperlyConfigured for one that cannot be read."""
    path = text(name)
    if path and not os.access(path, os.R_OK):
        raise ImproperlyConfigured(f"{name} names a file that cannot be read: {path!r}.")
    return path


def together(*names: str, needed: bool) -> list[str]:
    """Texts that must all be there where they are needed; raises ImproperlyConfigured, which names what is missing."""
    values = [text(name) for name in names]
    if needed and (missing := [name for name, value in zip(names, values, strict=True) if not value]):
        raise ImproperlyConfigured(f"{' and '.join(missing)} must be set too.")
    return values


def web_address(name: str) -> str:
    """An address that begins with http:// or https://, without a slash at its end; empty where none is given.

    Raises ImproperlyConfigured for anything else. The value is not repeated: a key may have slipped into it.
    """
    value = text(name).rstrip("/")
    if value and not WEB_ADDRESS.fullmatch(value):
        raise ImproperlyConfigured(f"{name} must be an address such as https://host/v1.")
    return value


def token(name: str) -> str:
    """What goes into a header (RFC 9110 §5.5); raises ImproperlyConfigured for blanks and letters that none can carry."""
    value = text(name)
    if not all("!" <= letter <= "~" for letter in value):
        raise ImproperlyConfigured(f"{name} must be of ASCII letters, figures and signs, without blanks.")
    return value


def number(name: str, default: int) -> int:
    """A whole number; raises ImproperlyConfigured for anything else."""
    value = text(name, str(default))
    if not value.lstrip("-").isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def port(name: str, default: int) -> int:
    """A port, 0 to 65535 (RFC 9293 §3.1); raises ImproperlyConfigured for anything else."""
    found = number(name, default)
    if not 0 <= found <= 65_535:
        raise ImproperlyConfigured(f"{name} must be a port from 0 to 65535, not {found}.")
    return found


def yes(name: str, default: bool) -> bool:
    """1, true, yes, on, or 0, false, no, off; raises ImproperlyConfigured for anything else."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def secret(name: str, kept_in: Path) -> str:
    """The secret key: from the environment, else one made once and kept in a file that only its owner reads."""
    if value := text(name):
        return value
    try:
        descriptor = os.open(kept_in, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return kept_in.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(made := token_urlsafe(50))
    return made


def mail_server(name: str) -> str:
    """`smtp://user:password@host:587/?tls=1` or `smtps://…`; raises ImproperlyConfigured for anything else.

    A wish for TLS that is misspelled must not become mail in clear.
    """
    value = text(name)
    if value and not MAIL_SERVER.fullmatch(value):
        said = "smtp://user:password@host:port/?tls=1 (STARTTLS), smtps://…, or smtp://… for a line without TLS"
        raise ImproperlyConfigured(f"{name} must be {said}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(folder: Path) -> dict[str, Any]:
    """DATABASE_URL as Django's settings: `postgres://user:password@host:5432/name`, or `sqlite:///path` (the default)."""
    url = urlsplit(text("DATABASE_URL", f"sqlite:///{folder / 'kintsugi.sqlite3'}"))
    if url.scheme in {"postgres", "postgresql"}:
        return postgresql(
            url.hostname, url.port, unquote(url.path[1:]), url.username, url.password, dict(parse_qsl(url.query))
        )
    if url.scheme == "sqlite":
        return sqlite(unquote(url.path.removeprefix("/") if url.path.startswith("//") else url.path))
    raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")


def postgresql(
    host: str | None, port: int | None, name: str, user: str | None, password: str | None, query: dict[str, str]
) -> dict[str, Any]:
    # A transaction that hangs would hide its event from the live feed for longer than the feed looks back.
    limits = "-c statement_timeout=30s -c idle_in_transaction_session_timeout=15s -c lock_timeout=15s"
    # Parallel workers and compiled plans take longer to start than a page has.
    plans = "-c max_parallel_workers_per_gather=0 -c jit=off"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(user or ""),
        "PASSWORD": unquote(password or ""),
        "HOST": query.pop("host", host or ""),
        "PORT": port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": f"{limits} {plans}", "connect_timeout": 5, **query},
    }


def sqlite(path: str) -> dict[str, Any]:
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 600,  # a new connection plans by new statistics
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        "TEST": {"NAME": f"{path}.test"},
    }
