"""The words of one language with which mail programs introduce, head and sign."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language as mail programs speak it; all in lower case, matched without case.

    `opens` starts the line above a quote ("On 3 May …"), `wrote` is its verb; the labels head a quoted or forwarded
    mail; `original` and `forwarded` stand between dashes or alone; `sent_from` starts a program's own signature.
    """

    opens: tuple[str, ...] = ()
    wrote: tuple[str, ...] = ()
    sender: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    copy: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    reply_to: tuple[str, ...] = ()
    original: tuple[str, ...] = ()
    forwarded: tuple[str, ...] = ()
    sent_from: tuple[str, ...] = ()
    first_person: tuple[str, ...] = ()
