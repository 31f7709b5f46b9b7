"""Who may hear what, when it is asked for and ever after."""

from collections.abc import Callable

import pytest
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from tests.cast import Cast, complaint
from tests.tickets.live.sockets import OWN, Socket, aside, cookie, dial
from tickets import access
from tickets.live import guard, sight
from tickets.live.origin import is_own_origin
from tickets.live.station import Station
from tickets.models import Role

Open = Callable[..., object]


async def test_it_admits_to_own_topics_and_refuses_all_others(people: Cast, open_socket: Open) -> None:
    theirs = await aside(complaint, people)
    socket: Socket = await open_socket(people.moira)
    own = [f"queue:{people.returns.pk}", "me"]
    foreign = [f"queue:{people.deliveries.pk}", f"ticket:{theirs.pk}", "floor", "ticket:999999"]
    nonsense = ["queue:", "queue:x", "queue:-1", f"queue:0{people.returns.pk}", "all", "", "me:1", "ticket:1e3"]
    answer = await socket.subscribe(*own, *foreign, *nonsense)
    assert answer["subscribed"] == own
    assert answer["refused"] == foreign + nonsense
    assert set(answer["n"]) == set(own)


async def test_a_supervisor_hears_the_floor_and_every_queue(people: Cast, open_socket: Open) -> None:
    socket: Socket = await open_socket(people.lee)
    wanted = ["floor", f"queue:{people.deliveries.pk}", f"queue:{people.returns.pk}"]
    assert (await socket.subscribe(*wanted))["refused"] == []
    ticket = await aside(complaint, people)
    await socket.hears(topic="floor", kind="ticket", ticket=ticket.pk)


async def test_a_refused_topic_says_nothing_of_its_tickets(people: Cast, open_socket: Open) -> None:
    moira: Socket = await open_socket(people.moira, f"queue:{people.deliveries.pk}", f"queue:{people.returns.pk}")
    await aside(complaint, people)
    own = await aside(complaint, people, team=people.returns)
    await moira.hears(kind="ticket", ticket=own.pk)
    assert [frame["ticket"] for frame in moira.heard(kind="ticket")] == [own.pk]


async def test_it_takes_a_queue_away_at_once_when_a_team_is_taken_away(people: Cast, open_socket: Open) -> None:
    queue = f"queue:{people.deliveries.pk}"
    socket: Socket = await open_socket(people.ana, queue, "me")
    await aside(people.deliveries.members.remove, people.ana)
    assert (await socket.hears(refused=[queue]))["subscribed"] == []
    await aside(complaint, people)
    assert (await socket.subscribe("me"))["subscribed"] == ["me"]
    assert socket.heard(kind="ticket") == []


async def test_it_notices_at_the_heartbeat_what_nobody_announced(people: Cast, open_socket: Open) -> None:
    queue = f"queue:{people.deliveries.pk}"
    socket: Socket = await open_socket(people.ana, queue)
    members = people.deliveries.members.through.objects
    await aside(members.filter(agent=people.ana).delete)
    await socket.hears(refused=[queue])


async def test_it_takes_the_floor_away_from_one_who_is_supervisor_no_more(people: Cast, open_socket: Open) -> None:
    socket: Socket = await open_socket(people.lee, "floor")
    people.lee.role = Role.AGENT
    await aside(people.lee.save, update_fields=["role"])
    await socket.hears(refused=["floor"])


async def test_it_closes_the_sockets_of_a_session_that_signs_out_and_no_others(people: Cast, open_socket: Open) -> None:
    leaving: Socket = await open_socket(people.ana, "me")
    staying: Socket = await open_socket(people.ana, "me")
    key = dict(leaving.line.scope["headers"])[b"cookie"].decode().partition("=")[2]

    def sign_out() -> None:
        request = RequestFactory().get("/")
        request.user, request.session = people.ana, Client().session.__class__(key)
        logout(request)

    await aside(sign_out)
    assert await leaving.closes() == 4001
    assert (await staying.subscribe("me"))["subscribed"] == ["me"]


async def test_it_closes_the_sockets_of_one_who_was_deactivated(people: Cast, open_socket: Open) -> None:
    socket: Socket = await open_socket(people.ana, "me")
    people.ana.is_active = False
    await aside(people.ana.save, update_fields=["is_active"])
    assert await socket.closes() == 4001


async def test_it_closes_the_sockets_opened_with_an_old_password(people: Cast, open_socket: Open) -> None:
    socket: Socket = await open_socket(people.ana, "me")
    people.ana.set_password("another long pass phrase")
    await aside(people.ana.save, update_fields=["password"])
    assert await socket.closes() == 4001


async def test_it_closes_a_socket_whose_session_is_gone(people: Cast, open_socket: Open) -> None:
    socket: Socket = await open_socket(people.ana, "me")
    await aside(Session.objects.all().delete)
    assert await socket.closes() == 4001


async def test_it_tells_a_visitor_without_a_session_that_they_are_signed_out(live: Station) -> None:
    socket = await dial(OWN)
    assert await socket.closes() == 4001
    assert socket.frames == []
    await socket.close()


@pytest.mark.parametrize(
    "origin", [b"https://evil.example", b"http://testserver:8081", b"null", b"http://testserver.evil.example"]
)
async def test_it_refuses_the_handshake_of_a_foreign_page(people: Cast, live: Station, origin: bytes) -> None:
    headers = [(b"host", b"testserver"), (b"origin", origin), (b"cookie", await aside(cookie, people.ana))]
    line = (await dial(headers)).line
    assert live.hub.subscribers == set()
    await line.wait()


@pytest.mark.parametrize(
    ("origin", "host", "is_own"),
    [
        ("http://desk.example", "desk.example", True),
        ("http://desk.example:8000", "desk.example:8000", True),
        ("https://public.example", "inner:8000", True),
        ("https://public.example:8443", "inner:8000", False),
        ("http://elsewhere.example", "elsewhere.example", False),
        ("http://desk.example", "desk.example:8000", False),
        ("", "desk.example", False),
        ("null", "desk.example", False),
        ("http://[::1", "desk.example", False),
    ],
)
@override_settings(PUBLIC_URL="https://public.example", ALLOWED_HOSTS=["desk.example", "inner"])
def test_an_origin_is_ours_at_our_public_address_or_at_the_host_that_was_asked(
    origin: str, host: str, is_own: bool
) -> None:
    assert is_own_origin(origin, host) is is_own


def test_what_is_heard_on_is_what_would_be_admitted_anew(cast: Cast) -> None:
    """The batch that authorises again and the rule of `access` are one rule."""
    tickets = [complaint(cast), complaint(cast, team=cast.returns)]
    topics = ["me", "floor"] + [f"ticket:{ticket.pk}" for ticket in tickets]
    topics += [f"queue:{team.pk}" for team in (cast.deliveries, cast.returns)]
    agents = [cast.ana, cast.moira, cast.lee, cast.sam]
    found = sight.standing([agent.pk for agent in agents], [], [ticket.pk for ticket in tickets], tickets[0].created_at)
    for agent in agents:
        for topic in topics:
            hears = found.sights[agent.pk].hears(topic, guard._team(topic, found))
            assert hears == access.may_subscribe(agent, topic), (agent.name, topic)
