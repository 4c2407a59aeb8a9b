from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.urls import reverse

from interaction.enums.letters import OPEN_STATES, LetterState, Outcome, Satisfaction
from interaction.workflow.letters import LETTER
from portal.fields import SealedTextField


class Letter(models.Model):
    """来信. Who wrote it and what they say is sealed; the title, which lists show, asks for no names."""

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="letters", verbose_name="站点")
    letterbox = models.ForeignKey(
        "interaction.Letterbox", models.PROTECT, related_name="letters", verbose_name="信箱"
    )
    matter = models.ForeignKey("interaction.Matter", models.PROTECT, related_name="+", verbose_name="类别")
    code = models.CharField("查询码", max_length=16, unique=True)
    password_digest = models.CharField(max_length=64, editable=False)
    nonce = models.CharField(max_length=32, unique=True, editable=False)

    title = models.CharField("标题", max_length=60)
    body = SealedTextField("内容")
    writer_name = SealedTextField("姓名", blank=True)
    phone = SealedTextField("电话", blank=True)
    email = SealedTextField("电子邮箱", blank=True)
    address = SealedTextField("地址", blank=True)
    writer = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登录写信人"
    )
    agrees_to_publish = models.BooleanField("同意公开", default=False)

    state = models.CharField(
        "状态", max_length=10, choices=LetterState.choices, default=LetterState.SUBMITTED
    )
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办部门"
    )
    helpers = models.ManyToManyField(
        "portal.Department", blank=True, related_name="+", verbose_name="协办部门"
    )
    is_adjudicated = models.BooleanField("协调确定承办", default=False)
    outcome = models.CharField("办理结果", max_length=10, choices=Outcome.choices, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入"
    )
    related = models.ManyToManyField("self", blank=True, verbose_name="相关来信")

    written_at = models.DateTimeField("来信时间")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    reopened_at = models.DateTimeField("再次办理时间", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    satisfaction = models.CharField("评价", max_length=12, choices=Satisfaction.choices, blank=True)
    satisfaction_note = SealedTextField("评价说明", blank=True)
    rated_at = models.DateTimeField("评价时间", null=True, blank=True)

    limits = GenericRelation("portal.Limit", "subject_id", "subject_type")
    workflow = LETTER

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["site", "-id"], name="letter_board"),
            models.Index(fields=["letterbox", "-id"], name="letter_box"),
            models.Index(fields=["site", "department", "-id"], name="letter_department"),
            models.Index(fields=["site", "state", "-id"], name="letter_state"),
            models.Index(
                fields=["department", "state"], condition=Q(state__in=OPEN_STATES), name="letter_owed"
            ),
        ]
        verbose_name = verbose_name_plural = "来信"

    def __str__(self) -> str:
        return f"来信 {self.code}"

    def get_absolute_url(self) -> str:
        """Where it is handled, under the desk."""
        return reverse("desk:letter", args=[self.pk])

    @property
    def is_owed(self) -> bool:
        """An answer is still owed."""
        return self.state in OPEN_STATES


class LetterFile(models.Model):
    """附件 of a letter, for those who handle it."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="files")
    file = models.OneToOneField("portal.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "来信附件"

    def __str__(self) -> str:
        return self.file.name


class LetterNews(models.Model):
    """办理进展: a line that the writer reads, and is mailed where they left an address."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="news")
    at = models.DateTimeField("时间")
    text = models.TextField("内容")
    is_mailed = models.BooleanField("已发邮件", default=False)
    attempts = models.PositiveSmallIntegerField("邮件尝试", default=0)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["id"], condition=Q(is_mailed=False), name="letter_news_to_mail")]
        verbose_name = verbose_name_plural = "办理进展"

    def __str__(self) -> str:
        return self.text


class PublicLetter(models.Model):
    """选登: the masked public copy of a letter and its answer, by choice and with the writer's consent."""

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="public_copy")
    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="+")
    title = models.CharField("标题", max_length=60)
    body = models.TextField("来信")
    answer = models.TextField("答复")
    is_public = models.BooleanField("已公开", default=False)
    published_at = models.DateTimeField("公开时间", null=True, blank=True)
    published_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开人"
    )

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(
                fields=["site", "-published_at", "-id"],
                condition=Q(is_public=True),
                name="letter_public_list",
            )
        ]
        verbose_name = verbose_name_plural = "选登来信"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.site.url(f"mailbox/public/{self.pk}/")
