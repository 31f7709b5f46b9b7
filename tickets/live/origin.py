"""Sockets are accepted from our own pages only: a browser sends a visitor's cookies along from anywhere."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


class OwnOriginOnly:
    """Refuses the handshake (HTTP 403) of any other page, and of what names no page at all (RFC 6455 §10.2)."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        is_own = is_own_origin(headers.get(b"origin", ""), headers.get(b"host", ""))
        # What sessions and sign-in wrap around `send` is for handshakes; frames go straight to the server.
        await (self._application if is_own else WebsocketDenier())({**scope, "straight": send}, receive, send)


def is_own_origin(origin: str, host: str) -> bool:
    """Whether the page is at our public address, or at the very host and port of ours that was asked for."""
    if origin.rstrip("/").lower() == _origin(settings.PUBLIC_URL):
        return True
    domain, _ = split_domain_port(host)
    is_ours = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
    return is_ours and _origin(origin).partition("://")[2] == host.lower()


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""
