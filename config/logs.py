"""Logs as JSON lines on standard error, without message texts, addresses or tokens."""

import re
from typing import Any

import structlog

TOKEN = re.compile(r"\b[0-9]{1,15}-[0-9]{1,9}-[a-z2-7]{26}\b", re.I)
SIGNED = re.compile(r"(/(?:thanks|account)/)[^\s\"']+")
# PostgreSQL quotes the row that it refused, and with that what people wrote.
ROW = re.compile(r"(DETAIL:).*?(?=\n(?:CONTEXT|HINT|The above|During handling)|\Z)", re.S)
ADDRESS = re.compile(r"[^\s@<>\"'=,;:()]+@[\w.-]+\.\w+")
NEVER = frozenset({"text", "body", "subject", "email", "recipient", "token", "password", "sender"})


def without_secrets(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Mask addresses and tokens wherever they stand, and drop fields that hold what people wrote."""
    return {key: _masked(value) for key, value in event.items() if key not in NEVER}


def _masked(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    without_rows = ROW.sub(r"\1 (left out)", value)
    return ADDRESS.sub("(address)", SIGNED.sub(r"\1(token)", TOKEN.sub("(token)", without_rows)))


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
RENDERING: list[Any] = [
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    structlog.processors.format_exc_info,
    without_secrets,
    structlog.processors.JSONRenderer(),
]


def configure() -> None:
    """Make structlog speak through the standard library, where Django's and uvicorn's own lines go too."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": SHARED,
            "processors": RENDERING,
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        **{name: {"level": "INFO"} for name in ("tickets", "escalation", "config")},
        "flufl.bounce": {"level": "CRITICAL"},  # it logs each mail that it cannot read, which we guard against
    },
}
