"""The guided replies of the house as its settings show them: texts, versions, and what came of their uses."""

from typing import Any

from tickets.actions.guides import Origin, file_of
from tickets.api.presenting.template_figures import figures, none_yet
from tickets.empathy.slots import SLOTS, locales
from tickets.empathy.template_check import preview, problems
from tickets.empathy.templates import STAGES
from tickets.models import Template, TemplateVersion

MOST_VERSIONS = 50  # that are listed; older ones are kept


def library() -> dict[str, Any]:
    """All templates by stage, the best proven first. Three queries, however many there are."""
    rows = list(Template.objects.select_related("team"))
    counted, offered = figures(), _offered(rows)
    cards = [{**card(row, offered.get(row.pk)), "figures": counted.get(row.pk) or none_yet()} for row in rows]
    return {
        "results": sorted(cards, key=_rank),
        "stages": list(STAGES),
        "locales": list(locales()),
        "slots": [
            {"name": slot.name, "kind": slot.kind, "label": slot.label, "hint": slot.meaning} for slot in SLOTS.values()
        ],
    }


def _rank(shown: dict[str, Any]) -> tuple[Any, ...]:
    """What may be expected goes first; where it is the same of two, the better rated, and what nobody knows goes last."""
    at_least, rating = shown["figures"]["at_least"], shown["figures"]["rating"]
    return STAGES.index(shown["stage"]), -1 if at_least is None else -at_least - 1, -(rating or 0), shown["title"]


def _offered(rows: list[Template]) -> dict[int, int]:
    """The version that came with Kintsugi after the one in force was written, for those that have one."""
    in_force = {row.pk: row.version for row in rows}
    shipped = TemplateVersion.objects.filter(template__in=in_force, origin=Origin.SHIPPED).order_by("number")
    newest = dict(shipped.values_list("template", "number"))
    return {pk: number for pk, number in newest.items() if number > in_force[pk]}


def card(row: Template, offered: int | None) -> dict[str, Any]:
    return {
        "id": row.pk,
        "key": row.key,
        "locale": row.locale,
        "team": {"id": row.team.pk, "name": row.team.name} if row.team else None,
        "title": row.title,
        "situation": row.situation,
        "stage": row.stage,
        "level": row.level,
        "is_active": row.is_active,
        "version": row.version,
        "offered": offered,
    }


def whole(row: Template) -> dict[str, Any]:
    """One template with its text and the list of its versions."""
    return {
        **card(row, _offered([row]).get(row.pk)),
        "content": row.content,
        "versions": [_version(one) for one in row.versions.all()[:MOST_VERSIONS]],
    }


def _version(version: TemplateVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "origin": version.origin,
        "restored_from": version.restored_from,
        "by": version.name,
        "at": version.at,
    }


def former(version: TemplateVersion) -> dict[str, Any]:
    """One version with the text that it keeps."""
    return {**_version(version), "content": version.content}


def tried_out(key: str, locale: str, content: dict[str, Any]) -> dict[str, Any]:
    """How a text reads with its slots filled, and what keeps it from coming into force."""
    wrong = problems(file_of(key, locale, content))
    shown = [preview(body, locale) for body in content["variants"]] if locale in locales() else []
    return {
        "variants": [{"text": one.text, "words": one.words, "grade": one.grade} for one in shown],
        "problems": [{"field": one.field, "line": one.line, "reason": one.sentence} for one in wrong],
    }
