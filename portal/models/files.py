import uuid
from pathlib import Path

from django.db import models
from django.urls import reverse

from portal.enums import FileKind


class StoredFile(models.Model):
    """A file as accepted by `portal.uploads`: its content never changes; who may read it depends on where it is used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField("类别", max_length=8, choices=FileKind.choices)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节")
    sha256 = models.CharField("校验值", max_length=64)
    width = models.PositiveIntegerField("宽", null=True, blank=True)
    height = models.PositiveIntegerField("高", null=True, blank=True)
    file = models.FileField("文件", max_length=200)
    owner = models.ForeignKey(
        "portal.User", models.SET_NULL, null=True, related_name="+", verbose_name="上传人"
    )
    created_at = models.DateTimeField("上传时间")

    class Meta:
        ordering = ["-created_at"]
        verbose_name = verbose_name_plural = "文件"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.pk, self.name])

    @property
    def extension(self) -> str:
        """Lower-case ending without dot, as readers see it beside an attachment."""
        return Path(self.name).suffix.lstrip(".").lower()

    @property
    def card_url(self) -> str:
        return reverse("thumbnail", args=[self.pk, "card"])

    @property
    def thumb_url(self) -> str:
        return reverse("thumbnail", args=[self.pk, "thumb"])
