"""Letters as the screen of the settings shows them."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from tickets.api.presenting.people import iso, team
from tickets.letters.filling import Text, check, fill
from tickets.letters.kinds import Kind, kinds
from tickets.letters.shipped import shipped
from tickets.models import Letter, Team

MOST_VERSIONS = 50
ELSEWHERE = "https://support.example.com"  # where the examples lead


def overview() -> dict[str, Any]:
    """Every letter with what its placeholders mean, and where it was reworded. Two queries."""
    reworded: dict[str, list[dict[str, Any]]] = {key: [] for key in kinds}
    for key, locale, place in Letter.objects.filter(replaced_at=None).values_list("key", "locale", "team"):
        reworded.get(key, []).append({"locale": locale, "team": place})
    results = [{**_kind(kind), "reworded": reworded[kind.key]} for kind in kinds.values()]
    return {"results": results, "teams": [team(one) for one in Team.objects.order_by("name")]}


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "key": kind.key,
        "title": kind.title,
        "sent": kind.sent,
        "to_customers": kind.to_customers,
        "has_subject": kind.has_subject,
        "locales": list(kind.locales),
        "placeholders": [
            {
                "name": name,
                "meaning": one.meaning,
                "example": one.example,
                "may_be_empty": one.may_be_empty,
                "must_stand": name in kind.carries,
            }
            for name, one in kind.placeholders.items()
        ],
    }


def letter(kind: Kind, locale: str, place: int | None) -> dict[str, Any]:
    """The words that hold in one place (a team, or None for the house), those below them, and all versions there."""
    versions = list(Letter.objects.filter(key=kind.key, locale=locale, team=place)[:MOST_VERSIONS])
    own = next((one for one in versions if one.replaced_at is None), None)
    below, source = _below(kind, locale, place)
    words = Text(own.subject, own.body) if own else below
    return {
        "key": kind.key,
        "locale": locale,
        "team": place,
        "source": ("team" if place else "house") if own else source,
        "in_force": own.pk if own else None,
        **_text(words),
        "below": _text(below),
        "versions": [_version(one) for one in versions],
    }


def _below(kind: Kind, locale: str, place: int | None) -> tuple[Text, str]:
    house = Letter.objects.filter(key=kind.key, locale=locale, team=None, replaced_at=None).first() if place else None
    return (Text(house.subject, house.body), "house") if house else (shipped(kind.key, locale), "shipped")


def _text(text: Text) -> dict[str, str]:
    return {"subject": text.subject, "body": text.body}


def _version(row: Letter) -> dict[str, Any]:
    return {
        "id": row.pk,
        "subject": row.subject,
        "body": row.body,
        "changed_by": row.changed_by,
        "changed_at": iso(row.changed_at),
        "in_force": row.replaced_at is None,
    }


def preview(kind: Kind, text: Text) -> dict[str, Any]:
    """The letter with believable facts, and everything that is wrong with its words."""
    facts = examples(kind)
    faults = [{"field": one.field, "line": one.line, "words": one.words} for one in check(kind, text)]
    return {"subject": fill(text.subject, facts), "text": fill(text.body, facts), "faults": faults}


def examples(kind: Kind) -> Mapping[str, str]:
    """Believable facts; their links lead to this house."""
    return {name: one.example.replace(ELSEWHERE, settings.PUBLIC_URL) for name, one in kind.placeholders.items()}
