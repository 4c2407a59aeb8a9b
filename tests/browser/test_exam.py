"""An exam in a real browser: the connection drops, the browser is closed, and nothing that was answered is lost.

An information officer has set an exam, the head of the office has approved it. A member of staff begins; her answers
are saved as she gives them. The connection drops and comes back; it drops again and she closes the browser. She opens
the paper again on the same machine: everything is there, and the time left has run on. She hands in, once and for all.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from interaction.enums.activities import ActivityKind
from interaction.enums.banks import TRUE, ExamQuestionKind
from interaction.models import Activity, Attempt
from interaction.operations import activities, activity_moves, banks, exams
from interaction.operations.activities import Frame
from interaction.operations.exams import Paper, RuleDraft
from interaction.rules.exam_questions import QuestionDraft
from portal import clock
from portal.models import Site, User
from tests.waiting import eventually

FILL_IN = ExamQuestionKind.FILL_IN
SINGLE = ExamQuestionKind.SINGLE
TRUE_FALSE = ExamQuestionKind.TRUE_FALSE


@pytest.fixture
def exam(portal) -> Activity:
    """Three questions, half an hour, open for a day."""
    site, officer = Site.objects.get(key="fenju"), User.objects.get(staff_number="xinxiyuan")
    bank = banks.make(site, "消费者权益保护", by=officer)
    options = ["安全保障权", "自主选择权", "公平交易权"]
    for draft in (
        QuestionDraft(SINGLE, "自主选择商品的权利是（　）。", "权利", options=options, key=[1]),
        QuestionDraft(TRUE_FALSE, "索要单据的，经营者必须出具。", "义务", options=[TRUE, "错误"], key=[0]),
        QuestionDraft(FILL_IN, "有欺诈行为的，增加赔偿价款的____。", "责任", key=[["三倍", "3倍"]]),
    ):
        banks.add_question(bank, draft, by=officer)
    now = clock.now()
    frame = Frame(
        title="学法测试", department=officer.department, opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=1),
    )  # fmt: skip
    activity = activities.create(ActivityKind.EXAM, site, frame, by=officer)
    rules = [RuleDraft(bank=bank, kind=kind, count=1, points=10) for kind in (SINGLE, TRUE_FALSE, FILL_IN)]
    exams.save_setup(activity, Paper(rules=rules, minutes=30, pass_mark=18), by=officer)
    activity_moves.report(activity, by=officer)
    return activity_moves.approve(activity, by=User.objects.get(staff_number="fuzeren"))


def saved(page: Page) -> None:
    expect(page.locator("#told")).to_contain_text("已保存")


def test_an_exam_survives_a_dead_connection_and_a_closed_browser(portal, exam, sign_in, keep):
    page = sign_in("ganbu")

    # She begins, and every answer is saved as it is given.
    page.goto(f"{portal}/exams/")
    page.get_by_role("link", name="学法测试").click()
    page.get_by_role("button", name="开始答题").click()
    expect(page.get_by_role("timer")).to_contain_text("29:")
    page.get_by_label("自主选择权").check()
    saved(page)
    expect(page.locator("#done")).to_have_text("1")
    keep(page, "exam-1-paper")

    # The connection drops while she answers: she is told, and the answer goes out when it is back.
    page.context.set_offline(True)
    page.get_by_label("正确").check()
    expect(page.locator("#told")).to_contain_text("答案留在本机")
    page.context.set_offline(False)
    saved(page)
    assert _answered() == 2

    # It drops again, and she closes the browser; the paper opens again as it was.
    page.context.set_offline(True)
    page.locator(".blank").fill("3倍")
    page.locator(".blank").blur()
    expect(page.locator("#told")).to_contain_text("答案留在本机")
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    # The closed page's last try or the new page brings it, whichever is first.
    again.goto(f"{portal}/exams/{exam.pk}/sit/")
    expect(again.locator(".blank")).to_have_value("3倍")
    expect(again.get_by_label("自主选择权")).to_be_checked()
    assert eventually(lambda: _answered() == 3)

    # She hands in; her result stays sealed until the exam is over.
    again.on("dialog", lambda dialog: dialog.accept())
    again.locator("#hand-in").click()
    expect(again.get_by_text("已交卷")).to_be_visible()
    expect(again.get_by_text("成绩到考试结束")).to_be_visible()
    keep(again, "exam-2-handed-in")
    assert Attempt.objects.get().points == 30
    again.goto(f"{portal}/exams/{exam.pk}/sit/")
    expect(again.get_by_text("您已经考过了")).to_be_visible()


def _answered() -> int:
    return Attempt.objects.get().items.exclude(answer=[]).count()
