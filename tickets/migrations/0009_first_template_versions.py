"""Each template as it stands becomes its first version."""

from django.db import migrations
from django.utils import timezone

from tickets.actions.guides import FILES, content_of
from tickets.empathy import templates

KEPT = ("title", "situation", "stage", "level", "slots", "guards", "variants")  # what a row held before this release


def create(apps, schema_editor):
    """Shipped where it says what its file says, else the house's own."""
    shipped = {(one.key, one.locale): content_of(one) for one in templates.load(FILES)}
    for row in apps.get_model("tickets", "Template").objects.all():
        said = shipped.get((row.key, row.locale))
        own = {name: getattr(row, name) for name in KEPT}
        same = said is not None and all(said[name] == value for name, value in own.items())
        row.remedies = said["remedies"] if same else []
        row.save()
        apps.get_model("tickets", "TemplateVersion").objects.create(
            template=row,
            number=1,
            origin="shipped" if same else "edited",
            content=own | {"remedies": row.remedies},
            name="Kintsugi",
            at=timezone.now(),
        )


class Migration(migrations.Migration):
    dependencies = [("tickets", "0008_template_versions")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
