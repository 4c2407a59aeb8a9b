"""写信: what a letter becomes when it arrives, and what its writer keeps."""

import pytest
from django.db import connection

from interaction.enums.letters import LetterState, MoveKind
from interaction.models import Letter
from portal import clock, limits, receipts
from portal.enums import NoticeKind
from portal.models import AuditEntry, Limit, Notice
from portal.workflow import Refused


def clocks(letter: Letter) -> list[tuple[str, str]]:
    return [(one.label, f"{clock.local(one.due_at):%Y-%m-%d}") for one in limits.open_limits_for(letter)]


def test_a_complaint_of_30_september_2026_is_due_on_20_october_and_says_why(send):
    letter = send("2026-09-30 10:00").letter

    limit = limits.open_limits_for(letter).get()
    assert clocks(letter) == [("答复来信", "2026-10-20")]
    assert limit.computed["explained"] == (
        "2026年9月30日起算，10个工作日，国庆节10月1日至7日、周末不计，10月10日调休上班计入，10月20日到期"
    )


def test_a_letter_to_a_chosen_department_is_in_its_hands_at_once(post, send):
    letter = send().letter

    assert (letter.state, letter.department) == (LetterState.IN_HAND, post.law)
    assert [(one.kind, one.to_department) for one in letter.path.all()] == [(MoveKind.PICKED, post.law)]
    assert [one.text for one in letter.news.all()] == [
        "您的来信已收到，由法制科办理，最迟于2026年10月20日答复您。"
    ]
    told = Notice.objects.get(kind=NoticeKind.TODO)
    assert (told.recipient, told.title) == (post.lawyer, "新来信：超市拒不退货")


def test_a_letter_to_the_centre_waits_there_with_a_clock_to_receive_it(post, send):
    letter = send(letterbox=post.centre_box, matter=post.message, department=None).letter

    assert (letter.state, letter.department) == (LetterState.SUBMITTED, None)
    assert clocks(letter) == [("受理来信", "2026-10-08"), ("答复来信", "2026-10-13")]
    assert Notice.objects.get().recipient == post.clerk


def test_the_same_form_twice_is_one_letter_with_one_receipt(send):
    first, again = send(), send(title="再按一次")

    assert again.letter == first.letter
    assert again.password == first.password
    assert Letter.objects.count() == 1


def test_the_receipt_opens_the_letter_and_nothing_else_does(send):
    receipt = send()
    letter = receipt.letter

    assert receipts.is_password(letter, letter.code, receipt.password)
    assert receipts.is_password(letter, letter.code, f" {receipt.password.lower()} ")
    assert not receipts.is_password(letter, letter.code, "23456789")
    assert not receipts.is_password(None, "nothing", receipt.password)
    assert not receipts.is_password(letter, letter.code, "")


def test_the_database_holds_neither_who_wrote_nor_what(send):
    letter = send(email="zhangsan@example.cn", address="北桥路18号").letter

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM interaction_letter WHERE id = %s", [letter.pk])
        stored = " ".join(str(value) for value in cursor.fetchone())
    for said in ("张三", "13812345678", "过期食品", "zhangsan", "北桥路"):
        assert said not in stored
    assert "超市拒不退货" in stored
    read = Letter.objects.get(pk=letter.pk)
    assert (read.writer_name, read.phone, read.address) == ("张三", "13812345678", "北桥路18号")


def test_neither_audit_nor_notices_repeat_what_is_personal(send):
    send(email="zhangsan@example.cn")

    told = " ".join(
        str(row) for row in [*AuditEntry.objects.values(), *Notice.objects.values(), *Limit.objects.values()]
    )
    for said in ("张三", "13812345678", "过期食品", "zhangsan"):
        assert said not in told


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"department": None}, "department", "请选择要写给的部门"),
        ({"files": ["x"]}, "files", "不接收附件"),
    ],
)
def test_a_letter_that_cannot_be_taken_says_why(send, changes, field, words):
    with pytest.raises(Refused, match=words) as refusal:
        send(**changes)
    assert refusal.value.field == field
    assert Letter.objects.count() == 0


def test_a_department_where_nobody_answers_cannot_be_written_to(post, send):
    with pytest.raises(Refused, match="请选择要写给的部门"):
        send(department=post.station)


@pytest.mark.parametrize(("field", "words"), [("is_open", "没有开放"), ("needs_sign_in", "须登录")])
def test_a_closed_letterbox_or_one_for_staff_is_not_open_to_anybody(post, send, field, words):
    setattr(post.box, field, field == "needs_sign_in")
    post.box.save()

    with pytest.raises(Refused, match=words):
        send()


@pytest.mark.parametrize("text", ["😀", "𠀀𠮷𪚥", "<script>alert(1)</script>", "字" * 100_000])
def test_any_characters_are_kept_as_they_are(send, text):
    assert Letter.objects.get(pk=send(body=text).letter.pk).body == text
