"""A desk's list as a client keeps it: by the rules that the socket promises, and nothing cleverer."""

from datetime import datetime
from typing import Any

from tests.tickets.live.sockets import aside
from tickets import access, lists
from tickets.models import Agent, Ticket

Queue = dict[int, dict[str, Any]]


def fresh(agent: Agent, team: int, now: datetime) -> Queue:
    """What a fresh load of a queue shows this person: each row, with its views and what is only theirs."""
    tickets = access.visible_tickets(agent).filter(team=team)
    rows = lists.add_personal(lists.rows(tickets), agent)
    views = lists.membership([row["number"] for row in rows], now)
    mine = set(Ticket.objects.filter(lists.my_open(agent)).values_list("pk", flat=True))
    return {row["number"]: {**row, "views": views[row["number"]], "mine": row["number"] in mine} for row in rows}


class Screen:
    """Takes frames; a gap, another epoch or a new connection makes it read the topics that it shows again."""

    def __init__(self, agent: Agent, teams: list[int], now: datetime) -> None:
        self.agent, self.now = agent, now
        self.topics = {f"queue:{team}": team for team in teams}
        self.queues: dict[str, Queue] = {}
        self.loads = 0
        self._epoch = ""
        self._last: dict[str, int] = {}

    def subscription(self) -> list[str]:
        return [*self.topics, "me"]

    async def take(self, frame: dict[str, Any]) -> None:
        if "subscribed" in frame:
            # Read only now: what is committed from here on comes by the socket.
            self._last = dict(frame["n"])
            await self._read(*self.topics)
        elif "hello" in frame:
            self._epoch = frame["hello"]["epoch"]
        elif "heartbeat" in frame:
            beat = frame["heartbeat"]
            lost = [
                topic for topic, n in beat["n"].items() if self._last.get(topic) != n or beat["epoch"] != self._epoch
            ]
            self._epoch, self._last = beat["epoch"], dict(beat["n"])
            await self._lose(lost)
        elif "n" in frame and frame.get("topic") in self._last:
            await self._news(frame)

    async def _news(self, frame: dict[str, Any]) -> None:
        topic, n = frame["topic"], frame["n"]
        before, self._last[topic] = self._last[topic], n
        if n != before + 1:
            await self._lose([topic])
        elif frame["kind"] == "ticket":
            self._show(topic, frame)
        elif frame["kind"] == "left":
            self.queues[topic].pop(frame["ticket"], None)
        elif frame["kind"] == "me":
            self._own(frame)

    def _show(self, topic: str, frame: dict[str, Any]) -> None:
        row, held = frame["row"], self.queues[topic].get(frame["ticket"], {"version": 0})
        if row["version"] >= held["version"]:
            known = {key: held[key] for key in ("unread", "draft", "mine") if key in held}
            personal = {"unread": True, "draft": False, "mine": False, **known}
            self.queues[topic][frame["ticket"]] = {**row, "views": frame["views"], **personal}

    def _own(self, frame: dict[str, Any]) -> None:
        for queue in self.queues.values():
            if row := queue.get(frame["ticket"]):
                row |= {"unread": frame["unread"], "draft": frame["draft"], "mine": "my_open" in frame["views"]}

    async def _lose(self, topics: list[str]) -> None:
        # What is only theirs shows on every queue.
        await self._read(*(self.topics if "me" in topics else [topic for topic in topics if topic in self.topics]))

    async def _read(self, *topics: str) -> None:
        for topic in topics:
            self.loads += 1
            self.queues[topic] = await aside(fresh, self.agent, self.topics[topic], self.now)
