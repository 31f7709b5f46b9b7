"""Reads reports about mail of ours that did not arrive."""

from tickets.mail.received import Bounce
from tickets.mail.structure import Part, Splitter


def read(raw: bytes) -> Bounce | None:
    """The recipients that a mail did not reach, None when the mail is no report of a failure."""
    return read_part(Splitter(raw).split(), raw)


def read_part(root: Part, raw: bytes) -> Bounce | None:
    return None
