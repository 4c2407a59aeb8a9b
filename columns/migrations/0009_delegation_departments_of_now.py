from django.db import migrations
from django.db.models import OuterRef, Subquery


def as_they_are(apps, schema_editor):
    """Delegations named before both departments were written down: where the two are now."""
    User = apps.get_model("portal", "User")

    def department(of):
        return Subquery(User.objects.filter(pk=OuterRef(of)).values("department")[:1])

    apps.get_model("columns", "Delegation").objects.update(
        principal_department=department("principal"), acting_department=department("acting")
    )


class Migration(migrations.Migration):
    dependencies = [("columns", "0008_delegation_departments")]
    operations = [migrations.RunPython(as_they_are, migrations.RunPython.noop)]
