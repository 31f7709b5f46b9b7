"""A worker that sends what is due and is killed at one step: `python -m tests.tickets.mail.dying STEP NOW`.

The fault is put into it from here, by replacing one function; nothing in the product knows of it.
"""

import os
import smtplib
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import django

KILLED = 9


def die(*_: Any, **__: Any) -> Any:
    os._exit(KILLED)


def after(real: Callable[..., Any]) -> Callable[..., Any]:
    """Do it, then die."""

    def done(*given: Any, **named: Any) -> Any:
        real(*given, **named)
        die()

    return done


def arrange(step: str) -> None:
    from tickets.mail.sending import send
    from tickets.models.due import DueQuerySet

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


def main() -> None:
    django.setup()
    from tickets import due_work
    from tickets.mail.sending import send  # noqa: F401 (it registers what is done)

    arrange(sys.argv[1])
    due_work.do("outgoing_mails", datetime.fromisoformat(sys.argv[2]))


if __name__ == "__main__":
    main()
