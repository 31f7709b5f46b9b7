"""The guided replies that come with the product, as rows that the house may change."""

from django.db import migrations

from tickets.actions.guides import import_templates


def create(apps, schema_editor):
    import_templates(apps.get_model("tickets", "Template"))


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_search")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
