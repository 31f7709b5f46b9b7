"""Guided replies: files become rows, the house changes them, and every change is a version that can be put back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db import transaction
from django.db.models.signals import post_migrate
from django.utils import timezone

from tickets.empathy import template_check, templates
from tickets.empathy.templates import TemplateFile
from tickets.errors import Invalid, TooLate
from tickets.models import Agent, Team, Template, TemplateVersion
from tickets.models.template import CONTENT

FILES = Path(templates.__file__).parent / "template_files"
HOUSE = "Kintsugi"
Origin = TemplateVersion.Origin


def content_of(file: TemplateFile) -> dict[str, Any]:
    """What a file says, as a row keeps it."""
    said = {name: getattr(file, name) for name in CONTENT if name != "slots"} | {"slots": file.required}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


@transaction.atomic
def import_templates(model: type[Template] = Template) -> int:
    """Make a row of each file that has none yet; answers how many. A migration gives the model as it was then.

    Raises BadTemplate for a file that cannot be used.
    """
    known = set(model._default_manager.values_list("key", "locale"))
    new = [one for one in templates.load(FILES) if (one.key, one.locale) not in known]
    fields = {field.name for field in model._meta.get_fields()}
    model._default_manager.bulk_create(
        model(key=one.key, locale=one.locale, **{k: v for k, v in content_of(one).items() if k in fields})
        for one in new
    )
    return len(new)


@transaction.atomic
def bring_in_files(*, now: datetime) -> int:
    """Bring in what came with this release; answers how many templates are new or have a new version.

    What nobody has changed is put in force; a text that the house has edited stays, and the new one waits as a version.
    """
    import_templates()
    rows = {(row.key, row.locale): row for row in Template.objects.select_for_update().filter(team=None)}
    return sum(_bring_in(rows[one.key, one.locale], content_of(one), now) for one in templates.load(FILES))


@transaction.atomic
def take_in(files: Iterable[TemplateFile], team: Team | None, *, now: datetime) -> int:
    """Put files of a team's own, or of the house's, in force; answers how many are new or say something else.

    All or none: raises Invalid where one may not come into force.
    """
    return sum(_take_in(file, team, now) for file in files)


def _take_in(file: TemplateFile, team: Team | None, now: datetime) -> bool:
    content = content_of(file)
    _check(file.key, file.locale, content)
    rows = Template.objects.select_for_update()
    template, is_new = rows.get_or_create(key=file.key, locale=file.locale, team=team, defaults=content)
    if not is_new and template.content == content:
        return False
    _put_in_force(template, _add_version(template, content, Origin.EDITED, None, now))
    return True


def bring_in_with_release(app_config: AppConfig, apps: Apps | None = None, **_migrated: Any) -> None:
    """What came with a release comes in with its migrations; a flush, or a way back to an older schema, brings nothing."""
    if app_config.label == "tickets" and apps and "templateversion" in apps.all_models["tickets"]:
        bring_in_files(now=timezone.now())


def _bring_in(template: Template, content: dict[str, Any], now: datetime) -> bool:
    shipped = template.versions.filter(origin=Origin.SHIPPED).first()
    if shipped and shipped.content == content:
        return False
    untouched = shipped is None or shipped.content == template.content
    version = _add_version(template, content, Origin.SHIPPED, None, now)
    if untouched:
        _put_in_force(template, version)
    return True


def _add_version(
    template: Template,
    content: Mapping[str, Any],
    origin: Origin,
    by: Agent | None,
    now: datetime,
    source: int | None = None,
) -> TemplateVersion:
    newest = template.versions.first()
    return TemplateVersion.objects.create(
        template=template,
        number=newest.number + 1 if newest else 1,
        origin=origin,
        restored_from=source,
        content=dict(content),
        agent=by,
        name=by.name if by else HOUSE,
        at=now,
    )


def _put_in_force(template: Template, version: TemplateVersion) -> None:
    for name, value in version.content.items():
        setattr(template, name, value)
    template.version = version.number
    template.save()


@transaction.atomic
def add_template(
    key: str, locale: str, team: Team | None, content: Mapping[str, Any], *, by: Agent, now: datetime
) -> Template:
    """A template of the house's own, in force at once. Raises Invalid where it may not be, or where there is one."""
    _check(key, locale, content)
    if Template.objects.filter(key=key, locale=locale, team=team).exists():
        raise Invalid({"key": f"There is a template called {key} already; open that one, or choose another key."})
    template = Template.objects.create(key=key, locale=locale, team=team, **content)
    _add_version(template, content, Origin.EDITED, by, now)
    return template


@transaction.atomic
def edit_template(
    template: Template, content: Mapping[str, Any], seen: int, *, by: Agent, now: datetime
) -> TemplateVersion:
    """Put an edited text in force as a new version. `seen` is the version in force on the editor's screen.

    Raises Invalid with the line and the reason where it may not come into force, TooLate where somebody was faster; then
    what is in force stays so.
    """
    _check(template.key, template.locale, content)
    template = _locked(template, seen)
    version = _add_version(template, content, Origin.EDITED, by, now)
    _put_in_force(template, version)
    return version


@transaction.atomic
def restore_version(template: Template, number: int, seen: int, *, by: Agent, now: datetime) -> TemplateVersion:
    """Put a former version, or one that came with Kintsugi, in force again, as the newest. Raises as edit_template."""
    template = _locked(template, seen)
    former = template.versions.filter(number=number).first()
    if former is None:
        raise Invalid({"version": f"There is no version {number} of this template."})
    _check(template.key, template.locale, former.content)
    version = _add_version(template, former.content, Origin.RESTORED, by, now, number)
    _put_in_force(template, version)
    return version


def switch_template(template: Template, is_active: bool) -> None:
    """Offer it to agents, or do not. Nothing of it is lost."""
    template.is_active = is_active
    template.save(update_fields=["is_active"])


def _locked(template: Template, seen: int) -> Template:
    template = Template.objects.select_for_update(of=("self",)).get(pk=template.pk)
    if template.version != seen:
        raise TooLate(f"Somebody has saved version {template.version} since you opened this one. Look at it first.")
    return template


def file_of(key: str, locale: str, content: Mapping[str, Any]) -> TemplateFile:
    """Content as a file would say it, so that both are checked by one measure."""
    return TemplateFile(
        key=key,
        locale=locale,
        title=content["title"],
        situation=content["situation"],
        stage=content["stage"],
        level=content["level"],
        required=tuple(content["slots"]),
        guards=tuple(content["guards"]),
        remedies=tuple(content["remedies"]),
        variants=tuple(content["variants"]),
    )


def _check(key: str, locale: str, content: Mapping[str, Any]) -> None:
    wrong: dict[str, str] = {}
    for problem in template_check.problems(file_of(key, locale, content)):
        wrong[problem.field] = (
            f"{wrong[problem.field]} {problem.sentence}" if problem.field in wrong else problem.sentence
        )
    if wrong:
        raise Invalid(wrong)


post_migrate.connect(bring_in_with_release, dispatch_uid="guides")
