"""Public pages as files: what has to be rendered anew, what was written, and how far a site has been gone through."""

from django.db import models


class StalePage(models.Model):
    """A page that something changed: written with the change, in its transaction. A second change is the same row
    with another `token`, so that a page rendered before it is never taken for the newest.
    """

    site = models.CharField("站点", max_length=40, blank=True)
    path = models.CharField("地址", max_length=300)
    rank = models.PositiveSmallIntegerField(default=0)
    is_wanted = models.BooleanField(default=True)
    token = models.UUIDField()
    since = models.DateTimeField("何时起")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="stale_page_once")]
        indexes = [models.Index(fields=["rank", "id"], name="stale_page_turn")]
        verbose_name = verbose_name_plural = "待发布页面"

    def __str__(self) -> str:
        return f"{self.site}/{self.path}"


class PublishedPage(models.Model):
    """The manifest: a page as it was written. `prints` says of every file its size, time and SHA-256; `seal` signs them.

    `turns_at`: when the page would read differently without anybody changing anything.
    """

    site = models.CharField("站点", max_length=40, blank=True)
    path = models.CharField("地址", max_length=300)
    kind = models.CharField("类别", max_length=40)
    prints = models.JSONField("指纹")
    seal = models.CharField("签名", max_length=64)
    version = models.CharField("模板版本", max_length=64, blank=True)
    rendered_at = models.DateTimeField("生成时间")
    turns_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField("核对时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="published_page_once")]
        indexes = [
            models.Index(fields=["turns_at"], name="published_page_turn"),
            models.Index(fields=["checked_at"], name="published_page_check"),
        ]
        verbose_name = verbose_name_plural = "已发布页面"

    def __str__(self) -> str:
        return f"{self.site}/{self.path}"


class Edition(models.Model):
    """How far all pages of one site have been asked for: `number` counts changes that every page shows (menu, footer),
    `laid_out` is the version of templates and number for which that was done.
    """

    site = models.CharField("站点", max_length=40, unique=True)
    number = models.PositiveIntegerField(default=0)
    laid_out = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "站点版次"

    def __str__(self) -> str:
        return f"{self.site} {self.number}"
