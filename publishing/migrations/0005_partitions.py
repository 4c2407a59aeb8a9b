"""What texts said before (修订历史) by year on PostgreSQL (docs/adr/0021); SQLite stays as it is."""

from django.db import migrations

from portal.partitions import Table, part_by_year


def part(apps, editor):
    part_by_year(editor, Table("publishing_historicalrevision", "history_date", "history_id"))


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_live_counts")]
    operations = [migrations.RunPython(part, migrations.RunPython.noop, elidable=False)]
