"""The only writers of comments: said, published or refused, taken down. Nothing is deleted (办法第十二条)."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse

from columns import queries as column_queries
from interaction.models import Comment, Question
from interaction.operations import items
from interaction.rules import comments as rules
from portal import audit, clock, notices
from portal.enums import NoticeKind, Power
from portal.models import User
from portal.workflow import NotAllowed, as_they_stand, fire
from publishing.models import Article

LABEL = "审核评论"


@transaction.atomic
def post(on: Article | Question, body: str, *, by: User, key: UUID) -> Comment:
    """发表评论: kept as 待审核; its clock starts and the column's moderators are told.

    The same `key` of the same person gives the first one back: a double click says it once.
    """
    by = as_they_stand(by)
    if reason := rules.why_not_post(by, on):
        raise NotAllowed(reason)
    field = "article" if isinstance(on, Article) else "question"
    said = {field: on, "body": body, "department": by.department, "at": clock.now()}
    comment, is_new = Comment.objects.get_or_create(author=by, key=key, defaults=said)
    if is_new:
        audit.record("comment", "发表评论", comment, actor=by)
        items.start(comment, LABEL, by=by)
        _call_moderators(comment)
    return comment


@transaction.atomic
def publish(comment: Comment, *, by: User) -> Comment:
    """同意发布: readers see it from now on; its author is told, and whoever asked the question it is about."""
    comment = _decide(comment, "publish", by)
    people = {comment.author}
    if comment.question:
        people.add(comment.question.asked_by)
    for person in people - {by}:
        said = "您的评论已发布" if person == comment.author else "您的提问有新的讨论"
        notices.tell(
            [person], f"{said}：{comment.subject}", kind=NoticeKind.RESULT, url=comment.get_absolute_url()
        )
    return comment


@transaction.atomic
def refuse(comment: Comment, *, by: User, note: str) -> Comment:
    """不予发布: it is kept with the reason, which its author and inspection see (办法第十二条)."""
    return _kept_back(_decide(comment, "refuse", by, note), "您的评论未予发布")


@transaction.atomic
def withdraw(comment: Comment, *, by: User, note: str) -> Comment:
    """撤下 one that was published: readers see that it was taken down, its author why."""
    return _kept_back(_decide(comment, "withdraw", by, note), "您的评论已由版主撤下")


def _decide(comment: Comment, verb: str, by: User, note: str = "") -> Comment:
    changes = {
        "decided_by": by, "decided_for": rules.acting_for(by, verb, comment), "decided_at": clock.now(),
        "reason": note.strip(),
    }  # fmt: skip
    comment = fire(
        comment,
        verb,
        actor=by,
        why_not=rules.why_not,
        acting_for=rules.acting_for,
        note=note,
        changes=changes,
    )
    items.stop(comment, by=by)
    notices.settle(_desk_address(comment))
    return comment


def _kept_back(comment: Comment, said: str) -> Comment:
    address = f"{reverse('desk:my')}?kind=comments#comment-{comment.pk}"
    notices.tell(
        [comment.author], f"{said}：{comment.subject}", kind=NoticeKind.RESULT,
        body=f"理由：{comment.reason}", url=address,
    )  # fmt: skip
    return comment


def _call_moderators(comment: Comment) -> None:
    barred = {comment.author_id} | column_queries.stand_ins({comment.author_id})
    people = column_queries.holders(comment.column, Power.PUBLISH).exclude(pk__in=barred)
    notices.tell(
        people, f"待审评论：{comment.subject}", kind=NoticeKind.TODO, body=str(comment),
        url=_desk_address(comment), key=f"comment-{comment.pk}",
    )  # fmt: skip


def _desk_address(comment: Comment) -> str:
    return reverse("desk:comment", args=[comment.pk])
