"""Two people at once, on threads with connections of their own: one wins, the other is told, nothing half-written.

On SQLite the tests run on a database file with the options of `make run`; on PostgreSQL as they are.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from columns import operations as column_operations
from columns.enums import StepState
from columns.models import Appointment, Role
from columns.rules import Powers
from portal import clock, notices
from portal.enums import Power
from portal.models import AuditEntry, Notice, User
from portal.workflow import NotAllowed, Refused, TooLate
from publishing import operations
from publishing.enums import ArticleState, RevisionState
from publishing.models import Article, ReviewStep, Revision
from publishing.operations import Draft
from publishing.operations.drafts import version_token
from tests.races import RACING, START_SECONDS, at_once, fresh, one_won

pytestmark = RACING
ROUNDS = range(3)


@pytest.fixture
def second_head(office) -> User:
    person = User.objects.create_user("fuzeren2", "test-Portal-2026", name="周明", department=office.section)
    role = Role.objects.get(key="HEAD")
    column_operations.appoint(person, role, office.main, by=office.system, reason="测试")
    return person


def trail(obj) -> list[str]:
    rows = AuditEntry.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))
    return list(rows.order_by("id").values_list("verb", flat=True))


# --- review -------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_who_approve_one_is_too_late(turn, write, office, second_head):
    revision = write(upto="report")
    step = revision.steps.get()
    results = at_once(
        lambda: operations.approve(fresh(step), by=fresh(office.head_person)),
        lambda: operations.approve(fresh(step), by=fresh(second_head)),
    )
    assert one_won(results).state == RevisionState.APPROVED
    assert trail(revision) == ["report", "approve", "clear"]


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_approving_and_returning_one_holds(turn, write, office, second_head):
    revision = write(upto="report")
    step = revision.steps.get()
    results = at_once(
        lambda: operations.approve(fresh(step), by=fresh(office.head_person)),
        lambda: operations.return_(fresh(step), by=fresh(second_head), note="请核对数字"),
    )
    one_won(results)
    outcomes = {
        (RevisionState.APPROVED, StepState.APPROVED, ("report", "approve", "clear")),
        (RevisionState.RETURNED, StepState.RETURNED, ("report", "return_")),
    }
    assert (fresh(revision).state, fresh(step).state, tuple(trail(revision))) in outcomes


def test_of_two_pressed_buttons_one_is_told_on_the_page(write, office, second_head):
    revision = write(upto="report")
    step = revision.steps.get()

    def press(person: User) -> Callable[[], int]:
        browser = Client()
        browser.force_login(person)
        address = reverse("desk:act", args=[revision.pk, "approve"])
        return lambda: browser.post(address, {"step": step.pk, "note": "同意"}).status_code

    assert sorted(at_once(press(office.head_person), press(second_head))) == [302, 409]


@pytest.mark.parametrize("turn", ROUNDS)
def test_reporting_twice_at_once_makes_one_round(turn, write, office):
    revision = write()
    results = at_once(*[lambda: operations.report(fresh(revision), by=fresh(office.collector))] * 2)
    one_won(results)
    assert ReviewStep.objects.filter(revision=revision).count() == 1


# --- publishing ---------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_publishing_and_recalling_one_holds(turn, write, office):
    revision = write(upto="approve")
    results = at_once(
        lambda: operations.publish(fresh(revision), by=fresh(office.moderator)),
        lambda: operations.recall(fresh(revision), by=fresh(office.collector)),
    )
    one_won(results)
    outcomes = {(RevisionState.PUBLISHED, ArticleState.LIVE), (RevisionState.DRAFT, ArticleState.NEW)}
    assert (fresh(revision).state, fresh(revision.article).state) in outcomes


@pytest.mark.parametrize("turn", ROUNDS)
def test_publishing_anew_and_withdrawing_never_block_each_other(turn, write, office, rewrite):
    article = write(upto="publish").article
    following = rewrite(article, "修改后的标题")
    results = at_once(
        lambda: operations.publish(fresh(following), by=fresh(office.moderator)),
        lambda: operations.withdraw(fresh(article), by=fresh(office.moderator), note="数字有误"),
    )
    article = fresh(article)
    assert not isinstance(results[0], Refused)
    states = set(article.revisions.values_list("number", "state"))
    if isinstance(results[1], TooLate):
        assert states == {(1, RevisionState.SUPERSEDED), (2, RevisionState.PUBLISHED)}
        assert article.state == ArticleState.LIVE
    else:
        assert article.published_revision.state in (RevisionState.PUBLISHED, RevisionState.WITHDRAWN)
        is_live = article.published_revision.state == RevisionState.PUBLISHED
        assert article.state == (ArticleState.LIVE if is_live else ArticleState.WITHDRAWN)


@pytest.mark.parametrize("turn", ROUNDS)
def test_revoking_while_publishing_leaves_a_whole_page_or_none(turn, write, office):
    revision = write(upto="approve")
    grant = Appointment.objects.get(user=office.moderator, site=office.main)
    results = at_once(
        lambda: operations.publish(fresh(revision), by=fresh(office.moderator)),
        lambda: column_operations.revoke(fresh(grant), by=fresh(office.granter), note="岗位调整"),
    )
    outcomes = {
        (Article, RevisionState.PUBLISHED, ArticleState.LIVE),
        (NotAllowed, RevisionState.APPROVED, ArticleState.NEW),
    }
    assert (type(results[0]), fresh(revision).state, fresh(revision.article).state) in outcomes
    assert Powers(office.moderator).has(Power.PUBLISH, office.news.pk) is False


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_grants_revoked_at_once_leave_no_power_behind(turn, office):
    role = Role.objects.create(key="SECOND", name="副版主", powers=[Power.PUBLISH])
    column_operations.appoint(office.moderator, role, office.main, by=office.system, reason="测试")
    grants = Appointment.objects.filter(user=office.moderator, site=office.main)
    at_once(*[
        lambda grant=grant: column_operations.revoke(fresh(grant), by=fresh(office.granter), note="岗位调整")
        for grant in grants
    ])  # fmt: skip
    assert Powers(office.moderator).own.sites.get(office.main.pk, set()) == set()


def end_acting(office) -> Callable[[], Any]:
    """局长 acts for the moderator today; the act that ends it early."""
    delegation = column_operations.name_acting(
        office.moderator, office.signer, clock.today(), clock.today(), by=office.chief, reason="出差"
    )
    return lambda: column_operations.end_delegation(delegation, by=fresh(office.chief), reason="提前返回")


def revoke_all(office) -> Callable[[], Any]:
    grant = Appointment.objects.get(user=office.moderator, site=office.main)
    return lambda: column_operations.revoke(fresh(grant), by=fresh(office.granter), note="岗位调整")


@pytest.mark.parametrize(("take", "who"), [(revoke_all, "moderator"), (end_acting, "signer")])
def test_a_publication_waits_for_a_revocation_under_way_and_loses(write, office, take, who):
    revision, taken, act = write(upto="approve"), Event(), take(office)

    def revoke_slowly() -> None:
        with transaction.atomic():
            act()
            taken.set()
            time.sleep(0.5)

    def publish() -> Any:
        person = fresh(getattr(office, who))
        assert taken.wait(START_SECONDS)
        return operations.publish(fresh(revision), by=person)

    _, published = at_once(revoke_slowly, publish)
    assert type(published) is NotAllowed
    assert (fresh(revision).state, fresh(revision.article).state) == (
        RevisionState.APPROVED, ArticleState.NEW
    )  # fmt: skip
    assert "publish" not in trail(revision)


# --- writing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_saves_with_one_token_one_is_too_late(turn, write, office):
    revision = write()
    token = version_token(revision.article)

    def save(person: User, title: str) -> Callable[[], Revision]:
        draft = Draft(column=office.news, title=title, body=f"<p>{title}的正文</p>", author_name="李岚")
        return lambda: operations.save(fresh(revision.article), draft, by=fresh(person), token=token)

    kept = one_won(at_once(save(office.collector, "采集人的"), save(office.moderator, "版主的")))
    revision = fresh(revision)
    assert (revision.title, revision.version) == (kept.title, 2)
    assert revision.body == f"<p>{kept.title}的正文</p>"
    assert fresh(revision.article).title == kept.title


def test_a_slow_save_does_not_take_back_a_report(write, office, monkeypatch):
    revision = write()
    token, clean = version_token(revision.article), operations.drafts.richtext.clean

    def slowly(html: str) -> str:
        time.sleep(0.5)
        return clean(html)

    monkeypatch.setattr(operations.drafts.richtext, "clean", slowly)
    draft = Draft(column=office.news, title="慢慢保存", body="<p>新的正文</p>", author_name="李岚")

    def report() -> Revision:
        time.sleep(0.2)
        return operations.report(fresh(revision), by=fresh(office.moderator))

    at_once(
        lambda: operations.save(fresh(revision.article), draft, by=fresh(office.collector), token=token),
        report,
    )
    revision = fresh(revision)
    assert (revision.title, revision.state) == ("慢慢保存", RevisionState.IN_REVIEW)
    assert [step.state for step in revision.steps.all()] == [StepState.CURRENT]


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_form_sent_twice_at_once_makes_one_text(turn, office):
    draft = Draft(
        column=office.news, title="只有一件", body="<p>正文</p>", author_name="李岚", key="form:one"
    )
    results = at_once(*[lambda: operations.create(draft, by=fresh(office.collector))] * 2)
    assert len({revision.pk for revision in results}) == 1
    assert (Article.objects.count(), Revision.objects.count()) == (1, 1)


@pytest.mark.parametrize("turn", ROUNDS)
def test_saving_and_withdrawing_never_block_each_other(turn, write, office):
    article = write(upto="publish").article
    token = version_token(article)
    draft = Draft(column=office.news, title="新的修订", body="<p>新的正文</p>", author_name="李岚")
    at_once(
        lambda: operations.save(fresh(article), draft, by=fresh(office.collector), token=token),
        lambda: operations.withdraw(fresh(article), by=fresh(office.moderator), note="数字有误"),
    )
    assert fresh(article).state == ArticleState.WITHDRAWN


# --- sweeps -------------------------------------------------------------------------------------


@pytest.fixture
def scheduled(write, office) -> SimpleNamespace:
    """Two texts that are due, and one that may no longer be published."""
    due = clock.now() + timedelta(hours=1)
    texts = [write(title, upto="approve") for title in ("到时的", "也到时的", "作者被去掉的")]
    for text in texts:
        operations.schedule(text, by=office.moderator, at=due)
    Revision.objects.filter(pk=texts[2].pk).update(author_name="")
    return SimpleNamespace(sound=texts[:2], unsound=texts[2], later=due + timedelta(minutes=1))


def test_two_sweeps_at_once_publish_each_text_once(scheduled):
    def sweep() -> int:
        with clock.at(scheduled.later):
            return operations.publish_scheduled()

    assert sum(at_once(sweep, sweep)) == 2
    assert [trail(text).count("publish") for text in scheduled.sound] == [1, 1]
    assert trail(scheduled.unsound)[-1] == "send_back"
    assert trail(scheduled.unsound).count("send_back") == 1
    assert fresh(scheduled.unsound).state == RevisionState.RETURNED


def test_a_second_sweep_changes_nothing(scheduled):
    with clock.at(scheduled.later):
        assert operations.publish_scheduled() == 2
        entries = AuditEntry.objects.count()
        assert operations.publish_scheduled() == 0
    assert AuditEntry.objects.count() == entries


def test_text_the_sweep_sends_back_is_told_to_its_writer(scheduled, office):
    with clock.at(scheduled.later):
        operations.publish_scheduled()
    told = Notice.objects.get(
        recipient=office.collector, title__contains="作者被去掉的", title__startswith="退回"
    )
    assert "请注明作者" in told.body


def test_two_sweeps_at_once_send_each_letter_once(office):
    User.objects.filter(pk=office.collector.pk).update(email="collector@example.cn")
    for number in range(5):
        notices.tell([office.collector], f"第 {number} 条")
    assert sum(at_once(notices.email_notices, notices.email_notices)) == 5
    assert sorted(letter.subject for letter in mail.outbox) == [f"第 {number} 条" for number in range(5)]


@pytest.fixture
def rewrite(office):
    """`rewrite(article, title)` takes a new revision of a live article up to its approval."""

    def make(article: Article, title: str) -> Revision:
        draft = Draft(column=office.news, title=title, body="<p>新的正文</p>", author_name="李岚")
        revision = operations.save(article, draft, by=office.collector, token=version_token(article))
        operations.report(revision, by=office.collector)
        return operations.approve(revision.steps.get(), by=office.head_person)

    return make
