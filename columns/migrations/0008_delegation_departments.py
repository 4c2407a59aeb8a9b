import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('columns', '0007_responsibilities'),
        ('portal', '0008_departures'),
    ]

    operations = [
        migrations.AddField(
            model_name='delegation',
            name='acting_department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.department', verbose_name='代理人部门'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='principal_department',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.department', verbose_name='被代理人部门'),
        ),
    ]
