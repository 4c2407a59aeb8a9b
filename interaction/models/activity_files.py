from django.db import models
from django.db.models import Q
from django.urls import reverse

from interaction.enums.activities import ActivityKind
from portal.models import StoredFile


class ActivityFile(models.Model):
    """A file or picture that goes with an activity: whoever may read its page may read it."""

    activity = models.ForeignKey(
        "interaction.Activity", models.PROTECT, related_name="files", verbose_name="活动"
    )
    file = models.ForeignKey("portal.StoredFile", models.PROTECT, related_name="+", verbose_name="文件")
    caption = models.CharField("说明", max_length=60, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "file"], name="activity_file_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="activity_file_position"),
        ]
        verbose_name = verbose_name_plural = "活动附件"

    def __str__(self) -> str:
        return self.caption or self.file.name


def file_url(kind: str, activity_id: int, stored: StoredFile, size: str = "") -> str:
    """Where a file of an activity is fetched; `size` names a thumbnail of a picture."""
    segment = ActivityKind(kind).segment
    if size:
        return reverse("activity_thumbnail", args=[segment, activity_id, stored.pk, size])
    return reverse("activity_file", args=[segment, activity_id, stored.pk, stored.name])
