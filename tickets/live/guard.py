"""Authorises again: at every heartbeat everybody, and at once those whose access changed."""

import asyncio
from collections.abc import Collection, Iterable

import structlog
from channels.db import database_sync_to_async
from django.db import DatabaseError
from django.utils import timezone

from tickets.live import sight
from tickets.live.frames import encode
from tickets.live.hub import Hub, Subscriber
from tickets.live.nudging import fingerprint
from tickets.live.sight import Standing

TOGETHER = 50  # sockets told in one go, so that a beat of a thousand does not hold up a frame
log = structlog.get_logger(__name__)


async def look_again(hub: Hub, subscribers: Collection[Subscriber]) -> None:
    """Close who is signed out, refuse what may no longer be heard; five queries for all. Does nothing without a database."""
    asked = list(subscribers)
    people = {subscriber.sight.agent for subscriber in asked}
    sessions = {subscriber.session for subscriber in asked}
    try:
        found = await database_sync_to_async(_look)(people, sessions, hub.open_tickets)
    except DatabaseError:
        log.warning("access_not_checked", sockets=len(asked))
        return
    for subscriber in asked:
        if subscriber in hub.subscribers:
            _apply(hub, subscriber, found)


def _look(people: Collection[int], sessions: Collection[str], tickets: Collection[int]) -> Standing:
    now = timezone.now()
    sight.seen(people, now)
    return sight.standing(people, sessions, tickets, now)


def _apply(hub: Hub, subscriber: Subscriber, found: Standing) -> None:
    now_is = found.sights.get(subscriber.sight.agent)
    if now_is is None or now_is.proof != subscriber.sight.proof or subscriber.session not in found.sessions:
        subscriber.sign_out()
        return
    subscriber.sight = now_is
    lost = [name for name in subscriber.topics if not now_is.hears(name, _team(name, found))]
    if lost:
        hub.refuse(subscriber, sorted(lost))


def _team(name: str, found: Standing) -> int | None:
    kind, _, key = name.partition(":")
    return found.teams.get(int(key)) if kind == "ticket" else None


def sign_out(hub: Hub, session: str) -> None:
    """Close the sockets of the session with this fingerprint."""
    for subscriber in [one for one in hub.subscribers if fingerprint(one.session) == session]:
        subscriber.sign_out()


async def beat(hub: Hub) -> None:
    """Tell everybody the epoch and the numbers of their topics, so that they notice what they missed."""
    for some in _portions(hub.subscribers):
        for subscriber in some:
            if subscriber in hub.subscribers:
                numbers = hub.numbers(subscriber, subscriber.topics)
                subscriber.push(encode({"heartbeat": {"epoch": hub.epoch, "n": numbers}}))
        await asyncio.sleep(0)


def _portions(subscribers: Iterable[Subscriber]) -> list[list[Subscriber]]:
    everybody = list(subscribers)
    return [everybody[start : start + TOGETHER] for start in range(0, len(everybody), TOGETHER)]
