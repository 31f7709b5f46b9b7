"""A worker that is killed at one step of sending.

The fault is put into it from here, by replacing one function; nothing in the product knows of it.
"""

import smtplib
from collections.abc import Callable
from typing import Any

from tests.tickets.mail.doomed import die
from tickets.mail.sending import send
from tickets.models.due import DueQuerySet


def after(real: Callable[..., Any]) -> Callable[..., Any]:
    """Do it, then die."""

    def done(*given: Any, **named: Any) -> Any:
        real(*given, **named)
        die()

    return done


def arrange(step: str) -> None:
    faults: dict[str, Callable[[], None]] = {
        "before the claim": lambda: setattr(DueQuerySet, "claim", die),
        "after the claim": lambda: setattr(DueQuerySet, "claim", after(DueQuerySet.claim)),
        "before it is handed over": lambda: setattr(send, "_hand_over", die),
        "when it is noted as handed over": lambda: setattr(send, "_hand_over", after(send._hand_over)),
        "in the middle of the mail": lambda: setattr(smtplib.SMTP, "send", half_of_it),
        "after the mail, before the answer": lambda: setattr(smtplib.SMTP, "docmd", until_the_dot),
        "after the answer, before the row": lambda: setattr(send, "_sent", die),
        "after the row": lambda: setattr(send, "_sent", after(send._sent)),
    }
    faults[step]()


def half_of_it(self: smtplib.SMTP, said: Any, send: Callable[..., None] = smtplib.SMTP.send) -> None:
    """Commands are text, a mail is bytes: of that one half leaves."""
    if isinstance(said, str):
        return send(self, said)
    send(self, said[: len(said) // 2])
    return die()


def until_the_dot(self: smtplib.SMTP, command: str, args: str = "") -> Any:
    self.putcmd(command, args)
    if command != ".":
        return self.getreply()
    assert self.sock
    self.sock.recv(1)  # so that the server has it for certain; what it said is lost with the worker
    return die()
