"""A stand-in for the server of a larger model."""

from collections.abc import Iterator

import pytest

from tests.stand_in import KEY, MODEL, StandIn, stand_in
from tickets.assistant.chat_completions import ChatCompletions


@pytest.fixture
def server() -> Iterator[StandIn]:
    with stand_in() as server:
        yield server


@pytest.fixture
def writer(server: StandIn) -> ChatCompletions:
    return ChatCompletions(server.url, KEY, MODEL)
