"""Adding up what triggers wrote down about live articles."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Sum

from portal.sweeps import sweep
from publishing.models import LiveCount


@sweep("add_up_counts", every=timedelta(hours=1), label="在线条数归并")
def add_up_counts() -> int:
    """One row a column and month; rows written meanwhile wait for the next time. Twice at once adds up once."""
    heaps = (
        LiveCount.objects.values("column", "month").annotate(rows=Count("pk")).filter(rows__gt=1).order_by()
    )
    for heap in list(heaps):
        _add_up(heap["column"], heap["month"])
    return len(heaps)


@transaction.atomic
def _add_up(column: int, month) -> None:
    rows = LiveCount.objects.select_for_update(skip_locked=True).filter(column=column, month=month)
    ids = list(rows.values_list("pk", flat=True))
    number = LiveCount.objects.filter(pk__in=ids).aggregate(n=Sum("number"))["n"] or 0
    LiveCount.objects.filter(pk__in=ids).delete()
    if number:
        LiveCount.objects.create(column_id=column, month=month, number=number)
