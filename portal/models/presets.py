from django.contrib.contenttypes.models import ContentType
from django.db import models


class PresetRecord(models.Model):
    """What a preset last wrote into one object, so that loading again can tell an edit from an old value."""

    preset = models.SlugField(max_length=40)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    object_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    values = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["preset", "kind", "key"], name="preset_key_once")]
        verbose_name = verbose_name_plural = "预设载入记录"

    def __str__(self) -> str:
        return f"{self.preset}:{self.kind}:{self.key}"
