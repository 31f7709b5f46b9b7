"""Inside a process: who listens to what; a frame is written once a topic and its text handed to every subscriber."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Protocol

from tickets.live.frames import Frame, encode
from tickets.live.sight import Sight


class Subscriber(Protocol):
    """A socket, as the hub knows it. Neither act waits: who cannot keep up with `push` is closed there."""

    sight: Sight
    session: str
    topics: set[str]
    page: str

    def push(self, text: str) -> None: ...

    def sign_out(self) -> None: ...


@dataclass
class Topic:
    """`number` is that of the last frame; `team` owns the ticket of a ticket's topic."""

    name: str
    number: int
    team: int | None = None
    subscribers: set[Subscriber] = field(default_factory=set)


class Hub:
    """Lives on the server's loop, and is touched from nowhere else."""

    def __init__(self) -> None:
        self.epoch = token_hex(4)
        self.subscribers: set[Subscriber] = set()
        self._topics: dict[str, Topic] = {}
        self._published = 0

    def join(self, subscriber: Subscriber) -> None:
        self.subscribers.add(subscriber)

    def leave(self, subscriber: Subscriber) -> None:
        self.subscribers.discard(subscriber)
        self.unsubscribe(subscriber, list(subscriber.topics))

    def subscribe(self, subscriber: Subscriber, name: str, team: int | None = None) -> None:
        """Begin to hear a topic, to which the caller has admitted them; `team` owns its ticket."""
        key = _key(subscriber, name)
        # A topic begins at the count of all frames, so that its numbers never come twice though nobody keeps them.
        topic = self._topics.setdefault(key, Topic(name, self._published))
        topic.team = team or topic.team
        topic.subscribers.add(subscriber)
        subscriber.topics.add(name)

    def unsubscribe(self, subscriber: Subscriber, names: Iterable[str]) -> None:
        for name in names:
            subscriber.topics.discard(name)
            topic = self._topics.get(_key(subscriber, name))
            if topic is not None:
                topic.subscribers.discard(subscriber)
                if not topic.subscribers:
                    del self._topics[_key(subscriber, name)]

    def refuse(self, subscriber: Subscriber, names: list[str]) -> None:
        """They may no longer hear these topics: they are told so, and hear no more of them."""
        self.unsubscribe(subscriber, names)
        subscriber.push(encode({"subscribed": [], "refused": names}))

    def numbers(self, subscriber: Subscriber, names: Iterable[str]) -> dict[str, int]:
        """The last number of each of these topics, which they hear."""
        return {name: self._topics[_key(subscriber, name)].number for name in names}

    def publish(self, frames: Iterable[Frame]) -> None:
        for frame in frames:
            if frame.ticket is not None and (own := self._topics.get(f"ticket:{frame.ticket}")):
                own.team = frame.team
            for key in frame.topics:
                self._published += 1
                if topic := self._topics.get(key):
                    topic.number += 1
                    _send(self, topic, frame)

    def pass_over(self, frames: int) -> None:
        """Count frames that were not even made, since nobody was here to hear them."""
        self._published += frames

    def team_of(self, ticket: int) -> int | None:
        topic = self._topics.get(f"ticket:{ticket}")
        return topic.team if topic else None

    @property
    def open_tickets(self) -> list[int]:
        """The tickets whose pages are open here."""
        return [int(key.partition(":")[2]) for key in self._topics if key.startswith("ticket:")]

    @property
    def people(self) -> set[int]:
        """Those who hear what only concerns them."""
        return {int(key.partition(":")[2]) for key in self._topics if key.startswith("me:")}


def _key(subscriber: Subscriber, name: str) -> str:
    return f"me:{subscriber.sight.agent}" if name == "me" else name


def _send(hub: Hub, topic: Topic, frame: Frame) -> None:
    text = f'{{"topic":"{topic.name}","n":{topic.number},{frame.body[1:]}'
    for subscriber in tuple(topic.subscribers):
        if frame.team is None or subscriber.sight.sees(frame.team):
            subscriber.push(text)
        else:
            hub.refuse(subscriber, [topic.name])
