from django.db import models
from django.db.models import Q

from columns.models import Column
from interaction.enums.comments import CommentState
from interaction.workflow.comments import COMMENT
from portal.models import Site

EXCERPT = 30


class Comment(models.Model):
    """评论: what somebody on the staff says under an article or a question. Readers see it once a moderator agrees."""

    article = models.ForeignKey(
        "publishing.Article",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name="稿件",
    )
    question = models.ForeignKey(
        "interaction.Question",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name="提问",
    )
    body = models.TextField("内容")
    author = models.ForeignKey("portal.User", models.PROTECT, related_name="comments", verbose_name="评论人")
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="当时部门"
    )
    at = models.DateTimeField("评论时间")
    state = models.CharField(
        "状态", max_length=10, choices=CommentState.choices, default=CommentState.PENDING
    )
    decided_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    reason = models.TextField("理由", blank=True)
    key = models.UUIDField(editable=False)

    workflow = COMMENT

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, question=None) | Q(article=None, question__isnull=False),
                name="comment_on_one_thing",
            ),
            models.UniqueConstraint(fields=["author", "key"], name="commented_once"),
        ]
        indexes = [
            models.Index(
                fields=["article", "at"], condition=Q(article__isnull=False), name="comment_article"
            ),
            models.Index(
                fields=["question", "at"], condition=Q(question__isnull=False), name="comment_question"
            ),
            models.Index(fields=["id"], condition=Q(state="PENDING"), name="comment_pending"),
        ]
        verbose_name = verbose_name_plural = "评论"

    def __str__(self) -> str:
        words = " ".join(self.body.split())
        return words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…"

    def get_absolute_url(self) -> str:
        return f"{self.subject.get_absolute_url()}#comments"

    @property
    def subject(self):
        """The article or question it is said about."""
        return self.article or self.question

    @property
    def column(self) -> Column:
        return self.subject.column

    @property
    def site(self) -> Site:
        """Where its audit entries belong."""
        return self.subject.site
