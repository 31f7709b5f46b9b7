"""Who looks at a ticket, and who writes."""

from collections.abc import Callable

from tests.cast import Cast, complaint
from tests.tickets.live.sockets import Socket, aside
from tickets.live.presence import LASTS, Doing, Presence

Open = Callable[..., object]
ANA = {"id": 3, "name": "Ana Lima", "initials": "AL"}


def doing(what: str, page: str = "page-1", agent: int = 3) -> Doing:
    return Doing(page, 17, 1, agent, "Ana Lima", "AL", what)


def test_it_is_news_when_somebody_comes_writes_and_goes_and_no_news_when_they_stay() -> None:
    presence = Presence()
    news = [presence.note(doing(what), 0.0) for what in ["viewing", "viewing", "writing", "gone", "gone"]]
    assert news == [True, False, True, True, False]


def test_a_person_with_two_tabs_is_there_once_and_writes_if_they_write_in_one() -> None:
    presence = Presence()
    presence.note(doing("writing", "page-1"), 0.0)
    presence.note(doing("viewing", "page-2"), 0.0)
    assert presence.here(17) == [{**ANA, "doing": "writing"}]
    presence.note(doing("gone", "page-1"), 0.0)
    assert presence.here(17) == [{**ANA, "doing": "viewing"}]


def test_it_forgets_whom_nobody_repeats() -> None:
    presence = Presence()
    presence.note(doing("viewing"), 0.0)
    presence.note(doing("viewing", "page-2", 4), LASTS / 2)
    assert presence.expire(LASTS - 1) == []
    assert [gone.agent for gone in presence.expire(LASTS)] == [3]
    assert [person["id"] for person in presence.here(17)] == [4]


async def test_colleagues_see_who_is_there_who_writes_and_who_left(people: Cast, open_socket: Open) -> None:
    ticket = await aside(complaint, people)
    page, queue = f"ticket:{ticket.pk}", f"queue:{people.deliveries.pk}"
    lee: Socket = await open_socket(people.lee, page, queue)
    ana: Socket = await open_socket(people.ana, page)
    person = {"id": people.ana.pk, "name": "Ana Lima", "initials": "AL"}
    for what in ["viewing", "writing"]:
        await ana.say(presence={"ticket": ticket.pk, "doing": what})
        for topic in [page, queue]:
            await lee.hears(topic=topic, kind="presence", ticket=ticket.pk, here=[{**person, "doing": what}])
    await ana.close()
    await lee.hears(topic=page, kind="presence", here=[])


async def test_whoever_comes_later_is_told_who_is_there(people: Cast, open_socket: Open) -> None:
    ticket = await aside(complaint, people)
    page = f"ticket:{ticket.pk}"
    ana: Socket = await open_socket(people.ana, page)
    await ana.say(presence={"ticket": ticket.pk, "doing": "viewing"})
    await ana.hears(kind="presence")
    lee: Socket = await open_socket(people.lee, f"queue:{people.deliveries.pk}")
    there = await lee.hears(kind="presence", ticket=ticket.pk)
    assert [one["name"] for one in there["here"]] == ["Ana Lima"]
    assert "n" not in there
