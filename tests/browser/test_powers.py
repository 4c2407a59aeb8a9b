"""Powers in a real browser: granted by three people, lent for a week, over by itself (办法第十条).

网管 proposes that an information officer keeps a column, and cannot grant it alone. 总版主 consents on a phone; then
网管 executes it. The moderator of a sub-site reports a leave, the head of the office names who acts. The sweep of the
first day begins it, an act under it reads 李四（代张三） in the audit, and after the last day it is over by itself.
"""

from datetime import timedelta

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from columns import rules
from columns.models import Column
from portal import clock
from portal.enums import Power
from portal.models import User
from publishing import operations
from publishing.models import Revision
from tests.browser.clicks import press

PHONE = {"viewport": {"width": 390, "height": 844}}


def person(number: str) -> User:
    return User.objects.get(staff_number=number)


def test_a_grant_takes_three_people(portal, sign_in, keep):
    granter, chief = sign_in("wangguan"), sign_in("zongbanzhu", **PHONE)
    column = Column.objects.get(site__key="fenju", slug="yewujiaoliu")

    # 网管 proposes it; what is missing is said at its field, what was typed stays.
    granter.goto(f"{portal}/desk/authorisations/")
    granter.get_by_role("link", name="析权").click()
    granter.get_by_label("人员").fill("查无此人")
    granter.get_by_label("角色").select_option(label="栏目版主")
    granter.get_by_label("范围").select_option(f"c{column.pk}")
    granter.get_by_label("事由").fill("人教科通知")
    press(granter, "提交总版主")
    expect(granter.get_by_text("没有找到“查无此人”")).to_be_visible()
    expect(granter.get_by_label("事由")).to_have_value("人教科通知")
    granter.get_by_label("人员").fill("xinxiyuan")
    press(granter, "提交总版主")

    # Alone they get no further: no button, and none by hand either.
    expect(granter.get_by_text("等待总版主同意")).to_be_visible()
    expect(granter.get_by_role("button", name="授权", exact=True)).to_have_count(0)
    row = person("xinxiyuan").appointments.get(state="PROPOSED")
    press_by_hand(granter, f"{row.get_absolute_url()}execute/")
    expect(granter.get_by_text("现在是“待同意”，不能授权")).to_be_visible()
    press_by_hand(granter, f"{row.get_absolute_url()}consent/")
    expect(granter.get_by_text("同意授权权限的人办理").first).to_be_visible()
    keep(granter, "powers-1-not-alone")

    # 总版主 finds it on the desk, on a phone.
    chief.goto(f"{portal}/desk/")
    chief.get_by_role("link", name="李岚：栏目版主").first.click()
    assert chief.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    keep(chief, "powers-2-consent-phone")
    press(chief, "同意")
    expect(chief.get_by_text("已同意：李岚 栏目版主")).to_be_visible()
    expect(chief.get_by_role("button", name="授权", exact=True)).to_have_count(0)

    # Now 网管 executes it, and it is live.
    assert not rules.may(person("xinxiyuan"), Power.PUBLISH, column)
    granter.goto(f"{portal}/desk/")
    granter.get_by_role("link", name="李岚：栏目版主").first.click()
    press(granter, "授权")
    expect(granter.get_by_text("即刻生效")).to_be_visible()
    assert rules.may(person("xinxiyuan"), Power.PUBLISH, column)
    granter.goto(f"{portal}/desk/authorisations/columns/{column.pk}/")
    expect(granter.get_by_role("row", name="李岚").filter(has_text="本栏目").first).to_be_visible()
    keep(granter, "powers-3-column")


def press_by_hand(page: Page, address: str) -> None:
    """The form of the page sent to another verb's address, as somebody who tampers with it would."""
    page.evaluate(
        "address => document.querySelector('form.decide [type=submit]').formAction = address", address
    )
    page.locator("form.decide [type=submit]").first.click()


@pytest.fixture
def waiting(portal) -> Revision:
    """A text of 北桥工商所, approved: the moderator is to publish it."""
    column = Column.objects.get(site__key="beiqiao", slug="yaowenbaodao")
    draft = operations.Draft(column=column, title="北桥所走访企业", body="<p>正文</p>", author_name="李岚")
    officer, head = person("xinxiyuan"), person("suozhang")
    revision = operations.report(operations.create(draft, by=officer), by=officer)
    return operations.approve(revision.steps.get(), by=head)


def test_a_delegation_begins_is_read_and_ends_by_itself(portal, sign_in, keep, waiting):
    first, last = clock.today() + timedelta(days=7), clock.today() + timedelta(days=11)
    moderator, head = sign_in("banzhu"), sign_in("suozhang", **PHONE)

    # The moderator reports five days; the head of the office names who acts, on a phone.
    moderator.goto(f"{portal}/desk/leaves/new/")
    moderator.get_by_label("外出第一天").fill(f"{first}")
    moderator.get_by_label("外出最后一天").fill(f"{last}")
    moderator.get_by_label("事由").fill("省局培训")
    press(moderator, "报告")
    expect(moderator.get_by_text("共 5 天，已请顾建平指定代理")).to_be_visible()
    head.goto(f"{portal}/desk/")
    head.get_by_role("link", name="陈晓东：").first.click()
    head.get_by_label("代理人", exact=False).last.fill("banzhu")
    press(head, "指定")
    expect(head.get_by_text("代理人不能是本人")).to_be_visible()
    keep(head, "powers-4-name-phone")
    head.locator("[name=acting]").fill("xinxiyuan")
    press(head, "指定")
    expect(head.get_by_text("已指定：李岚代陈晓东")).to_be_visible()

    # Nothing is lent before the day; the sweep of the day begins it, and an act under it reads in whose place.
    assert not rules.may(person("xinxiyuan"), Power.PUBLISH, waiting.column)
    call_command("sweep", at=f"{first}T00:01")
    with clock.at(clock.now() + timedelta(days=7)):
        operations.publish(waiting, by=person("xinxiyuan"))
    call_command("sweep", at=f"{last + timedelta(days=1)}T00:01")
    assert not rules.may(person("xinxiyuan"), Power.PUBLISH, waiting.column)

    # Everybody whom it concerns reads it; sessions of a week ago have ended meanwhile.
    moderator = sign_in("banzhu")
    moderator.goto(f"{portal}/desk/leaves/")
    expect(moderator.get_by_text("李岚（代陈晓东）")).to_be_visible()
    auditor = sign_in("shenji")
    auditor.goto(f"{portal}/admin/portal/auditentry/")
    rows = auditor.locator("#result_list tbody tr")
    expect(rows.filter(has_text="李岚（代陈晓东）").filter(has_text="发布").first).to_be_visible()
    expect(rows.filter(has_text="代理开始").first).to_be_visible()
    expect(rows.filter(has_text="代理到期").first).to_be_visible()
    keep(auditor, "powers-5-audit")
