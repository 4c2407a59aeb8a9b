"""移交稿件 (办法第十条): texts of somebody who left go to a successor, and nobody comes to approve their own."""

import pytest

from columns import operations as column_operations
from columns.models import Appointment, Role
from portal import operations as portal_operations
from portal.models import AuditEntry, Departure, Notice, User
from portal.operations import handovers
from publishing import operations, queries, rules
from publishing.models import Revision
from publishing.operations.drafts import version_token
from tests.columns.conftest import fresh

pytestmark = pytest.mark.django_db
LIST = "/desk/handovers/"


@pytest.fixture
def head(office) -> User:
    office.section.head = office.head_person
    portal_operations.save_department(office.section, by=office.system)
    return office.head_person


@pytest.fixture
def successor(office) -> User:
    """Another 信息员 of 办公室."""
    person = User.objects.create_user(
        "jieshou", "test-Portal-2026", name="接手人", department=office.section, is_staff=True
    )
    role = Role.objects.get(key="COLLECTOR")
    return column_operations.appoint(person, role, office.main, by=office.system, reason="测试").user


@pytest.fixture
def leave(office, head):
    """`leave()` stops the collector's account; returns the departure."""

    def go(person: User | None = None) -> Departure:
        person = fresh(person or office.collector)
        person.is_active = False
        portal_operations.save_person(person, by=office.granter)
        column_operations.expire_appointments()
        return Departure.objects.get(person=person)

    return go


def test_a_draft_becomes_the_successors_and_both_names_are_on_record(office, write, leave, head, successor):
    draft = write("半年工作总结")
    row = leave()
    found = handovers.hand_over(row, successor, by=head, chosen=[("texts", draft.pk)])
    draft = fresh(draft)
    assert (found.done, draft.saved_by, draft.created_by) == (["半年工作总结"], successor, office.collector)
    assert (list(queries.drafts(successor)), list(queries.drafts(office.collector))) == ([draft], [])
    entry = AuditEntry.objects.get(verb="hand_over", object_type="publishing.revision")
    assert (entry.actor, entry.note) == (head, "信息员（collector）→ 接手人（jieshou）")
    assert draft.history.first().history_user == head
    assert Notice.objects.get(recipient=successor).title == "信息员的工作交给您：1 件"


def test_the_successor_writes_on_and_reports(office, write, leave, head, successor):
    draft = write()
    handovers.hand_over(leave(), successor, by=head)
    person = fresh(successor)
    assert operations.report(fresh(draft), by=person).state == "IN_REVIEW"
    assert version_token(fresh(draft).article).endswith("2.IN_REVIEW")


@pytest.mark.parametrize("upto", ["report", "approve"])
def test_texts_under_way_go_too_and_what_was_done_stays_done(office, write, leave, head, successor, upto):
    text = write(upto=upto)
    handovers.hand_over(leave(), successor, by=head)
    text = fresh(text)
    assert (text.saved_by, text.reported_by) == (successor, office.collector)
    if upto == "report":
        operations.return_(text.steps.get(state="CURRENT"), by=office.head_person, note="请补充数据")
        assert Notice.objects.filter(recipient=successor, title__startswith="退回").exists()


def test_published_texts_are_nobodys_open_work(write, leave):
    write(upto="publish")
    assert not queries.left_behind(leave()).exists()


def test_whoever_takes_over_may_not_approve_it(office, write, leave, head):
    text = write(upto="report")
    reviewer = User.objects.create_user(
        "second", "x", name="副科长", department=office.section, is_staff=True
    )
    for key in ("HEAD", "COLLECTOR"):
        column_operations.appoint(
            reviewer, Role.objects.get(key=key), office.main, by=office.system, reason="测试"
        )
    assert rules.why_not(fresh(reviewer), "approve", text) == ""
    handovers.hand_over(leave(), reviewer, by=head)
    assert rules.why_not(fresh(reviewer), "approve", fresh(text)) == "不能审核自己采集或修改的稿件"


def test_the_only_one_who_could_approve_it_may_not_take_it_over(office, write, leave, head):
    text = write(upto="report")
    role = Role.objects.get(key="COLLECTOR")
    column_operations.appoint(head, role, office.main, by=office.system, reason="测试")
    found = handovers.hand_over(leave(), head, by=office.granter, chosen=[("texts", text.pk)])
    assert (found.done, found.refused[0][1][-6:]) == ([], "就不能审核了")
    assert fresh(text).saved_by == office.collector


def test_whoever_may_not_collect_there_takes_over_nothing(office, write, leave, head):
    draft = write()
    found = handovers.hand_over(leave(), office.staff, by=head, chosen=[("texts", draft.pk)])
    assert found.refused == [(draft.title, "干部没有“要闻报道”栏目的采集权限")]
    assert fresh(draft).saved_by == office.collector


def test_a_text_somebody_took_over_meanwhile_is_left_to_them(office, write, leave, head, successor):
    draft = write()
    leave()
    Revision.objects.filter(pk=draft.pk).update(saved_by=office.moderator)
    found = operations.hand_over([draft], office.collector, successor, by=head)
    assert found.refused == [(draft.title, "已由版主接手")]


