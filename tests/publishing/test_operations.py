"""From collecting to withdrawing, as the regulation says (办法第十六条)."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType

from columns import operations as column_operations
from columns.models import Appointment, Role, RouteStep
from portal import audit, clock
from portal.enums import Power
from portal.models import AuditEntry, Limit, Notice
from portal.workflow import NotAllowed, Refused, TooLate
from publishing import operations, rules
from publishing.models import Article, Revision
from publishing.operations import Draft
from publishing.operations.drafts import open_revision, version_token


def draft(office, **fields) -> Draft:
    said = {"column": office.news, "title": "例会", "body": "<p>正文</p>", "author_name": "李岚"}
    return Draft(**(said | fields))


def current(revision):
    return revision.steps.get(state="CURRENT")


def test_a_text_travels_from_collector_to_reader(office, write):
    revision = write(upto="report")
    assert (revision.state, current(revision).label) == ("IN_REVIEW", "科室负责人审核")
    revision = operations.approve(current(revision), by=office.head_person, note="同意发布")
    assert revision.state == "APPROVED"
    article = operations.publish(revision, by=office.moderator)
    assert (article.state, article.title, article.published_revision_id) == (
        "LIVE",
        "信息工作例会召开",
        revision.pk,
    )
    verbs = (
        AuditEntry.objects.filter(object_type__startswith="publishing.")
        .order_by("id")
        .values_list("verb", flat=True)
    )
    assert list(verbs) == ["create", "report", "approve", "clear", "publish"]
    assert audit.verify().bad_id is None


def test_a_direct_column_needs_no_review_but_still_a_publisher(office, write):
    revision = write(column=office.exchange, upto="report")
    assert revision.state == "APPROVED"
    with pytest.raises(NotAllowed):
        operations.publish(revision, by=office.collector)
    assert operations.publish(revision, by=office.moderator).state == "LIVE"


def test_nothing_reaches_readers_around_the_route(office, write):
    revision = write(upto="report")
    with pytest.raises(TooLate):
        operations.publish(revision, by=office.moderator)
    assert Article.objects.get(pk=revision.article_id).state == "NEW"


def test_returned_text_says_why_and_comes_again_in_a_new_round(office, write):
    revision = operations.return_(current(write(upto="report")), by=office.head_person, note="请核对数字")
    assert revision.state == "RETURNED"
    assert Notice.objects.get(recipient=office.collector).body == "科室负责人（科室负责人审核）：请核对数字"
    revision = operations.report(revision, by=office.collector)
    assert list(revision.steps.values_list("round", "state")) == [(1, "RETURNED"), (2, "CURRENT")]


def test_nobody_approves_what_they_wrote(office):
    both = office.moderator
    column_operations.appoint(both, _role("HEAD"), office.main, by=office.system, reason="兼任")
    revision = operations.report(operations.create(draft(office), by=both), by=both)
    with pytest.raises(NotAllowed, match="自己采集或修改"):
        operations.approve(current(revision), by=both)


def test_report_is_refused_when_nobody_else_may_review(office, write):
    for grant in Appointment.objects.filter(user=office.head_person):
        column_operations.revoke(grant, by=office.granter, note="调离")
    with pytest.raises(Refused, match="没有可审核的人"):
        operations.report(write(), by=office.collector)


def test_steps_stay_as_they_were_when_the_route_changes(office, write):
    revision = write(upto="report")
    RouteStep.objects.filter(route=office.head).delete()
    assert current(revision).label == "科室负责人审核"


def test_route_with_two_steps_asks_both_in_order(office, write):
    RouteStep.objects.create(route=office.head, position=2, label="局长签发", power=Power.SIGN)
    revision = operations.approve(current(write(upto="report")), by=office.head_person)
    assert (revision.state, current(revision).label) == ("IN_REVIEW", "局长签发")
    with pytest.raises(NotAllowed):
        operations.approve(current(revision), by=office.head_person)
    assert operations.approve(current(revision), by=office.signer).state == "APPROVED"


def test_live_page_stands_while_an_edit_is_under_review(office, write):
    article = Article.objects.get(pk=write(upto="publish").article_id)
    edit = operations.save(
        article, draft(office, title="例会（更正）"), by=office.collector, token=version_token(article)
    )
    operations.report(edit, by=office.collector)
    article.refresh_from_db()
    assert (article.title, article.state, edit.number) == ("信息工作例会召开", "LIVE", 2)
    edit = operations.approve(current(edit), by=office.head_person)
    article = operations.publish(edit, by=office.moderator)
    assert (article.title, article.revised_at is not None) == ("例会（更正）", True)
    assert list(article.revisions.order_by("number").values_list("state", flat=True)) == [
        "SUPERSEDED",
        "PUBLISHED",
    ]


def test_publish_time_is_the_first_one_and_the_systems_own(office, write):
    article = Article.objects.get(pk=write(upto="publish").article_id)
    first = article.published_at
    edit = operations.save(article, draft(office), by=office.collector, token=version_token(article))
    edit = operations.approve(current(operations.report(edit, by=office.collector)), by=office.head_person)
    assert operations.publish(edit, by=office.moderator).published_at == first


def test_second_editor_is_told_that_somebody_saved_first(office, write):
    article = write().article
    token = version_token(article)
    operations.save(article, draft(office, title="甲的"), by=office.collector, token=token)
    with pytest.raises(TooLate, match="信息员已在"):
        operations.save(article, draft(office, title="乙的"), by=office.moderator, token=token)
    assert open_revision(article).title == "甲的"


def test_text_under_review_cannot_be_edited_until_recalled(office, write):
    revision = write(upto="report")
    article = revision.article
    with pytest.raises(TooLate, match="收回"):
        operations.save(article, draft(office), by=office.collector, token=version_token(article))
    assert operations.recall(revision, by=office.collector).state == "DRAFT"
    saved = operations.save(article, draft(office), by=office.collector, token=version_token(article))
    assert saved.title == "例会"


def test_two_leaders_at_once_one_wins_the_other_is_told(office, write):
    revision = write(upto="report")
    step = current(revision)
    operations.approve(step, by=office.head_person)
    with pytest.raises(TooLate, match="待发布"):
        operations.return_(step, by=office.head_person, note="再看看")
    assert Revision.objects.get(pk=revision.pk).state == "APPROVED"


def test_decision_on_a_text_that_came_again_meanwhile_is_refused(office, write):
    revision = write(upto="report")
    seen = current(revision)
    operations.report(operations.recall(revision, by=office.collector), by=office.collector)
    with pytest.raises(TooLate, match="打开之后"):
        operations.approve(seen, by=office.head_person)


def test_publishing_what_was_changed_since_is_refused(office, write):
    revision = write(upto="approve")
    with pytest.raises(TooLate, match="打开之后"):
        operations.publish(revision, by=office.moderator, version=revision.version - 1)
    assert Article.objects.get(pk=revision.article_id).state == "NEW"


def test_scheduled_text_is_published_by_the_sweep_once(office, write):
    at = clock.now() + timedelta(hours=2)
    revision = operations.schedule(write(upto="approve"), by=office.moderator, at=at)
    assert operations.publish_scheduled() == 0
    with clock.at(at + timedelta(minutes=1)):
        assert (operations.publish_scheduled(), operations.publish_scheduled()) == (1, 0)
    revision.refresh_from_db()
    assert (revision.state, revision.published_by.name) == ("PUBLISHED", "系统")


def test_schedule_in_the_past_is_refused_at_its_field(office, write):
    with pytest.raises(Refused) as refusal:
        operations.schedule(write(upto="approve"), by=office.moderator, at=clock.now())
    assert refusal.value.field == "scheduled_at"


def test_withdrawn_text_is_gone_for_readers_and_kept_on_record(office, write):
    article = Article.objects.get(pk=write(upto="publish").article_id)
    with pytest.raises(Refused, match="请写明撤稿的理由"):
        operations.withdraw(article, by=office.moderator, note="")
    article = operations.withdraw(article, by=office.moderator, note="内容有误")
    assert (article.state, rules.may_read(office.staff, article)) == ("WITHDRAWN", False)
    assert AuditEntry.objects.get(verb="withdraw").note == "内容有误"


def test_withdrawn_text_comes_back_through_the_route(office, write):
    article = Article.objects.get(pk=write(upto="publish").article_id)
    operations.withdraw(article, by=office.moderator, note="内容有误")
    article.refresh_from_db()
    edit = operations.save(article, draft(office), by=office.collector, token=version_token(article))
    edit = operations.approve(current(operations.report(edit, by=office.collector)), by=office.head_person)
    assert operations.publish(edit, by=office.moderator).state == "LIVE"


def test_double_submit_creates_one_article(office):
    once = draft(office, key="form:1")
    first, second = operations.create(once, by=office.collector), operations.create(once, by=office.collector)
    assert (first.pk, Article.objects.count()) == (second.pk, 1)


def test_collector_without_power_on_the_column_is_refused(office):
    with pytest.raises(NotAllowed, match="采集权限"):
        operations.create(draft(office), by=office.staff)
    assert Article.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"title": " "}, "title"),
        ({"body": "<p>&nbsp;</p>"}, "body"),
        ({"author_name": ""}, "author"),
        ({"is_reprint": True}, "source"),
    ],
)
def test_incomplete_text_cannot_be_reported(office, fields, rule):
    revision = operations.create(draft(office, **fields), by=office.collector)
    assert [issue.rule for issue in rules.blocking_issues(revision)] == [rule]
    with pytest.raises(Refused):
        operations.report(revision, by=office.collector)


def test_nobody_is_called_to_what_no_longer_waits(office, write):
    def called() -> dict[str, str]:
        rows = Notice.objects.filter(kind="TODO", read_at=None).select_related("recipient")
        return {row.recipient.name: row.title for row in rows}

    revision = write(upto="report")
    assert called() == {"科室负责人": "待审核：信息工作例会召开"}
    revision = operations.return_(current(revision), by=office.head_person, note="请核对")
    assert called() == {"信息员": "退回：信息工作例会召开"}
    revision = operations.report(revision, by=office.collector)
    revision = operations.approve(current(revision), by=office.head_person)
    assert called() == {"版主": "待发布：信息工作例会召开"}
    operations.publish(revision, by=office.moderator)
    assert called() == {}


def test_review_clock_starts_and_stops(office, write):
    revision = write(upto="report")
    from_start = current(revision)
    assert [limit.met_at for limit in _limits(from_start)] == [None]
    operations.approve(from_start, by=office.head_person)
    assert [limit.met_at is None for limit in _limits(from_start)] == [False]


def _limits(step):
    return Limit.objects.filter(subject_type=ContentType.objects.get_for_model(step), subject_id=step.pk)


def _role(key):
    return Role.objects.get(key=key)
