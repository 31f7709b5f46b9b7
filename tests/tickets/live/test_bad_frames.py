"""What a socket answers to frames that it cannot understand."""

import json
from collections.abc import Callable

import pytest

from tests.cast import Cast, complaint
from tests.tickets.live.sockets import Socket, aside
from tickets.live import requests
from tickets.live.requests import BadFrame, Request

Open = Callable[..., object]


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "17", '"me"', "{}", '{"hello":1}', '{"subscribe":"me"}', '{"subscribe":[1]}',
        '{"subscribe":[["me"]]}', '{"unsubscribe":{}}', '{"presence":1}', '{"presence":{"ticket":"1","doing":"viewing"}}',
        '{"presence":{"ticket":true,"doing":"viewing"}}', '{"presence":{"ticket":1,"doing":"sleeping"}}',
        '{"presence":{"ticket":1,"doing":["viewing"]}}', json.dumps({"subscribe": ["q" * 41]}),
        json.dumps({"subscribe": ["me"], "x": "y" * requests.LONGEST}), "[" * 5000, None,
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_request_with_a_sentence(text: str | None) -> None:
    with pytest.raises(BadFrame) as refusal:
        requests.read(text)
    assert str(refusal.value).endswith(".")


def test_it_reads_every_part_of_a_request() -> None:
    text = '{"subscribe":["me","me","queue:3"],"unsubscribe":["floor"],"presence":{"ticket":7,"doing":"gone"},"ping":1}'
    assert requests.read(text) == Request(("me", "queue:3"), ("floor",), 7, "gone", True)


async def test_a_broken_frame_is_answered_and_the_next_one_served(people: Cast, open_socket: Open) -> None:
    socket: Socket = await open_socket(people.ana)
    await socket.say_text("{")
    assert (await socket.answers("error"))["error"] == "A frame must be a JSON object."
    assert (await socket.subscribe("me"))["subscribed"] == ["me"]


async def test_it_refuses_more_topics_than_one_socket_may_hear(people: Cast, open_socket: Open) -> None:
    socket: Socket = await open_socket(people.ana)
    await socket.say(subscribe=[f"ticket:{number}" for number in range(1, requests.MOST_TOPICS + 2)])
    assert "at most" in (await socket.answers("error"))["error"]


async def test_presence_on_a_ticket_that_is_not_heard_is_refused(people: Cast, open_socket: Open) -> None:
    ticket = await aside(complaint, people)
    socket: Socket = await open_socket(people.moira, f"ticket:{ticket.pk}")
    await socket.say(presence={"ticket": ticket.pk, "doing": "viewing"})
    assert (await socket.answers("error"))["error"].startswith("Subscribe to a ticket")


async def test_a_ping_is_answered(people: Cast, open_socket: Open) -> None:
    socket: Socket = await open_socket(people.ana)
    await socket.say(ping=1)
    await socket.answers("pong")
