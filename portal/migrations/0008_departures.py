import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0007_mailboxes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(verbose_name='离岗日期')),
                ('reason', models.CharField(max_length=200, verbose_name='事由')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('carried_out_at', models.DateTimeField(blank=True, null=True, verbose_name='办理时间')),
                ('called_off_at', models.DateTimeField(blank=True, null=True, verbose_name='取消时间')),
                ('lost', models.JSONField(default=list, verbose_name='终止的授权')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='交接结束')),
                ('closing_note', models.CharField(blank=True, max_length=200, verbose_name='结束说明')),
                ('asked', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='请谁交接')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='结束人')),
                ('from_department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.department', verbose_name='原部门')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departures', to=settings.AUTH_USER_MODEL, verbose_name='离岗人员')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('to_department', models.ForeignKey(blank=True, help_text='空：离开本单位', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.department', verbose_name='调往部门')),
            ],
            options={
                'verbose_name': '离岗交接',
                'verbose_name_plural': '离岗交接',
                'ordering': ['-effective_on', '-id'],
                'indexes': [models.Index(condition=models.Q(('called_off_at', None), ('closed_at', None)), fields=['asked'], name='departure_unsettled')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('called_off_at', None), ('carried_out_at', None)), fields=('person',), name='one_planned_departure')],
            },
        ),
    ]
