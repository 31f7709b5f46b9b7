"""The web process: sockets by Channels, HTTP from a fixed pool of threads, each with its lasting database connection."""

import gc
from typing import Any

from a2wsgi import WSGIMiddleware
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.urls import path, re_path

from config import warming
from config.alone import be_the_only_one
from config.whole_bodies import WholeBodies
from config.wsgi import application as wsgi
from tickets.live import station
from tickets.live.consumer import DeskSocket
from tickets.live.origin import OwnOriginOnly

ALLOCATIONS = 10_000  # objects more than before, until the collector looks for cycles among the new ones
THREADS = 8  # one database connection each; Django under ASGI would open one a request


async def lifespan(_scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Start what keeps sockets live with the server, and stop it with it."""
    await receive()
    try:
        if not settings.REDIS_URL:
            be_the_only_one(settings.VAR_DIR)
        await station.begin()
    except (ImproperlyConfigured, DatabaseError) as error:
        await send({"type": "lifespan.startup.failed", "message": str(error)})
        return
    _spare_what_lasts()
    warming.begin()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await station.end()
    await send({"type": "lifespan.shutdown.complete"})


def _spare_what_lasts() -> None:
    """What was loaded at the start lives to the end: looking through it for garbage holds everybody up for 0.2 s."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS, 10, 10)


# Channels routes ASGI applications with Django's path(), whose types know views alone.
desk: Any = OwnOriginOnly(AuthMiddlewareStack(DeskSocket.as_asgi()))
http: Any = wsgi
sockets = URLRouter(
    [
        path("ws/", desk),
        re_path("", WebsocketDenier.as_asgi()),
    ]
)
application = ProtocolTypeRouter(
    {"http": WholeBodies(WSGIMiddleware(http, workers=THREADS)), "websocket": sockets, "lifespan": lifespan}
)
