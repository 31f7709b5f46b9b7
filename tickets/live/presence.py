"""Who looks at which ticket and who writes a reply: known in memory only, and forgotten when nobody repeats it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

LASTS = 45.0  # seconds; three heartbeats, at each of which a process repeats what its sockets do


@dataclass(frozen=True)
class Doing:
    """One open page: `page` is its socket anywhere, `team` owns the ticket, `what` is viewing, writing or gone."""

    page: str
    ticket: int
    team: int
    agent: int
    name: str
    initials: str
    what: str


class Presence:
    def __init__(self) -> None:
        self._pages: dict[tuple[int, str], tuple[Doing, float]] = {}

    def note(self, doing: Doing, now: float) -> bool:
        """Remember it for LASTS from `now` (monotonic seconds); whether it is news."""
        key = (doing.ticket, doing.page)
        was = self._pages.pop(key, None)
        if doing.what != "gone":
            self._pages[key] = (doing, now + LASTS)
        return (was[0].what if was else "gone") != doing.what

    def expire(self, now: float) -> list[Doing]:
        """Forget the pages of which nothing was heard any more; what was forgotten."""
        old = [key for key, (_, until) in self._pages.items() if until <= now]
        return [self._pages.pop(key)[0] for key in old]

    def of_page(self, page: str) -> list[Doing]:
        return [doing for (_, key), (doing, _) in self._pages.items() if key == page]

    def here(self, ticket: int) -> list[dict[str, Any]]:
        """The people on a ticket, each once; who writes in one of their tabs writes."""
        people: dict[int, dict[str, Any]] = {}
        for (number, _), (doing, _) in sorted(self._pages.items()):
            if number == ticket and people.get(doing.agent, {}).get("doing") != "writing":
                person = {"id": doing.agent, "name": doing.name, "initials": doing.initials, "doing": doing.what}
                people[doing.agent] = person
        return list(people.values())

    def told_by(self, topics: Collection[str]) -> dict[int, str]:
        """The tickets with somebody on them, each with that of these topics which tells of it."""
        found: dict[int, str] = {}
        for doing, _ in self._pages.values():
            if told := [topic for topic in topics_of(doing) if topic in topics]:
                found[doing.ticket] = told[0]
        return found


def topics_of(doing: Doing) -> tuple[str, str]:
    return f"ticket:{doing.ticket}", f"queue:{doing.team}"
