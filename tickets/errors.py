"""What a verb may refuse, in words that a person can act on. Mapped to HTTP in one place (api/problems.py)."""

from collections.abc import Mapping, Sequence
from typing import Any


class TicketError(Exception):
    """A refusal. `str(error)` is a whole sentence for the one who asked."""


class Invalid(TicketError):
    """What was given cannot be used; `fields` maps each field's name to a sentence saying why."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class NotAllowed(TicketError):
    """This person may not do this."""


class IllegalMove(TicketError):
    """The state machine has no such move; `allowed` are those that it has from here."""

    def __init__(self, state: str, to: str, allowed: Sequence[str]) -> None:
        ways = " or ".join(move.replace("_", " ") for move in allowed) or "nothing until it is taken back"
        super().__init__(
            f"A ticket that is {state.replace('_', ' ')} cannot become {to.replace('_', ' ')}; it can become {ways}."
        )
        self.allowed = list(allowed)


class StaleReply(TicketError):
    """Somebody has spoken publicly since the writer looked; `since` is the version that the writer saw."""

    def __init__(self, seen: int, version: int) -> None:
        super().__init__("Something was said since you looked. Your reply is kept; read what is new, then send again.")
        self.seen = seen
        self.version = version


class Unmended(TicketError):
    """The check found errors that were neither mended nor given a reason; `findings` are of `empathy.check.Finding`."""

    def __init__(self, text: str, findings: Sequence[Any]) -> None:
        rules = ", ".join(dict.fromkeys(finding.rule for finding in findings))
        super().__init__(f"Mend what is marked as an error, or say why it should stand: {rules}.")
        self.text = text
        self.findings = list(findings)


class Unavailable(TicketError):
    """Something outside of the house that this needs is not plugged in, away, or of no use right now."""


class TooLate(TicketError):
    """It has happened already and cannot be taken back."""
