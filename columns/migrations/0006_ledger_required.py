import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("columns", "0005_ledger_rows")]
    operations = [
        migrations.AlterField(
            model_name="appointment",
            name="proposed_at",
            field=models.DateTimeField(verbose_name="提出时间"),
        ),
        migrations.AlterField(
            model_name="appointment",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                verbose_name="提出人",
            ),
        ),
    ]
