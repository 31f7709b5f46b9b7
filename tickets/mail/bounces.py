"""Reads reports about mail of ours that did not arrive: standard reports first, other bounces by their words."""

from tickets.mail.reading import bounce_texts, delivery_reports
from tickets.mail.reading.delivery_reports import Failure
from tickets.mail.reading.reports import original_ids
from tickets.mail.reading.structure import Part, Splitter
from tickets.mail.received import Bounce

MOST_RECIPIENTS = 50


def read(raw: bytes) -> Bounce | None:
    """The recipients that a mail did not reach; None when the mail is no such report. Never raises."""
    return read_part(Splitter(raw).split(), raw)


def read_part(root: Part, raw: bytes) -> Bounce | None:
    """The same for a mail that is split already."""
    failures = find_failures(root, raw)
    recipients = tuple(dict.fromkeys(failure.recipient for failure in failures))[:MOST_RECIPIENTS]
    if not recipients:
        return None
    delayed = all(failure.delayed for failure in failures)
    reason = next((failure.reason for failure in failures if failure.reason), "")
    return Bounce(recipients, permanence(failures), delayed, reason, original_ids(root))


def find_failures(root: Part, raw: bytes) -> list[Failure]:
    """By the kind of report: a complaint is no bounce, a read receipt only where it says that a filter refused."""
    kind = root.type.parameters.get("report-type", "").lower()
    if kind == "feedback-report":
        return []
    if kind == "disposition-notification":
        return delivery_reports.refused_by_rule(root)
    failures = delivery_reports.read(root)
    return bounce_texts.read(root, raw) if failures is None else failures


def permanence(failures: list[Failure]) -> bool | None:
    """True when one address is bad for good, False when all may work later, None when nothing is said."""
    said = {failure.permanent for failure in failures} - {None}
    return any(said) if said else None