def test_what_somebody_writes_after_moving_is_not_in_the_old_list(office, write, head):
    old = write("旧稿")
    person = fresh(office.collector)
    person.department = office.station
    portal_operations.save_person(person, by=office.granter)
    column_operations.expire_appointments()
    role = Role.objects.get(key="COLLECTOR")
    column_operations.appoint(person, role, office.main, by=office.system, reason="新部门")
    office.collector = fresh(person)
    write("新稿")
    assert list(queries.left_behind(Departure.objects.get())) == [old]


def test_a_step_that_waits_for_them_alone_is_named_until_somebody_else_may_take_it(
    office, write, leave, successor
):
    text = write(upto="report")
    row = leave(office.head_person)
    assert [step.revision for step in queries.waiting_for_nobody(row)] == [text]
    role = Role.objects.get(key="HEAD")
    column_operations.appoint(successor, role, office.main, by=office.system, reason="接替")
    assert list(queries.waiting_for_nobody(row)) == []


# --- a story through the pages -------------------------------------------------------------------------------


def test_story_the_collector_retires_and_a_colleague_takes_over(client, office, write, head, successor):
    """网管 records that the collector retires today. The head finds it on the desk, ticks one draft, hands it over,
    then all the rest; the colleague has them among the drafts; the handover is closed by itself.
    """
    first, second = write("换届通知"), write("巡查简报", column=office.exchange)
    client.force_login(office.granter)
    today = portal_operations.departures.clock.today()
    typed = {"effective_on": today.isoformat(), "reason": "退休", "is_checked": "on"}
    address = client.post(f"{LIST}plan/collector/", typed).url
    assert not fresh(office.collector).is_active

    client.force_login(head)
    assert address in client.get("/desk/").content.decode()
    page = client.get(address)
    assert [group.kind.key for group in page.context["groups"]] == ["texts"]
    text = page.content.decode()
    assert ("接手人（办公室，可接 2 项）" in text, text.count('type="checkbox" name="line"')) == (True, 2)
    page = client.post(f"{address}hand-over/", {"scope": "chosen", "successor": successor.pk}, follow=True)
    assert "请先勾选" in page.content.decode()
    chosen = {"scope": "chosen", "line": f"texts-{first.pk}", "successor": ""}
    page = client.post(f"{address}hand-over/", chosen)
    assert (page.status_code, "请选择接手人" in page.content.decode()) == (422, True)
    assert page.context["ticked"] == [f"texts-{first.pk}"]
    page = client.post(f"{address}hand-over/", chosen | {"successor": successor.pk}, follow=True)
    assert "已移交给接手人：1 件" in page.content.decode()
    assert [line.title for line in page.context["groups"][0].lines] == ["巡查简报"]
    page = client.post(f"{address}hand-over/", {"scope": "all", "successor": successor.pk}, follow=True)
    assert page.context["departure"].standing == "已交接"

    client.force_login(successor)
    assert {one.pk for one in queries.drafts(fresh(successor))} == {first.pk, second.pk}
    assert "信息员的工作交给您：1 件" in client.get("/desk/notices/").content.decode()


def test_the_administrator_sees_titles_but_no_way_into_texts(client, office, write, leave, head, successor):
    draft = write("换届通知")
    row = leave()

    def opened(person) -> bool:
        client.force_login(person)
        page = client.get(f"{LIST}{row.pk}/").content.decode()
        assert "换届通知" in page
        return f"/desk/articles/{draft.article_id}/" in page

    assert [opened(head), opened(office.granter), opened(office.auditor)] == [True, False, True]


def test_two_hundred_texts_cost_the_page_and_the_handing_over_no_more_than_two(
    client, office, write, leave, head, successor, django_assert_max_num_queries
):
    write(), write("第二件")
    row = leave()
    client.force_login(head)
    with django_assert_max_num_queries(60) as two:
        client.get(f"{LIST}{row.pk}/")
    asked = len(two)
    texts = list(Revision.objects.values_list("pk", flat=True))
    for number in range(200):
        _copy(Revision.objects.get(pk=texts[0]), number)
    with django_assert_max_num_queries(asked + 1):
        page = client.get(f"{LIST}{row.pk}/")
    assert (page.context["number"], len(page.context["groups"][0].lines)) == (202, 100)
    with django_assert_max_num_queries(120):
        answer = client.post(f"{LIST}{row.pk}/hand-over/", {"scope": "all", "successor": successor.pk})
    assert (answer.status_code, Revision.objects.filter(saved_by=successor).count()) == (302, 202)
    assert Notice.objects.filter(recipient=successor).count() == 1


def _copy(revision: Revision, number: int) -> None:
    article = revision.article
    article.pk, article.title = None, f"第 {number} 件"
    article.save()
    revision.pk, revision.article, revision.title = None, article, article.title
    revision.save()


def test_grants_on_their_way_stay_in_the_list_until_they_are_decided(office, leave, successor):
    role = Role.objects.get(key="MODERATOR")
    proposal = column_operations.propose(
        office.collector, role, office.main, by=office.granter, reason="轮岗", column=office.news
    )
    row = leave()
    assert handovers.settle_handovers() == 0
    column_operations.take_back(proposal, by=office.granter, note="本人已离岗")
    assert handovers.settle_handovers() == 1
    assert Appointment.objects.get(pk=proposal.pk).state == "REFUSED"
    row.refresh_from_db()
    assert row.standing == "已交接"
