"""安全台账 and 特殊时期: kept with files, put right in time, taken away as a workbook; who may and who may not."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal import clock
from portal.enums import Health, SafetyKind, SafetyState
from portal.house import duties
from portal.models import Parameter, SafetyRecord
from portal.safety import records, rules
from portal.safety.records import Entry, Period
from portal.workflow import NotAllowed, Refused, TooLate


def entry(kind=SafetyKind.PATROL, **more) -> Entry:
    known = {"title": "例行巡查", "on": clock.today(), "text": "首页与各栏目正常"}
    return Entry(kind=kind, **known | more)


def a_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("预案.txt", "应急预案正文".encode())


def period(**more) -> Period:
    today = clock.today()
    known = {
        "title": "国庆假期", "starts_on": today, "ends_on": today + timedelta(days=6), "patrol_hours": 2,
        "visit_minutes": 10, "reason": "重大活动",
    }  # fmt: skip
    return Period(**known | more)


def test_a_record_without_problems_is_just_kept(office):
    assert records.keep(entry(), by=office.granter).state == SafetyState.KEPT


def test_problems_wait_until_they_are_put_right(office):
    due = clock.today() + timedelta(days=5)
    found = records.keep(entry(SafetyKind.RISK, problems="弱口令", rectify_by=due), by=office.security)
    assert (found.state, found.rectify_by) == (SafetyState.OPEN, due)
    done = records.rectify(found, by=office.granter, note="已全部更换", files=[a_file()])
    assert (done.state, done.rectified, done.files.count()) == (SafetyState.RECTIFIED, "已全部更换", 1)
    with pytest.raises(TooLate):
        records.rectify(found, by=office.granter, note="再次")


def test_a_plan_comes_with_its_document(office):
    with pytest.raises(Refused, match="请附上应急预案的文件"):
        records.keep(entry(SafetyKind.PLAN), by=office.granter)
    assert duties.plan().state == Health.AMBER
    found = records.keep(entry(SafetyKind.PLAN, title="应急预案", files=[a_file()]), by=office.granter)
    assert duties.plan().url == found.get_absolute_url()


def test_a_mistaken_record_stays_in_the_register(office):
    found = records.keep(entry(), by=office.granter)
    struck = records.strike(found, by=office.granter, note="日期填错")
    assert (struck.state, struck.reason, SafetyRecord.objects.count()) == (SafetyState.STRUCK, "日期填错", 1)


@pytest.mark.parametrize("role", ["auditor", "inspector", "signer", "moderator", "staff"])
def test_nobody_else_keeps_them(role, office):
    with pytest.raises(NotAllowed, match="系统管理员或安全管理员"):
        records.keep(entry(), by=getattr(office, role))
    with pytest.raises(NotAllowed):
        records.set_period(period(), by=getattr(office, role))


def test_a_special_period_asks_for_more_while_it_lasts(office):
    assert (rules.patrol_hours(), rules.visit_minutes()) == (None, 30)
    made = records.set_period(period(), by=office.granter)
    assert (rules.patrol_hours(), rules.visit_minutes()) == (2, 10)
    with clock.at(clock.now() + timedelta(days=8)):
        assert (rules.patrol_hours(), rules.visit_minutes()) == (None, 30)
    records.end_period(made, by=office.granter)
    assert rules.patrol_hours() is None
    with pytest.raises(TooLate, match="已经结束"):
        records.end_period(made, by=office.granter)


def test_patrols_turn_amber_before_red(office):
    Parameter.objects.create(key="patrol_hours", label="巡查", value=24, unit="小时", clause="质监第十八条")
    assert duties.patrols().state == Health.AMBER
    records.keep(entry(), by=office.granter)
    now, states = clock.now(), []
    for hours in (1, 25, 49):
        with clock.at(now + timedelta(hours=hours)):
            states.append(duties.patrols().state)
    assert states == [Health.OK, Health.AMBER, Health.RED]


def test_the_form_says_what_is_missing_and_keeps_the_rest(client, office):
    client.force_login(office.granter)
    sent = {"kind": "RISK", "on": "2999-01-01", "title": "年度评估", "text": "全面评估", "problems": "弱口令"}
    answer = client.post(reverse("desk:safety_new"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("年度评估", "弱口令", "日期不能在今天以后", "有问题的，请填写整改期限"):
        assert words in page


def test_what_was_kept_is_seen_opened_and_taken_away(client, office):
    client.force_login(office.granter)
    sent = {
        "kind": "PLAN",
        "on": str(clock.today()),
        "title": "网站应急预案",
        "text": "第三版",
        "files": [a_file()],
    }
    assert client.post(reverse("desk:safety_new"), sent).status_code == 302
    found = SafetyRecord.objects.get()
    client.force_login(office.auditor)
    assert "网站应急预案" in client.get(reverse("desk:safety"), {"kind": "plan"}).content.decode()
    file = client.get(reverse("desk:safety_file", args=[found.pk, found.files.get().pk]))
    assert b"".join(file.streaming_content).decode() == "应急预案正文"
    assert client.get(reverse("desk:safety_export")).headers["Content-Disposition"].endswith(".xlsx")
    client.force_login(office.staff)
    assert client.get(found.get_absolute_url()).status_code == 404


def test_the_list_costs_the_same_for_one_and_thirty(client, office, django_assert_max_num_queries):
    client.force_login(office.granter)
    url = reverse("desk:safety")
    client.get(url)

    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            client.get(url)
        return len(counted)

    records.keep(entry(), by=office.granter)
    one = queries()
    for _ in range(29):
        records.keep(entry(), by=office.security)
    assert queries() == one
