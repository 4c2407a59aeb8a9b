"""安全事件: written down and reported in one act; of one source there is one open incident."""

import pytest
from django.urls import reverse

from portal import incidents
from portal.enums import IncidentKind, IncidentState
from portal.incidents import handling, rules
from portal.models import AuditEntry, Incident, Notice
from portal.workflow import NotAllowed, Refused, TooLate


@pytest.fixture
def tampered(office) -> Incident:
    return incidents.report(IncidentKind.TAMPER, "首页被改动", key="tamper")


def trail(incident) -> list[str]:
    rows = AuditEntry.objects.filter(object_type="portal.incident", object_id=str(incident.pk))
    return [entry.label for entry in rows.order_by("id")]


def told(incident) -> dict[str, str]:
    return {
        one.recipient.staff_number: one.title
        for one in Notice.objects.filter(url=incident.get_absolute_url())
    }


def test_report_tells_the_leaders_and_those_who_handle_it_at_once(tampered):
    assert told(tampered) == {
        "signer": "安全事件报告（较大）：内容被篡改：首页被改动",
        "granter": "安全事件待处置：内容被篡改：首页被改动",
        "security": "安全事件待处置：内容被篡改：首页被改动",
    }
    assert tampered.reported_at is not None
    assert trail(tampered) == ["登记", "报告局领导"]
    assert AuditEntry.objects.filter(clause="办法第二十一条").count() == 2


def test_report_of_the_same_source_is_counted_while_it_is_open(tampered):
    again = incidents.report(IncidentKind.TAMPER, "首页又被改动", key="tamper")
    assert (again.pk, again.times, Incident.objects.count()) == (tampered.pk, 2, 1)
    assert again.what == "首页被改动"


def test_report_after_the_end_is_a_new_one(tampered, office):
    handling.dismiss(tampered, by=office.granter, note="发布程序自己改的")
    again = incidents.report(IncidentKind.TAMPER, "首页被改动", key="tamper")
    assert again.pk != tampered.pk


def test_reports_without_a_key_are_each_their_own(office):
    for _ in range(2):
        incidents.report(IncidentKind.OTHER, "门禁损坏", found_by=office.staff)
    assert Incident.objects.count() == 2


def test_report_where_there_is_no_leader_says_so(office):
    office.signer.is_active = False
    office.signer.save()
    found = incidents.report(IncidentKind.ATTACK, "大量异常登录")
    assert found.reported_at is None
    assert AuditEntry.objects.get(verb="told").note == "没有可报告的局领导：主站没有人持有签发权限"


def test_leaders_are_those_who_sign_for_the_main_site(office):
    assert [one.staff_number for one in rules.leaders()] == ["signer"]


def test_handling_leads_to_the_end_with_its_result(tampered, office):
    found = handling.handle(tampered, by=office.granter)
    handling.write(found, by=office.granter, text="已断开外网，比对文件")
    handling.tell_police(found, by=office.security, text="12 月 1 日 9 时向城东派出所报案，受案号 123")
    found.refresh_from_db()
    closed = handling.close(found, by=office.granter, note="漏洞已修补")
    assert (closed.state, closed.result) == (IncidentState.CLOSED, "漏洞已修补")
    assert trail(found) == ["登记", "报告局领导", "开始处置", "处置记录", "公安机关报案", "结案"]
    assert Notice.objects.filter(recipient=office.signer).latest("pk").title.startswith("安全事件已结案")


def test_close_waits_for_the_report_to_the_police(tampered, office):
    with pytest.raises(Refused, match="向公安机关报案"):
        handling.close(tampered, by=office.granter, note="已修补")


def test_what_is_no_crime_closes_without_the_police(office):
    found = incidents.report(IncidentKind.BACKUP, "昨夜备份失败", key="backup")
    assert handling.close(found, by=office.granter, note="磁盘已扩充").state == IncidentState.CLOSED


@pytest.mark.parametrize("verb", ["handle", "close", "dismiss", "reopen"])
@pytest.mark.parametrize("role", ["signer", "auditor", "inspector", "moderator", "staff"])
def test_nobody_else_handles_it(verb, role, office):
    found = incidents.report(IncidentKind.OTHER, "门禁损坏", found_by=office.staff)
    if verb == "reopen":
        found = handling.close(found, by=office.granter, note="已修")
    with pytest.raises(NotAllowed, match="系统管理员或安全管理员"):
        getattr(handling, verb)(
            found, by=getattr(office, role), **({} if verb == "handle" else {"note": "理由"})
        )


def test_reopen_is_refused_while_the_same_source_has_another(tampered, office):
    handling.dismiss(tampered, by=office.granter, note="误报")
    incidents.report(IncidentKind.TAMPER, "首页被改动", key="tamper")
    tampered.refresh_from_db()
    with pytest.raises(TooLate, match="同一来源已有新的事件"):
        handling.reopen(tampered, by=office.granter, note="又出现")


def test_anybody_reports_and_sees_their_own_alone(client, office, tampered):
    client.force_login(office.staff)
    sent = {
        "kind": "ILLEGAL",
        "severity": "GRAVE",
        "what": "评论里有不法信息",
        "found_at": "2026-01-05T09:00",
    }
    answer = client.post(reverse("desk:incident_new"), sent, follow=True)
    own = Incident.objects.get(found_by=office.staff)
    assert answer.redirect_chain == [(own.get_absolute_url(), 302)]
    assert "已报告局领导和系统管理员" in answer.content.decode()
    listed = client.get(reverse("desk:incidents")).context["listing"].object_list
    assert list(listed) == [own]
    assert client.get(tampered.get_absolute_url()).status_code == 404


def test_a_bad_report_keeps_what_was_typed(client, office):
    client.force_login(office.staff)
    answer = client.post(reverse("desk:incident_new"), {"what": "首页打不开", "found_at": "2999-01-01T09:00"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("首页打不开" in page, "请选择类别" in page, "发现时间不能在现在以后" in page) == (
        True,
        True,
        True,
    )


def test_the_register_is_a_workbook(client, office, tampered):
    client.force_login(office.auditor)
    answer = client.get(reverse("desk:incidents_export"))
    assert answer.headers["Content-Disposition"].endswith(".xlsx")


def test_the_list_costs_the_same_for_one_and_thirty(client, office, django_assert_max_num_queries):
    client.force_login(office.granter)
    url = reverse("desk:incidents")
    client.get(url)

    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            client.get(url)
        return len(counted)

    incidents.report(IncidentKind.OTHER, "一", found_by=office.staff)
    one = queries()
    for number in range(29):
        incidents.report(IncidentKind.OTHER, str(number), found_by=office.moderator)
    assert queries() == one
