"""Grants made before the ledger had a life go on: proposed, consented to and granted by whoever granted them."""

from datetime import datetime, time, timedelta

from django.db import migrations
from django.utils import timezone


def begin_life(apps, schema_editor):
    Appointment, Tenure = apps.get_model("columns", "Appointment"), apps.get_model("columns", "Tenure")
    tenures = []
    for row in Appointment.objects.select_related("role", "user").iterator():
        starts = timezone.make_aware(datetime.combine(row.granted_on, time.min))
        ends = row.ended_on and timezone.make_aware(datetime.combine(row.ended_on, time.min))
        row.state = "REVOKED" if row.ended_on else "IN_FORCE"
        row.proposed_by_id = row.consented_by_id = row.granted_by_id
        row.proposed_at = row.consented_at = starts
        row.department_id = row.user.department_id
        row.save()
        ends = ends and max(ends, starts + timedelta(seconds=1))
        tenures.append(Tenure(appointment=row, powers=row.role.powers, starts_at=starts, ends_at=ends))
    Tenure.objects.bulk_create(tenures)


class Migration(migrations.Migration):
    dependencies = [("columns", "0004_ledger")]
    operations = [migrations.RunPython(begin_life, migrations.RunPython.noop)]
