"""An assistant behind a server that speaks as OpenAI's does (POST /chat/completions), in the house or elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore

import httpx
import structlog

from tickets.assistant import answers, prompts
from tickets.assistant.asking import Case, Passage
from tickets.assistant.masking import Mask
from tickets.errors import Unavailable

SECONDS = 45.0  # for the whole answer; proxies mostly wait for 60
CONNECT_SECONDS = 5.0
MOST_BYTES = 200_000
LONGEST_REPLY, LONGEST_PASSAGE = 6_000, 2_000  # characters
AT_ONCE = 3  # in one process: a slow server must not hold all the threads that answer the desk

AWAY = "The assistant cannot be reached. Please try again later, or write it yourself."
SLOW = "The assistant took too long. Please try again, or write it yourself."
BUSY = "The assistant is busy with other replies. Please try again in a minute."

log = structlog.get_logger(__name__)
seats = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class ChatCompletions:
    """`url` is the base, such as https://host/v1; without a `key` none is sent; `seconds` bound the whole answer."""

    url: str
    key: str
    model: str
    seconds: float = SECONDS

    def suggest(self, case: Case) -> str:
        return answers.words_of(self._answer(prompts.suggestion(case, Mask().hide)), LONGEST_REPLY)

    def rewrite(self, passage: Passage) -> str:
        mask = Mask()
        body = self._answer(prompts.rewriting(passage, mask.hide))
        return mask.show(answers.bare(answers.words_of(body, LONGEST_PASSAGE)))

    def _answer(self, messages: prompts.Messages) -> bytes:
        with seated():
            try:
                status, body = self._posted(messages)
            except httpx.TimeoutException as error:
                raise _trouble(
                    AWAY if isinstance(error, httpx.ConnectTimeout) else SLOW, type(error).__name__
                ) from None
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise _trouble(AWAY, type(error).__name__) from None
        if status != httpx.codes.OK:
            raise _trouble(answers.refusal(status), f"HTTP {status}")
        return body

    def _posted(self, messages: prompts.Messages) -> tuple[int, bytes]:
        """The status and the bytes as they came. No redirect is followed: the key and the words are for one server alone."""
        headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        # No bound on tokens is sent, since servers do not agree on its name; the time bounds what they write.
        asked = {"model": self.model, "messages": messages, "stream": False}
        until, got = time.monotonic() + self.seconds, bytearray()
        waits = httpx.Timeout(self.seconds, connect=min(CONNECT_SECONDS, self.seconds))
        with httpx.stream(
            "POST", f"{self.url}/chat/completions", json=asked, headers=headers, timeout=waits
        ) as response:
            for chunk in response.iter_raw():
                got += chunk
                if len(got) > MOST_BYTES:
                    raise _trouble(answers.TOO_LONG, "too many bytes")
                if time.monotonic() > until:
                    raise _trouble(SLOW, "too slow")
            return response.status_code, bytes(got)


@contextmanager
def seated() -> Iterator[None]:
    """One of the few who may ask at once; raises Unavailable where there are as many already."""
    if not seats.acquire(blocking=False):
        raise Unavailable(BUSY)
    try:
        yield
    finally:
        seats.release()


def _trouble(sentence: str, what: str) -> Unavailable:
    """Logged without a word of what was asked or answered."""
    log.warning("assistant_unavailable", what=what)
    return Unavailable(sentence)
