"""Guided replies of the house: every change is a version, and nothing that a team wrote is ever overwritten."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from tests.cast import NOW, Cast
from tickets.actions import guides
from tickets.empathy import templates
from tickets.errors import Invalid, TooLate
from tickets.models import Template, TemplateVersion

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def late() -> Template:
    return Template.objects.get(key="late-delivery", locale="en", team=None)


def test_it_begins_with_a_shipped_version_of_each_file(cast: Cast) -> None:
    assert TemplateVersion.objects.filter(number=1, origin="shipped").count() == Template.objects.count()
    assert guides.bring_in_files(now=NOW) == 0


def test_it_makes_a_version_of_each_edit_and_says_who(cast: Cast) -> None:
    guides.edit_template(late(), {**late().content, "title": "Late"}, 1, by=cast.sam, now=NOW)
    assert (late().title, late().version) == ("Late", 2)
    newest = late().versions.first()
    assert newest and (newest.origin, newest.name, newest.agent, newest.at) == ("edited", "Sam Holt", cast.sam, NOW)


def test_it_refuses_a_wrong_text_and_leaves_in_force_what_was(cast: Cast) -> None:
    before = late().content
    broken = [before["variants"][0] + "\n\n{vow}", *before["variants"][1:]]
    with pytest.raises(Invalid) as refused:
        guides.edit_template(late(), {**before, "variants": broken}, 1, by=cast.sam, now=NOW)
    assert "there is no slot called 'vow'" in refused.value.fields["variants.0"]
    assert "Line " in refused.value.fields["variants.0"]
    assert (late().content, late().version, late().versions.count()) == (before, 1, 1)


def test_it_restores_a_former_version_as_the_newest(cast: Cast) -> None:
    first = late().content
    guides.edit_template(late(), {**first, "title": "Late"}, 1, by=cast.sam, now=NOW)
    restored = guides.restore_version(late(), 1, 2, by=cast.sam, now=LATER)
    assert (restored.number, restored.origin, restored.restored_from) == (3, "restored", 1)
    assert (late().content, late().version) == (first, 3)


def test_it_refuses_a_version_that_there_is_not(cast: Cast) -> None:
    with pytest.raises(Invalid, match="no version 9"):
        guides.restore_version(late(), 9, 1, by=cast.sam, now=NOW)


def test_it_stops_whoever_has_not_seen_the_newest(cast: Cast) -> None:
    guides.edit_template(late(), {**late().content, "title": "Late"}, 1, by=cast.sam, now=NOW)
    with pytest.raises(TooLate, match="version 2"):
        guides.edit_template(late(), {**late().content, "title": "Mine"}, 1, by=cast.sam, now=NOW)
    assert late().title == "Late"


@pytest.fixture
def next_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release whose late delivery has another title."""
    files = templates.load(guides.FILES)
    newer = [
        templates.TemplateFile(**{name: getattr(one, name) for name in one.__slots__} | {"title": "Newer"})
        if (one.key, one.locale) == ("late-delivery", "en")
        else one
        for one in files
    ]
    monkeypatch.setattr(templates, "load", lambda folder: tuple(newer))


@pytest.mark.usefixtures("next_release")
def test_a_release_renews_what_nobody_has_changed(cast: Cast) -> None:
    guides.bring_in_with_release(apps.get_app_config("tickets"), apps)
    assert (late().title, late().version) == ("Newer", 2)
    assert guides.bring_in_files(now=LATER) == 0


@pytest.mark.usefixtures("next_release")
def test_a_release_never_overwrites_an_edited_text_but_offers_its_own(cast: Cast) -> None:
    guides.edit_template(late(), {**late().content, "title": "Ours"}, 1, by=cast.sam, now=NOW)
    assert guides.bring_in_files(now=LATER) == 1
    assert (late().title, late().version) == ("Ours", 2)
    offered = late().versions.first()
    assert offered and (offered.number, offered.origin, offered.content["title"]) == (3, "shipped", "Newer")
    guides.restore_version(late(), 3, 2, by=cast.sam, now=LATER)
    assert late().title == "Newer"


def test_a_flush_brings_nothing_in(cast: Cast) -> None:
    Template.objects.filter(key="late-delivery").delete()
    guides.bring_in_with_release(apps.get_app_config("tickets"))
    assert not Template.objects.filter(key="late-delivery").exists()


class TestAFolderOfAHouse:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "late-delivery.md"
        shipped = (guides.FILES / "en" / "late-delivery.md").read_text("utf-8")
        file.write_text(shipped.replace(late().title, "Late, says our team"), "utf-8")
        return file

    def test_it_is_brought_in_for_one_team_and_once(self, cast: Cast, file: Path) -> None:
        for said in ("New or with a new version: 1.", "All are here already"):
            out = StringIO()
            call_command("import_templates", str(file.parent), team=cast.deliveries.slug, stdout=out)
            assert said in out.getvalue()
        own = Template.objects.get(key="late-delivery", team=cast.deliveries)
        assert (own.title, own.version, late().title) == ("Late, says our team", 1, "Late, and still on its way")

    @pytest.mark.parametrize(("was", "becomes"), [("## 2", "## 2\n\n{vow}"), ("---\nkey", "key")])
    def test_a_wrong_file_is_named_with_its_line_and_brings_nothing_in(
        self, cast: Cast, file: Path, was: str, becomes: str
    ) -> None:
        file.write_text(file.read_text("utf-8").replace(was, becomes, 1), "utf-8")
        before = Template.objects.count(), TemplateVersion.objects.count()
        with pytest.raises(CommandError, match=r"(?i)line \d+"):
            call_command("import_templates", str(file.parent), team=cast.deliveries.slug)
        assert (Template.objects.count(), TemplateVersion.objects.count()) == before

    def test_a_team_or_a_folder_that_there_is_not_is_named(self, cast: Cast, file: Path) -> None:
        with pytest.raises(CommandError, match="no team called nobody; there is deliveries, returns"):
            call_command("import_templates", str(file.parent), team="nobody")
        with pytest.raises(CommandError, match="is no folder"):
            call_command("import_templates", str(file))
