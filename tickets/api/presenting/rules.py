"""The rules of the reply check with how they do: how often each spoke of a reply that was sent, and was overruled."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tickets.actions.rules import levels_of, read_house
from tickets.empathy.check.rulebook import rulebook
from tickets.empathy.check.rules import Example, Rule
from tickets.empathy.language import locales
from tickets.models import OwnRule, PendingReply, RuleLevel, SentFinding, Team

PRINCIPLES = {
    "ack": "Show that you listened",
    "apology": "Own what went wrong",
    "answer": "Answer what was asked",
    "blame": "Blame nobody",
    "argue": "Do not argue",
    "minimise": "Take the harm seriously",
    "promise": "Promise a day and a name",
    "option": "Offer a choice",
    "close": "Say what happens next",
    "sell": "Sell nothing",
    "tone": "Speak as a person",
    "form": "Keep it short and plain",
    "safe": "Keep secrets safe",
}
OWN = "Rules of the house"
BAD_SHARE = 0.3  # of the replies in which a rule spoke: overruled more often than that, the rule is bad
FEWEST_TO_JUDGE = 5  # replies
REASONS = 3  # the last ones


@dataclass
class Tally:
    """In how many sent replies a rule spoke, in how many it was overruled, and the last reasons."""

    found: int = 0
    overridden: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def is_bad(self) -> bool:
        return self.found >= FEWEST_TO_JUDGE and self.overridden / self.found > BAD_SHARE


def rules(locale: str, team: Team | None) -> dict[str, Any]:
    """Every rule of a language, the bad ones first. Few queries, however many rules; nobody who wrote a reply is named."""
    loud, tallies = _loudness(locale, team), _tallies(locale)
    own, unread = read_house(locale, team)
    shown = [_rule(rule, loud, tallies[rule.id], None) for rule in rulebook(locale).rules]
    shown += [_rule(rule, loud, tallies[rule.id], row) for row, rule in own]
    return {
        "results": sorted(shown, key=lambda one: (not one["bad"], _place(one["principle"]), one["id"])),
        "unread": [{"id": row.rule, **_own(row), "reason": reason} for row, reason in unread],
        "locales": list(locales()),
        "sent": PendingReply.objects.filter(undone_at=None).count(),
    }


@dataclass(frozen=True)
class Loudness:
    """What was set here, a team or the house, and what holds where nothing was."""

    said: Mapping[str, str]
    otherwise: Mapping[str, str]

    def of(self, rule: Rule) -> dict[str, str]:
        said, otherwise = self.said.get(rule.id, ""), self.otherwise.get(rule.id, rule.level)
        return {"level": said or otherwise, "said": said, "otherwise": otherwise, "shipped_level": rule.level}


def _loudness(locale: str, team: Team | None) -> Loudness:
    said = dict(RuleLevel.objects.filter(team=team, locale=locale).values_list("rule", "level"))
    return Loudness(said, levels_of(None, locale) if team else {})


def _place(principle: str) -> int:
    return [OWN, *PRINCIPLES.values()].index(principle)


def _tallies(locale: str) -> Mapping[str, Tally]:
    found = SentFinding.objects.filter(locale=locale, reply__undone_at=None)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for rule, reason in found.order_by("-pk").values_list("rule", "reason").iterator():
        tally = tallies[rule]
        tally.found += 1
        if reason:
            tally.overridden += 1
            tally.reasons += [reason] if len(tally.reasons) < REASONS else []
    return tallies


def _rule(rule: Rule, loud: Loudness, tally: Tally, own: OwnRule | None) -> dict[str, Any]:
    return {
        "id": rule.id,
        "principle": OWN if own else PRINCIPLES[rule.id.partition(".")[0]],
        **loud.of(rule),
        "message": rule.message,
        "suggestion": rule.suggestion,
        "triggers": [_example(one) for one in rule.triggers],
        "passes": [_example(one) for one in rule.passes],
        "found": tally.found,
        "overridden": tally.overridden,
        "bad": tally.is_bad,
        "reasons": tally.reasons,
        **(_own(own) if own else {"own": None, "source": None, "team": None}),
    }


def _own(row: OwnRule) -> dict[str, Any]:
    return {"own": row.pk, "source": row.source, "team": row.team.name if row.team else None}


def _example(example: Example) -> str:
    return example.draft
