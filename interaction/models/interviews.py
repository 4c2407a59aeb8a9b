from django.db import models
from django.db.models import Q

from interaction.enums.interviews import QuestionState
from interaction.workflow.interview_questions import INTERVIEW_QUESTION
from portal.fields import SealedTextField
from portal.masking import short_name


class Interview(models.Model):
    """在线访谈: who is asked, who leads, what was said (福建第十五条(一)). Topic and time are the activity's."""

    activity = models.OneToOneField(
        "interaction.Activity", models.PROTECT, related_name="interview", verbose_name="活动"
    )
    host = models.CharField("主持人", max_length=30, blank=True)
    summary = models.TextField("内容摘要", blank=True)
    video_url = models.CharField("视频地址", max_length=300, blank=True)
    live_version = models.PositiveIntegerField("公开内容变动次数", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "在线访谈"

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def site(self):
        return self.activity.site


class InterviewGuest(models.Model):
    """嘉宾, with a picture where the office has one."""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="guests", verbose_name="访谈")
    position = models.PositiveSmallIntegerField("次序")
    name = models.CharField("姓名", max_length=30)
    title = models.CharField("职务", max_length=60)
    picture = models.ForeignKey(
        "portal.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="照片"
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "position"], name="interview_guest_position"),
            models.UniqueConstraint(fields=["interview", "name"], name="interview_guest_name"),
        ]
        verbose_name = verbose_name_plural = "嘉宾"

    def __str__(self) -> str:
        return self.name


class InterviewQuestion(models.Model):
    """访谈提问: sent before and during the interview by anybody; kept whole, shown by its looked-over copy alone."""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="questions", verbose_name="访谈")
    text = models.CharField("问题", max_length=300)
    asker_name = SealedTextField("称呼", blank=True)
    asker = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登录提问人"
    )
    sent_at = models.DateTimeField("提问时间")
    nonce = models.CharField(max_length=32, unique=True, editable=False)
    state = models.CharField(
        "状态", max_length=8, choices=QuestionState.choices, default=QuestionState.WAITING
    )
    public_text = models.TextField("公开文本", blank=True)
    decided_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审看人"
    )
    decided_at = models.DateTimeField("审看时间", null=True, blank=True)
    refused_reason = models.CharField("未采用理由", max_length=500, blank=True)

    workflow = INTERVIEW_QUESTION

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=QuestionState.ACCEPTED) | ~Q(public_text=""),
                name="interview_question_shown_by_its_copy",
            ),
        ]
        indexes = [models.Index(fields=["interview", "state", "id"], name="interview_question_queue")]
        verbose_name = verbose_name_plural = "访谈提问"

    def __str__(self) -> str:
        return f"访谈提问 {self.pk}"

    @property
    def signed(self) -> str:
        """Who it is from, as readers are told."""
        if self.asker_id:
            return "工作人员"
        return f"网友 {short_name(self.asker_name)}" if self.asker_name else "网友"

    @property
    def activity(self):
        return self.interview.activity

    @property
    def site(self):
        return self.interview.activity.site


class InterviewEntry(models.Model):
    """实录 line: what a guest or the host said. One that was taken back stays on record."""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="entries", verbose_name="访谈")
    position = models.PositiveIntegerField("次序")
    guest = models.ForeignKey(
        InterviewGuest, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="嘉宾"
    )
    text = models.TextField("内容")
    question = models.ForeignKey(
        InterviewQuestion, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="提问"
    )
    at = models.DateTimeField("时间")
    entered_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="录入人")
    nonce = models.CharField(max_length=32, unique=True, editable=False)
    corrected_at = models.DateTimeField("更正时间", null=True, blank=True)
    taken_back_at = models.DateTimeField("撤下时间", null=True, blank=True)
    version = models.PositiveIntegerField("保存次数", default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "position"], name="interview_entry_position"),
        ]
        verbose_name = verbose_name_plural = "访谈实录"

    def __str__(self) -> str:
        return f"实录第 {self.position} 条"

    @property
    def site(self):
        return self.interview.activity.site
