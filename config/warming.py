"""Reads, before anybody has to wait for it, what is otherwise read when first asked for: rules, phrases and models."""

import gc
import threading

from django.urls import resolve

from tickets.empathy import check, heard, mood, signals, situations
from tickets.empathy.language import locales
from tickets.empathy.slots import slot_words


def begin() -> threading.Thread:
    """Warm up in a thread of its own: the start waits for nothing, and neither does an early request."""
    thread = threading.Thread(target=warm_up, name="warming", daemon=True)
    thread.start()
    return thread


def warm_up() -> None:
    """Read all languages once; on an idle core this takes about three seconds."""
    resolve("/healthz")  # the addresses, and with them every page
    for locale in locales():
        _hear_and_answer(locale)
    gc.freeze()  # it lives to the end: the collector need not look through it again


def _hear_and_answer(locale: str) -> None:
    spoken = slot_words(locale)
    check.check(spoken.samples["ownership"], spoken.message, {"locale": locale})
    for read in (mood.read, heard.read, signals.read, situations.read):
        read(spoken.message)
