"""Reads what a server answered: the words in it, or a sentence why there are none that can be used."""

import json
import re
from typing import Any

from tickets.errors import Unavailable

UNREADABLE = "The assistant answered with something that cannot be read. Please try again, or write it yourself."
TOO_LONG = "The assistant wrote more than fits. Please try again, or write it yourself."
NOTHING = "The assistant had no words for this. Please try again, or write it yourself."
REFUSALS = {
    401: "The assistant does not take our key. Please tell your administrator.",
    403: "The assistant does not take our key. Please tell your administrator.",
    404: "The assistant's address or model is not there. Please tell your administrator.",
    429: "The assistant is asked too much at the moment. Please try again in a minute.",
}
THOUGHTS = re.compile(r"^\s*<think>.*?</think>", re.S)  # how models that think aloud mark it
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
AROUND = {'"': '"', "“": "”", "„": "“", "«": "»"}


def refusal(status: int) -> str:
    """A sentence for a status that is not 200."""
    return REFUSALS.get(status, f"The assistant is in trouble (HTTP {status}). Please try again later.")


def words_of(body: bytes, most: int) -> str:
    """The words of a chat completion, at most so many characters; raises Unavailable where they cannot be used."""
    try:
        choice = json.loads(body)["choices"][0]
        words, why = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Unavailable(UNREADABLE) from None
    if not isinstance(words, str):
        raise Unavailable(UNREADABLE)
    words = tidied(words)
    if why == "length" or len(words) > most:
        raise Unavailable(TOO_LONG)
    if not words:
        raise Unavailable(NOTHING)
    return words


def tidied(words: str) -> str:
    """Without thoughts aloud and what no database or browser can hold."""
    whole = words.encode("utf-8", "ignore").decode().replace("\r\n", "\n")
    return UNSEEN.sub("", THOUGHTS.sub("", whole)).strip()


def bare(words: str) -> str:
    """Without quotation marks around the whole, which nobody asked for."""
    inner: Any = words[1:-1]
    if len(words) > 1 and AROUND.get(words[0]) == words[-1] and words[0] not in inner and words[-1] not in inner:
        return str(inner).strip()
    return words
