"""A server that speaks as OpenAI's does: how it is asked, and a plain sentence for each way in which it may fail."""

import json
import threading
from dataclasses import replace

import pytest

from tests.servers import free_port, until
from tests.stand_in import KEY, MODEL, StandIn, completion
from tickets.assistant import Case, Passage, Turn
from tickets.assistant.chat_completions import AT_ONCE, MOST_BYTES, ChatCompletions
from tickets.errors import Unavailable

CASE = Case([Turn(True, "Where is my tent?")], ["They ask: Where is my tent?"], "Hi {name}, …")
PASSAGE = Passage("You failed to tell us.", "This blames the customer.")


def refused(writer: ChatCompletions) -> str:
    with pytest.raises(Unavailable) as refusal:
        writer.suggest(CASE)
    return str(refusal.value)


def test_it_asks_as_the_api_has_it(writer: ChatCompletions, server: StandIn) -> None:
    assert writer.suggest(CASE) == "Hi {name},\n\nI am sorry.\n\n{owner}"
    [asked] = server.asked
    assert (asked["path"], asked["authorization"], asked["model"]) == ("/v1/chat/completions", f"Bearer {KEY}", MODEL)
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert asked["stream"] is False


def test_it_sends_no_key_where_there_is_none(writer: ChatCompletions, server: StandIn) -> None:
    replace(writer, key="").suggest(CASE)
    assert server.asked[0]["authorization"] is None


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (401, "does not take our key"),
        (403, "does not take our key"),
        (404, "address or model is not there"),
        (429, "asked too much"),
        (400, "in trouble (HTTP 400)"),
        (502, "in trouble (HTTP 502)"),
    ],
)
def test_a_refusal_is_said_in_plain_words(writer: ChatCompletions, server: StandIn, status: int, told: str) -> None:
    server.status = status
    assert told in refused(writer)


def test_it_follows_no_redirect(writer: ChatCompletions, server: StandIn) -> None:
    """Another server is given neither the key nor what the customer wrote."""
    server.status, server.headers = 307, {"Location": f"{server.url}/elsewhere"}
    assert "HTTP 307" in refused(writer)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Bad gateway</html>",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b'{"choices": []}',
        b'{"choices": [{"message": "Hi"}]}',
        b'{"choices": [["message"]]}',
        b'{"choices": "Hi"}',
        completion(None),
        completion(["Hi"]),
        b"[" * 100_000,
    ],
)
def test_what_cannot_be_read_is_said(writer: ChatCompletions, server: StandIn, body: bytes) -> None:
    server.body = body
    assert "cannot be read" in refused(writer)


def test_nothing_at_all_is_said(writer: ChatCompletions, server: StandIn) -> None:
    server.says(" \n")
    assert "had no words" in refused(writer)


@pytest.mark.parametrize(
    "body", [completion("word " * 2_000), completion("Hi", "length"), b" " * (MOST_BYTES + 1), b"x" * 30_000_000]
)
def test_more_than_fits_is_said(writer: ChatCompletions, server: StandIn, body: bytes) -> None:
    server.body = body
    assert "more than fits" in refused(writer)


def test_one_that_is_slow_is_left(writer: ChatCompletions, server: StandIn) -> None:
    server.waits = threading.Event()
    assert "took too long" in refused(replace(writer, seconds=0.2))


def test_one_that_is_away_is_said(writer: ChatCompletions) -> None:
    assert "cannot be reached" in refused(replace(writer, url=f"http://127.0.0.1:{free_port()}/v1"))
    assert "cannot be reached" in refused(replace(writer, url="http://[/v1"))


def test_a_slow_one_holds_only_a_few_of_the_desks_threads(writer: ChatCompletions, server: StandIn) -> None:
    server.waits = threading.Event()
    asking = [threading.Thread(target=writer.suggest, args=(CASE,)) for _ in range(AT_ONCE)]
    for thread in asking:
        thread.start()
    until(lambda: len(server.asked) == AT_ONCE, "they did not all ask")
    assert "busy with other replies" in refused(writer)
    server.waits.set()
    for thread in asking:
        thread.join()
    assert writer.suggest(CASE)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("<think>Who is it?\nNora.</think>\n\nHi Nora", "Hi Nora"),
        ("Hi\r\n\r\nNora\x00\x07", "Hi\n\nNora"),
        ("Hi 👩‍👧 Nora", "Hi 👩‍👧 Nora"),
        ("Hi Nora", "Hi Nora"),
    ],
)
def test_what_no_draft_can_hold_is_taken_out(writer: ChatCompletions, server: StandIn, said: str, text: str) -> None:
    server.says(said)
    assert writer.suggest(CASE) == text


def test_half_a_letter_is_taken_out(writer: ChatCompletions, server: StandIn) -> None:
    server.body = json.dumps({"choices": [{"message": {"content": "SURROGATE"}}]}).encode()
    server.body = server.body.replace(b"SURROGATE", rb"Hi \ud83d Nora")
    assert writer.suggest(CASE) == "Hi  Nora"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("“We should have asked.”", "We should have asked."),
        ('"We should have asked."', "We should have asked."),
        ("“Where is it?” is fair.", "“Where is it?” is fair."),
        ('"Where?" or "When?"', '"Where?" or "When?"'),
    ],
)
def test_a_passage_comes_without_marks_around_it(
    writer: ChatCompletions, server: StandIn, said: str, text: str
) -> None:
    server.says(said)
    assert writer.rewrite(PASSAGE) == text


def test_a_passage_is_given_back_what_was_hidden_of_it(writer: ChatCompletions, server: StandIn) -> None:
    server.says("Please write to [email 1].")
    assert writer.rewrite(Passage("You must write to help@fernhill.example.", "An order.")) == (
        "Please write to help@fernhill.example."
    )
    assert "fernhill" not in server.heard
