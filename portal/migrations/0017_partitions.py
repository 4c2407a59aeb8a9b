"""审计记录 by year on PostgreSQL (docs/adr/0021); SQLite stays as it is."""

from django.db import migrations

from portal.partitions import Table, part_by_year


def part(apps, editor):
    part_by_year(editor, Table("portal_auditentry", "at"))


class Migration(migrations.Migration):
    dependencies = [("portal", "0016_structure")]
    operations = [migrations.RunPython(part, migrations.RunPython.noop, elidable=False)]
