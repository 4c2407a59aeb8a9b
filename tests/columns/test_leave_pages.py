"""外出与代理 through its pages (办法第十条): reported, somebody named, over by itself; read as 李四（代张三）."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from columns import operations, rules
from columns.models import Appointment, Delegation, Leave
from portal import clock
from portal import operations as portal_operations
from portal.enums import Power
from portal.models import AuditEntry, Notice, Parameter, User
from portal.workflow import NotAllowed
from publishing import operations as texts
from publishing.models import Revision
from tests.columns.conftest import day, fresh, moment, read

pytestmark = pytest.mark.django_db

LEAVES, REPORT, NAME = "/desk/leaves/", "/desk/leaves/new/", "/desk/delegations/new/"
MONDAY, TUESDAY = moment("2026-09-07T09:00"), moment("2026-09-15T10:00")
FIVE_DAYS = {"starts_on": "2026-09-14", "ends_on": "2026-09-18", "reason": "省局培训"}


@pytest.fixture(autouse=True)
def _office_with_a_head(office):
    Parameter.objects.create(key="leave_days", label="外出", value=3, unit="天", clause="办法第十条")
    office.section.head = office.head_person
    portal_operations.save_department(office.section, by=office.system)


@pytest.fixture
def delegation(office, newcomer) -> Delegation:
    """新人 acts for the moderator from 2026-09-14 through 2026-09-18, named by the head."""
    with clock.at(MONDAY):
        return operations.name_acting(
            office.moderator,
            newcomer,
            day("2026-09-14"),
            day("2026-09-18"),
            by=office.head_person,
            reason="出差",
        )


def typed(principal: str = "moderator", acting: str = "xinren", **changed: str) -> dict:
    return {"principal": principal, "acting": acting, **FIVE_DAYS, **changed}


def refusals(who: User) -> list[str]:
    return list(AuditEntry.objects.filter(label="越权被拒", actor=who).values_list("note", flat=True))


def end(client: Client, delegation: Delegation, note: str = "提前返回"):
    return client.post(f"/desk/delegations/{delegation.pk}/end/", {"note": note}, follow=True)


# --- from the report to the end ------------------------------------------------------------------------


def test_a_leave_from_the_report_to_the_end(office, enter, newcomer):
    moderator, head, acting = enter("moderator"), enter("head_person"), enter(newcomer)
    with clock.at(MONDAY):
        assert "没有人代理您，您也没有代理别人" in read(moderator.get(LEAVES))
        page = moderator.post(REPORT, FIVE_DAYS, follow=True)
        assert "已报告外出，共 5 天，已请科室负责人指定代理。" in read(page)
        assert "待指定代理" in read(page)
        leave = Leave.objects.get()
        assert "版主：09-14 至 09-18 外出，请指定代理" in read(head.get("/desk/"))
        form = head.get(f"{NAME}?leave={leave.pk}").context["form"]
        head.post(f"{NAME}?leave={leave.pk}", {**form.initial, "acting": "xinren"})
        assert "由新人代理" in read(moderator.get(LEAVES))
        assert "外出，请指定代理" not in read(head.get("/desk/"))
        assert not rules.may(fresh(newcomer), Power.PUBLISH, office.news)
    call_command("sweep", at="2026-09-14T00:01")
    with clock.at(TUESDAY):
        assert "新人（代版主） 2026-09-14 至 2026-09-18 代理中" in read(acting.get(LEAVES))
        assert "代版主" in read(acting.get("/desk/authorisations/people/xinren/"))
        assert rules.may(fresh(newcomer), Power.PUBLISH, office.news)
    call_command("sweep", at="2026-09-19T00:01")
    with clock.at(moment("2026-09-19T08:00")):
        assert "已到期" in read(enter(newcomer).get(LEAVES))
        assert not rules.may(fresh(newcomer), Power.PUBLISH, office.news)
    told = Notice.objects.filter(recipient=newcomer).values_list("title", flat=True)
    assert [title.split("：")[0] for title in told.order_by("pk")] == ["请代理版主", "代理开始", "代理到期"]


def test_a_short_leave_calls_for_nobody(office, enter):
    with clock.at(MONDAY):
        page = enter("moderator").post(REPORT, {**FIVE_DAYS, "ends_on": "2026-09-16"}, follow=True)
    assert "已报告外出，共 3 天。" in read(page)
    assert "待指定代理" not in read(page)


def test_a_leave_called_off_ends_its_delegation(office, enter, newcomer):
    with clock.at(MONDAY):
        moderator = enter("moderator")
        moderator.post(REPORT, FIVE_DAYS)
        leave = Leave.objects.get()
        enter("head_person").post(f"{NAME}?leave={leave.pk}", typed())
        page = moderator.post(f"/desk/leaves/{leave.pk}/call-off/", {"note": ""})
        assert page.status_code == 422
        assert "请写明事由" in read(page)
        moderator.post(f"/desk/leaves/{leave.pk}/call-off/", {"note": "培训改期"})
        assert "已取消" in read(moderator.get(LEAVES))
        assert Delegation.objects.get().ended_at is not None


# --- bad input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"ends_on": "2026-09-10"}, "ends_on", "结束日期不能早于开始日期"),
        ({"starts_on": "2026-08-01", "ends_on": "2026-08-02"}, "ends_on", "这段时间已经过去"),
        ({"starts_on": "下周"}, "starts_on", "请写成 2026-09-30 的样子"),
        ({"ends_on": ""}, "ends_on", "请填写日期"),
        ({"reason": ""}, "reason", "请写明事由"),
    ],
)
def test_a_report_that_makes_no_sense_is_told_at_its_field(office, enter, change, field, message):
    sent = {**FIVE_DAYS, **change}
    with clock.at(MONDAY):
        page = enter("moderator").post(REPORT, sent)
    form = page.context["form"]
    assert (page.status_code, form.errors) == (422, {field: [message]})
    assert {name: str(form[name].value()) for name in sent} == sent
    assert not Leave.objects.exists()


def test_the_same_days_are_reported_once(office, enter):
    with clock.at(MONDAY):
        moderator = enter("moderator")
        moderator.post(REPORT, FIVE_DAYS)
        page = moderator.post(REPORT, {**FIVE_DAYS, "starts_on": "2026-09-18", "ends_on": "2026-09-20"})
    assert page.context["form"].errors == {"starts_on": ["这段时间已经报告过外出"]}


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"acting": "moderator"}, "acting", "代理人不能是本人"),
        ({"acting": "auditor"}, "acting", "审计管理员只看不改，不能代理他人"),
        ({"acting": "staff"}, "acting", "干部不能进入管理后台，代理采集和发布须先由系统管理员开通"),
        ({"principal": "staff"}, "acting", "干部没有可以代理的权限"),
        ({"acting": "nobody"}, "acting", "没有找到“nobody”，或账号已停用；请填工号"),
        ({"ends_on": "2026-09-01"}, "ends_on", "结束日期不能早于开始日期"),
    ],
)
def test_whom_to_name_is_refused_at_its_field_and_what_was_typed_is_kept(
    office, enter, newcomer, change, field, message
):
    with clock.at(MONDAY):
        page = enter("head_person").post(NAME, typed(**change))
    form = page.context["form"]
    assert (page.status_code, form.errors) == (422, {field: [message]})
    assert {name: str(form[name].value()) for name in form.fields} == typed(**change)


@pytest.mark.parametrize(
    ("principal", "acting", "message"),
    [
        ("moderator", "collector", "2026-09-14 至 2026-09-18 已由新人代理版主，时间不能重叠"),
        ("collector", "xinren", "新人在 2026-09-14 至 2026-09-18 已代理版主，一人同一时间只能代理一人"),
        ("collector", "moderator", "版主在 2026-09-14 至 2026-09-18 自己外出（由新人代理），不能再代理他人"),
        ("xinren", "collector", "新人在 2026-09-14 至 2026-09-18 正代理版主，代理的权限不能再转给他人"),
    ],
)
def test_overlapping_and_chained_delegations_are_refused_with_the_reason(
    office, enter, grant, delegation, principal, acting, message
):
    with clock.at(MONDAY):
        grant(column=office.exchange)  # the newcomer has something of their own to lend
        page = enter("head_person").post(NAME, typed(principal, acting, starts_on="2026-09-18"))
    assert page.context["form"].errors == {"acting": [message]}
    assert Delegation.objects.count() == 1


# --- who may -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["moderator", "collector", "granter", "auditor", "staff"])
def test_others_name_nobody_and_an_attempt_is_recorded(office, enter, newcomer, who):
    with clock.at(MONDAY):
        assert enter(who).get(NAME).status_code == 403
        page = enter(who).post(NAME, typed())
    assert page.status_code == 403
    assert refusals(getattr(office, who)) == ["代理由被代理人的部门负责人指定（办法第十条）"]
    assert not Delegation.objects.exists()


def test_the_head_does_not_name_themselves(office, enter):
    with clock.at(MONDAY):
        page = enter("head_person").post(NAME, typed(acting="head"))
    assert (page.status_code, page.context["form"].errors) == (403, {"acting": ["不能指定自己为代理人"]})
    assert refusals(office.head_person) == ["不能指定自己为代理人"]


@pytest.mark.parametrize("who", ["staff", "collector", "auditor", "security"])
def test_a_stranger_ends_nothing_and_leaves_a_trace(office, enter, delegation, who):
    with clock.at(TUESDAY):
        assert end(enter(who), delegation).status_code == 404
    assert refusals(getattr(office, who)) == ["只有本人、代理人、部门负责人、总版主和网管可以结束代理"]
    assert fresh(delegation).ended_at is None


def test_who_only_looks_on_sees_it_without_a_button(office, enter, delegation):
    with clock.at(TUESDAY):
        assert "新人（代版主）" in read(enter("auditor").get(LEAVES))
        assert "提前结束" not in read(enter("auditor").get(LEAVES))
        assert all(
            "提前结束" in read(enter(who).get(LEAVES)) for who in ("moderator", "granter", "head_person")
        )
        assert "新人（代版主）" not in read(enter("staff").get(LEAVES))


def test_a_strangers_leave_is_not_called_off(office, enter):
    with clock.at(MONDAY):
        enter("moderator").post(REPORT, FIVE_DAYS)
        leave = Leave.objects.get()
        assert enter("collector").post(f"/desk/leaves/{leave.pk}/call-off/", {"note": "x"}).status_code == 404
    assert refusals(office.collector) == ["只有本人或部门负责人可以取消外出"]
    assert fresh(leave).called_off_at is None


# --- acting -------------------------------------------------------------------------------------------


def press(client: Client, revision: Revision, verb: str, **sent):
    sent = {"version": fresh(revision).version, **sent}
    return client.post(reverse("desk:act", args=[revision.pk, verb]), sent)


def test_ending_early_works_in_an_open_session(office, enter, delegation, newcomer, write):
    revision, acting = write(upto="approve"), enter(newcomer)
    with clock.at(TUESDAY):
        assert "发布" in read(acting.get(reverse("desk:review", args=[revision.pk])))
        page = end(enter("moderator"), delegation, " ")
        assert "请写明事由" in read(page)
        assert "已结束：新人代版主" in read(end(enter("moderator"), delegation))
        assert press(acting, revision, "publish").status_code in (403, 404)
        assert acting.get(reverse("desk:review", args=[revision.pk])).status_code == 404
    assert fresh(revision).state == "APPROVED"
    assert AuditEntry.objects.filter(label="越权被拒", actor=newcomer).exists()


def test_the_acting_one_may_not_approve_the_principals_text(office, enter, write):
    """局长 holds REVIEW of their own and acts for the information officer whose text it is."""
    role = office.head_person.appointments.first().role
    with clock.at(MONDAY):
        operations.appoint(office.signer, role, office.main, by=office.system, reason="测试")
        operations.name_acting(
            office.collector,
            office.signer,
            day("2026-09-14"),
            day("2026-09-18"),
            by=office.head_person,
            reason="出差",
        )
    with clock.at(TUESDAY):
        revision = write(upto="report")
        step = revision.steps.get()
        page = press(enter("signer"), revision, "approve", step=step.pk, note="同意")
        assert page.status_code == 403
        assert "不能审核被代理人的稿件" in read(page)
    assert "不能审核被代理人的稿件" in refusals(office.signer)[0]
    assert fresh(step).state == "CURRENT"


def test_every_page_of_a_text_reads_in_whose_place_it_was_done(office, enter, delegation, newcomer):
    """Written, reported and published by 新人 for 版主."""
    with clock.at(TUESDAY):
        draft = texts.Draft(column=office.news, title="代写的稿件", body="<p>正文</p>", author_name="新人")
        revision = texts.report(texts.create(draft, by=fresh(newcomer)), by=fresh(newcomer))
        desk = enter("head_person")
        assert "新人（代版主）" in read(desk.get("/desk/"))
        assert "新人（代版主） 09-15 10:00 报送" in read(desk.get(reverse("desk:review", args=[revision.pk])))
        texts.approve(revision.steps.get(), by=office.head_person)
        texts.publish(revision, by=fresh(newcomer))
        article = revision.article
        pages = {
            "article": desk.get(reverse("desk:article", args=[article.pk])),
            "history": desk.get(reverse("desk:history", args=[article.pk])),
            "list": enter("moderator").get("/admin/publishing/article/"),
            "editor": enter("moderator").get(f"/admin/publishing/article/{article.pk}/change/"),
            "audit": enter("auditor").get("/admin/portal/auditentry/"),
        }
        assert {name for name, page in pages.items() if "新人（代版主）" in read(page)} == set(pages)
        assert "由新人（代版主）发布" in read(pages["article"])
        entry = AuditEntry.objects.get(verb="publish")
        assert "新人（代版主）" in read(enter("auditor").get(f"/admin/portal/auditentry/{entry.pk}/change/"))


def test_a_step_decided_in_somebodys_place_reads_so(office, enter, write, newcomer):
    with clock.at(MONDAY):
        operations.name_acting(
            office.head_person, newcomer, day("2026-09-14"), day("2026-09-18"), by=office.chief, reason="出差"
        )
    with clock.at(TUESDAY):
        revision = write(upto="report")
        step = revision.steps.get()
        press(enter(newcomer), revision, "return_", step=step.pk, note="请核对数字")
        page = read(enter("collector").get(reverse("desk:review", args=[revision.pk])))
    assert page.count("新人（代科室负责人） · 09-15 10:00") == 2  # the reason on top, and the step
    assert Notice.objects.get(recipient=office.collector, title__startswith="退回").body.startswith(
        "新人（代科室负责人）（"
    )


def test_whoever_acts_is_told_in_whose_name_before_they_press(office, enter, delegation, newcomer, write):
    revision = write(upto="approve")
    screen = reverse("desk:review", args=[revision.pk])
    with clock.at(TUESDAY):
        assert "您正在代版主办理，将记为“新人（代版主）”。" in read(enter(newcomer).get(screen))
        assert "您正在代" not in read(enter("moderator").get(screen))


# --- acting for 总版主 ----------------------------------------------------------------------------------


@pytest.fixture
def for_the_chief(office) -> User:
    """局长 acts for 总版主 in that week."""
    with clock.at(MONDAY):
        operations.name_acting(
            office.chief,
            office.signer,
            day("2026-09-14"),
            day("2026-09-18"),
            by=office.head_person,
            reason="出差",
        )
    return office.signer


def test_consent_in_the_chiefs_place_reads_so(office, enter, propose, for_the_chief):
    with clock.at(TUESDAY):
        row = propose()
        page = enter("signer").post(f"/desk/authorisations/{row.pk}/consent/", {"note": ""}, follow=True)
        assert "局长（代总版主）" in read(page)
        assert "局长（代总版主）" in read(enter("granter").get(row.get_absolute_url()))


def test_the_acting_one_does_nothing_to_the_principals_own_grant(office, propose, role, for_the_chief):
    with clock.at(TUESDAY):
        row = propose(user=office.chief)
        with pytest.raises(NotAllowed, match="代理人不能办理被代理人自己的授权"):
            operations.consent(row, by=fresh(for_the_chief))
        with pytest.raises(NotAllowed, match="代理人不能为被代理人提出授权"):
            operations.propose(
                office.chief, role, office.main, column=office.news, by=fresh(for_the_chief), reason="绕过"
            )
    assert Appointment.objects.filter(user=office.chief, role=role).count() == 1


def test_naming_in_the_chiefs_place_reads_so_and_never_for_the_chief(office, for_the_chief, newcomer):
    with clock.at(TUESDAY):
        later = (day("2026-10-12"), day("2026-10-16"))
        operations.name_acting(office.moderator, newcomer, *later, by=fresh(for_the_chief), reason="出差")
        entry = AuditEntry.objects.filter(verb="name_acting").latest("id")
        assert str(entry.who) == "局长（代总版主）"
        with pytest.raises(NotAllowed, match="代理人不能为被代理人指定代理"):
            operations.name_acting(
                office.chief, office.inspector, *later, by=fresh(for_the_chief), reason="续"
            )


# --- however many --------------------------------------------------------------------------------------


def test_a_long_list_costs_few_queries(office, enter, django_assert_max_num_queries):
    for number in range(30):
        person = User.objects.create_user(f"p{number}", name=f"人{number}", department=office.section)
        Delegation.objects.create(
            principal=person, acting=office.moderator, starts_on=clock.today(), ends_on=clock.today(),
            reason="出差", named_by=office.head_person, named_at=clock.now(),
        )  # fmt: skip
    for who in ("auditor", "granter", "moderator"):
        client = enter(who)
        client.get(LEAVES)
        with django_assert_max_num_queries(20):
            page = client.get(LEAVES)
        assert read(page).count("（代人") == 30
