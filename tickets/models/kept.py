"""Rows of the house that every mail asks for and that change seldom: read once, and kept for a moment."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

SECONDS = 1.0
T = TypeVar("T")
_all: list["Kept[Any]"] = []


class Kept(Generic[T]):
    """What `read` answered, for at most SECONDS; who is given it must not change it.

    A row of `of` that is saved in this process is seen at once; one saved elsewhere, or by an `update`, after SECONDS.
    """

    def __init__(self, read: Callable[[], T], *of: type[models.Model]) -> None:
        self._read = read
        self._kept: tuple[float, T] | None = None
        for model in of:
            for signal in (post_save, post_delete, m2m_changed):
                signal.connect(self._changed, sender=model, weak=False)
        _all.append(self)

    def __call__(self) -> T:
        if self._kept is None or time.monotonic() - self._kept[0] > SECONDS:
            self._kept = (time.monotonic(), self._read())
        return self._kept[1]

    def forget(self) -> None:
        self._kept = None

    def _changed(self, **_: Any) -> None:
        self.forget()
        # Another thread may read and keep what was there before, until this is committed.
        transaction.on_commit(partial(self.forget))


def forget_all() -> None:
    """Read everything anew; for what rolls back without a sign, as tests do."""
    for kept in _all:
        kept.forget()
