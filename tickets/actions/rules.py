"""The rules of the reply check as a team has them: the shipped ones, its own, and how loud each speaks."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from django.db import transaction
from django.db.models import QuerySet

from tickets.empathy.check.rulebook import Rulebook, rulebook
from tickets.empathy.check.rules import BadRule, Rule
from tickets.empathy.check.trying import read_own
from tickets.empathy.language import locales
from tickets.errors import Invalid
from tickets.models import OwnRule, RuleLevel, Team
from tickets.models.rules import LOUDNESS, OFF

LONGEST_SOURCE = 20_000  # characters
MOST_OWN = 200  # rules of the house, a language

Levels = frozenset[tuple[str, str]]
Own = tuple[tuple[int, int], ...]


def book_of(team: Team | None, locale: str) -> Rulebook:
    """The rules that speak to a team. Two small queries say what is in force, so a change is live in every process."""
    shipped = rulebook(locale)
    rows = OwnRule.objects.speaking_to(team).filter(locale=shipped.locale)
    own = tuple(rows.order_by("pk").values_list("pk", "revision"))
    return _book(shipped.locale, own, frozenset(levels_of(team, shipped.locale).items()))


def levels_of(team: Team | None, locale: str) -> dict[str, str]:
    """How loud rules speak where the house changed it: the team's own word before that for all."""
    rows = RuleLevel.objects.filter(locale=locale)
    said = list(rows.values_list("team", "rule", "level"))
    for_all = {rule: level for owner, rule, level in said if owner is None}
    return for_all | {rule: level for owner, rule, level in said if team is not None and owner == team.pk}


@lru_cache(maxsize=64)
def _book(locale: str, own: Own, levels: Levels) -> Rulebook:
    shipped, loud = rulebook(locale), dict(levels)
    rules = [*shipped.rules, *own_rules(locale, own)]
    kept = [replace(rule, level=loud.get(rule.id, rule.level)) for rule in rules if loud.get(rule.id) != OFF]
    return replace(shipped, rules=tuple(kept))


def own_rules(locale: str, own: Own) -> Iterable[Rule]:
    """The rules of the house, compiled once a change; one that a newer version of ours cannot read any more stays silent."""
    return [rule for stamp in own if (rule := _own_rule(locale, *stamp)) is not None]


def read_house(locale: str, team: Team | None) -> tuple[list[tuple[OwnRule, Rule]], list[tuple[OwnRule, str]]]:
    """The rules that speak to a team beside the shipped ones, or, without a team, all there are.

    Those that can be read, each with its row, and those that cannot, each with the reason.
    """
    rows = OwnRule.objects.speaking_to(team) if team else OwnRule.objects.all()
    own, unread = [], []
    for row in rows.filter(locale=locale).select_related("team"):
        rule = _read(locale, row.source)
        if isinstance(rule, Rule):
            own.append((row, rule))
        else:
            unread.append((row, str(rule)))
    return own, unread


@lru_cache(maxsize=500)
def _own_rule(locale: str, pk: int, revision: int) -> Rule | None:
    row = OwnRule.objects.filter(pk=pk, revision=revision).first()
    rule = _read(locale, row.source) if row else None
    return rule if isinstance(rule, Rule) else None


@lru_cache(maxsize=500)
def _read(locale: str, source: str) -> Rule | BadRule:
    try:
        return read_own(source, rulebook(locale))
    except BadRule as reason:
        return reason


@transaction.atomic
def set_level(rule: str, locale: str, level: str, team: Team | None) -> None:
    """Let a rule speak so loud to a team, or to all; an empty level takes the word back. Raises Invalid."""
    if level and level not in dict(LOUDNESS):
        raise Invalid({"level": f"“level” is one of {', '.join(dict(LOUDNESS))}, or empty."})
    if rule not in known_rules(locale):
        raise Invalid({"rule": f"No rule is called “{rule}” in “{locale}”."})
    rows = RuleLevel.objects.filter(team=team, locale=locale, rule=rule)
    if not level:
        rows.delete()
    elif not rows.update(level=level):
        RuleLevel.objects.create(team=team, locale=locale, rule=rule, level=level)


def known_rules(locale: str) -> set[str]:
    """The ids of all rules of a language, also those that are off."""
    shipped = {rule.id for rule in rulebook(locale).rules} if locale in locales() else set()
    return shipped | set(OwnRule.objects.filter(locale=locale).values_list("rule", flat=True))


@transaction.atomic
def write_own(locale: str, source: str, team: Team | None) -> OwnRule:
    """Take in a rule of the house, or of one team alone; raises Invalid with the line and the reason."""
    rule, others = tried(locale, source), OwnRule.objects.filter(locale=locale)
    _require_free(locale, rule, others)
    if others.count() >= MOST_OWN:
        raise Invalid({"source": f"A language has at most {MOST_OWN} rules of the house."})
    return OwnRule.objects.create(locale=locale, team=team, rule=rule.id, source=source)


@transaction.atomic
def change_own(row: OwnRule, source: str) -> OwnRule:
    """Change a rule of the house or of a team; raises Invalid with the line and the reason, and nothing changes then."""
    rule = tried(row.locale, source)
    _require_free(row.locale, rule, OwnRule.objects.filter(locale=row.locale).exclude(pk=row.pk))
    row = OwnRule.objects.select_for_update().get(pk=row.pk)
    row.rule, row.source, row.revision = rule.id, source, row.revision + 1
    row.save(update_fields=["rule", "source", "revision"])
    return row


def _require_free(locale: str, rule: Rule, others: QuerySet[OwnRule]) -> None:
    if rule.id in {one.id for one in rulebook(locale).rules}:
        raise Invalid(
            {"source": f"rule, line 1: {rule.id} comes with Kintsugi; switch that one off and name yours otherwise."}
        )
    if others.filter(rule=rule.id).exists():
        raise Invalid({"source": f"rule, line 1: you have a rule called {rule.id} already."})


def tried(locale: str, source: str) -> Rule:
    """The rule that this source gives, which finds its own triggers and leaves its near misses alone; raises Invalid."""
    if locale not in locales():
        raise Invalid({"locale": f"“locale” is one of {', '.join(locales())}."})
    if len(source) > LONGEST_SOURCE:
        raise Invalid({"source": f"A rule has at most {LONGEST_SOURCE} characters."})
    try:
        return read_own(source, rulebook(locale))
    except BadRule as reason:
        raise Invalid({"source": str(reason)}) from None


def drop_own(row: OwnRule) -> None:
    """Take a rule of the house out, with what was said of its loudness."""
    with transaction.atomic():
        RuleLevel.objects.filter(locale=row.locale, rule=row.rule).delete()
        row.delete()
