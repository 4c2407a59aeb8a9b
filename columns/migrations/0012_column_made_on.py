"""Every column knows the day it was made: it owes no update for the week or month it began in."""

from django.db import migrations, models
from django.db.models import Min
from django.utils import timezone

import portal.clock


def read_from_history(apps, schema_editor):
    """What stands already was made when its history begins."""
    column = apps.get_model("columns", "Column")
    begun = apps.get_model("columns", "HistoricalColumn").objects.order_by().values("id")
    for row in begun.annotate(at=Min("history_date")).iterator():
        column.objects.filter(pk=row["id"]).update(made_on=timezone.localtime(row["at"]).date())


class Migration(migrations.Migration):
    dependencies = [("columns", "0011_assessment")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="made_on",
            field=models.DateField(default=portal.clock.today, editable=False, verbose_name="建立日期"),
        )
        for name in ("column", "historicalcolumn")
    ] + [migrations.RunPython(read_from_history, migrations.RunPython.noop)]
