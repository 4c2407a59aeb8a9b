"""What readers get: publish, schedule, withdraw."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction

from portal import clock, notices, pages
from portal.enums import NoticeKind
from portal.models import User
from portal.sweeps import sweep
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand
from publishing import pages as own_pages
from publishing import rules
from publishing.enums import ArticleState, RevisionState
from publishing.models import Article, Revision
from publishing.operations.moves import Move, by_person, by_system, named
from publishing.operations.reviews import editor_address, settle, writers

FACE = ("column", "title", "summary", "author_name", "source_name", "department", "cover", "is_headline")


@transaction.atomic
def publish(revision: Revision, *, by: User, version: int | None = None) -> Article:
    """发布: the revision becomes the live page, the one before it is superseded; the time is the system's own.

    `version` is what the publisher looked at; a text saved since raises TooLate.
    """
    return _publish(revision, by, by_person, version)


@transaction.atomic
def schedule(revision: Revision, *, by: User, at: datetime, version: int | None = None) -> Revision:
    """定时发布: one button, nothing else to press; the sweep does it within a minute of `at` (aware).

    `version` as in `publish`.
    """
    if at <= clock.now():
        raise Refused("定时发布的时间须在当前时间之后", "scheduled_at")
    changes = {"scheduled_at": at}
    revision = by_person(revision, "schedule", actor=by, version=version, changes=changes)
    _check_issues(revision)
    settle(revision)
    return revision


def unschedule(revision: Revision, *, by: User) -> Revision:
    """取消定时: back to 待发布."""
    return by_person(revision, "unschedule", actor=by, changes={"scheduled_at": None})


@transaction.atomic
def send_back(revision: Revision, *, by: User, note: str, version: int | None = None) -> Revision:
    """退回修改 by the publisher: approved texts too may need another look. `version` as in `publish`."""
    return _send_back(revision, by, by_person, note, version)


@transaction.atomic
def withdraw(article: Article, *, by: User, note: str) -> Article:
    """撤稿: the page and its files are gone for readers at once; the text and the reason stay on record."""
    return _withdraw(article, by, note, "withdraw", by_person)


@transaction.atomic
def take_down(article: Article, *, by: User, note: str) -> Article:
    """应急撤下 (办法第二十一条), whoever may withdraw it, or 系统、安全管理员 while an incident about it is open."""
    if rules.may_withdraw(by, article):
        return withdraw(article, by=by, note=note)
    if reason := rules.why_not_take_down(as_they_stand(by), article):
        raise NotAllowed(reason)
    return _withdraw(article, by, note, "take_down", by_system)


@sweep("publish_scheduled", every=timedelta(minutes=1), label="定时发布")
def publish_scheduled() -> int:
    """Publish what is due, as 系统; one that no longer may be published goes back to its writer with the reason."""
    system, done = User.objects.system(), 0
    due = Revision.objects.filter(state=RevisionState.SCHEDULED, scheduled_at__lte=clock.now())
    for revision in due.order_by("scheduled_at"):
        try:
            with transaction.atomic():
                _publish(revision, system, by_system)
            done += 1
        except TooLate:
            continue  # somebody was quicker, or this sweep runs twice
        except Refused as refusal:
            with suppress(TooLate):
                _send_back(revision, system, by_system, refusal.message)
    return done


def _locked(pk: int) -> Article:
    """The article first, then its revisions: whoever takes both takes them in this order."""
    return Article.objects.select_for_update(no_key=True).get(pk=pk)


def _withdraw(article: Article, by: User, note: str, verb: str, move: Move) -> Article:
    article = _locked(article.pk)
    if article.published_revision is None:
        raise TooLate("这件稿件没有发布，无须撤稿")
    who = named(by, verb, article.published_revision)
    move(article.published_revision, verb, actor=by, note=note)
    article.state = ArticleState.WITHDRAWN
    article.save()
    pages.dropped(own_pages.of_article(article))
    notices.tell(writers(article.published_revision), f"撤稿：{article.title}", body=f"{who}：{note}")
    return article


def _publish(revision: Revision, by: User, move: Move, version: int | None = None) -> Article:
    article = _locked(revision.article_id)
    now = clock.now()
    changes = {
        "published_by": by, "published_for": rules.acting_for(by, "publish", revision), "published_at": now,
        "scheduled_at": None,
    }  # fmt: skip
    revision = move(revision, "publish", actor=by, version=version, changes=changes)
    _check_issues(revision)
    before = own_pages.of_article(article) if article.published_revision_id else set()
    if article.state == ArticleState.LIVE:
        by_system(article.published_revision, "supersede", actor=by)
    for name in FACE:
        setattr(article, name, getattr(revision, name))
    article.revised_at = now if article.published_at else None
    article.published_at = article.published_at or now
    article.published_revision, article.state = revision, ArticleState.LIVE
    article.save()
    after = own_pages.of_article(article)
    pages.changed(before | after)
    pages.dropped(address for address in before - after if address.site == pages.ALL_SITES)
    settle(revision)
    notices.tell(
        [person for person in writers(revision) if person != by], f"已发布：{revision.title}",
        kind=NoticeKind.RESULT, url=article.get_absolute_url(),
    )  # fmt: skip
    return article


@transaction.atomic
def _send_back(revision: Revision, by: User, move: Move, note: str, version: int | None = None) -> Revision:
    changes = {"scheduled_at": None}
    revision = move(revision, "send_back", actor=by, note=note, version=version, changes=changes)
    settle(revision)
    notices.tell(
        writers(revision), f"退回：{revision.title}", kind=NoticeKind.TODO,
        body=f"{named(by, 'send_back', revision)}：{note}", url=editor_address(revision),
    )  # fmt: skip
    return revision


def _check_issues(revision: Revision) -> None:
    if issues := rules.blocking_issues(revision):
        raise Refused("；".join(issue.message for issue in issues), issues[0].place)
