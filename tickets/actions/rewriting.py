"""The house rewrites a letter: what is wrong is refused in words, and what was in force stays in force then."""

from datetime import datetime

from django.db import IntegrityError, transaction

from tickets.errors import Invalid, NotAllowed, TooLate
from tickets.letters.filling import Fault, Text, check
from tickets.letters.kinds import Kind
from tickets.models import Agent, Letter, Role, Team

OVERTAKEN = "Somebody has changed this letter since you opened it. What you wrote is still here; read theirs first."


@transaction.atomic
def rewrite_letter(
    kind: Kind, locale: str, team: Team | None, text: Text, *, seen: int | None, by: Agent, now: datetime
) -> Letter:
    """Put this text in force for a team, or (None) for the house. `seen` is the version that the writer saw in force.

    Raises Invalid with a sentence a field, TooLate where somebody was faster, NotAllowed for anyone but administrators.
    """
    _check_writer(by)
    text = Text(" ".join(text.subject.split()) if kind.has_subject else "", text.body.replace("\r\n", "\n").strip())
    _check_locale(kind, locale)
    if faults := check(kind, text):
        raise Invalid(_sentences(faults))
    before = _take(kind, locale, team, seen)
    if before and (before.subject, before.body) == (text.subject, text.body):
        return before
    _replace(before, now)
    try:
        with transaction.atomic():
            return Letter.objects.create(
                key=kind.key,
                locale=locale,
                team=team,
                subject=text.subject,
                body=text.body,
                changed_by=by.name,
                changed_at=now,
            )
    except IntegrityError:
        raise TooLate(OVERTAKEN) from None


@transaction.atomic
def drop_letter(kind: Kind, locale: str, team: Team | None, *, seen: int | None, by: Agent, now: datetime) -> None:
    """Let the text below hold again: the house's instead of the team's, ours instead of the house's."""
    _check_writer(by)
    _check_locale(kind, locale)
    _replace(_take(kind, locale, team, seen), now)


def _check_writer(by: Agent) -> None:
    if by.role != Role.ADMINISTRATOR:
        raise NotAllowed("Only an administrator changes letters.")


def _check_locale(kind: Kind, locale: str) -> None:
    if locale not in kind.locales:
        raise Invalid({"locale": f"This letter is written in {', '.join(kind.locales)}."})


def _sentences(faults: list[Fault]) -> dict[str, str]:
    fields = dict.fromkeys(fault.field for fault in faults)
    return {field: " ".join(str(fault) for fault in faults if fault.field == field) for field in fields}


def _take(kind: Kind, locale: str, team: Team | None, seen: int | None) -> Letter | None:
    """The version in force, locked. Raises TooLate where it is not the one that was seen."""
    held = Letter.objects.select_for_update(of=("self",)).filter(replaced_at=None)
    before = held.filter(key=kind.key, locale=locale, team=team).first()
    if (before.pk if before else None) != seen:
        raise TooLate(OVERTAKEN)
    return before


def _replace(before: Letter | None, now: datetime) -> None:
    if before:
        before.replaced_at = now
        before.save(update_fields=["replaced_at"])
