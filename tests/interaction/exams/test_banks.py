"""题库: made and kept by whoever collects for the site, open only to those who will not sit, renewed every month."""

from datetime import datetime
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from columns import operations as column_operations
from interaction.enums.banks import ExamQuestionKind as K
from interaction.models import BankReader, ExamQuestion, QuestionBank
from interaction.operations import banks as operations
from interaction.queries import banks as queries
from interaction.todos import banks as heaps
from portal import clock, todos
from portal.models import AuditEntry
from portal.workflow import NotAllowed, Refused, TooLate
from tests.interaction.exams.conftest import draft

pytestmark = pytest.mark.django_db
STRANGERS = ("signer", "granter", "security", "auditor", "chief", "staff")


def on(day: str):
    return clock.at(timezone.make_aware(datetime.fromisoformat(f"{day}T10:00")))


def trail(bank) -> list[str]:
    rows = AuditEntry.objects.filter(object_type=bank._meta.label_lower, object_id=str(bank.pk))
    return list(rows.order_by("id").values_list("verb", flat=True))


# --- made and opened ------------------------------------------------------------------------------


def test_whoever_makes_a_bank_has_opened_it(bank, office):
    assert [(one.person, one.bank) for one in BankReader.objects.all()] == [(office.collector, bank)]
    assert trail(bank) == ["make_bank"]


def test_a_site_has_no_two_banks_of_one_name(bank, office):
    with pytest.raises(Refused) as refused:
        operations.make(office.main, bank.name, by=office.moderator)
    assert (refused.value.field, refused.value.message) == ("name", "这个站点已有同名的题库")
    assert operations.make(office.sub, bank.name, by=office.moderator).site == office.sub


@pytest.mark.parametrize("who", ["staff", "head_person", "inspector", "granter"])
def test_only_who_collects_makes_banks(office, who):
    with pytest.raises(NotAllowed):
        operations.make(office.main, "新题库", by=getattr(office, who))


def test_opening_is_recorded_once(bank, office):
    operations.open_(bank, by=office.head_person)
    operations.open_(bank, by=office.head_person)
    assert bank.readers.filter(person=office.head_person).count() == 1
    assert trail(bank) == ["make_bank", "open_bank"]


def test_a_collector_who_has_not_opened_the_bank_may_not_write_in_it(bank, office):
    with pytest.raises(NotAllowed, match="请先打开题库"):
        operations.add_question(bank, draft(), by=office.moderator)
    operations.open_(bank, by=office.moderator)
    assert operations.add_question(bank, draft(), by=office.moderator).made_by == office.moderator


def test_opening_gives_no_power(bank, office):
    operations.open_(bank, by=office.inspector)
    with pytest.raises(NotAllowed):
        operations.add_question(bank, draft(), by=office.inspector)


# --- questions ------------------------------------------------------------------------------------


def test_a_change_makes_a_new_version_and_keeps_the_old_words(add, bank, office):
    old = add()
    new = operations.replace_question(old, draft(stem="改过的题干（　）。"), by=office.collector)
    old.refresh_from_db()
    assert (old.stem, old.is_active, old.retired_by) == ("单选题1（　）。", False, office.collector)
    assert (new.stem, new.is_active, new.replaces) == ("改过的题干（　）。", True, old)
    assert queries.versions(new) == [old]


def test_saving_without_a_change_makes_no_version(add, office):
    old = add()
    assert operations.replace_question(old, draft(), by=office.collector) == old
    assert ExamQuestion.objects.count() == 1


def test_another_key_for_the_same_words_is_a_change(add, office):
    new = operations.replace_question(add(), draft(key=[2]), by=office.collector)
    assert (new.key, new.is_active) == ([2], True)


def test_the_same_question_does_not_stand_in_a_bank_twice(add):
    add()
    with pytest.raises(Refused) as refused:
        add()
    assert (refused.value.field, refused.value.message) == ("stem", "题库里已有这道题")


def test_a_version_that_was_replaced_cannot_be_changed_again(add, office):
    old = add()
    operations.replace_question(old, draft(stem="别人先改了（　）。"), by=office.collector)
    with pytest.raises(TooLate):
        operations.replace_question(old, draft(stem="我也改了（　）。"), by=office.collector)
    with pytest.raises(TooLate):
        operations.retire_question(old, by=office.collector)


def test_a_retired_question_may_be_written_anew(add, office):
    operations.retire_question(add(), by=office.collector)
    assert add().is_active
    assert list(ExamQuestion.objects.order_by("pk").values_list("is_active", flat=True)) == [False, True]


# --- 每月至少更新一次 (办法第十五条) -----------------------------------------------------------------


def test_a_bank_is_renewed_by_a_question_of_this_month(bank, office, rule):
    rule("exam_bank_updates", 1)
    with on("2026-10-31"):
        operations.add_question(bank, draft(), by=office.collector)
        assert queries.renewal(queries.with_updates(QuestionBank.objects.all()).get()).is_met
    with on("2026-11-01"):
        renewal = queries.renewal(queries.with_updates(QuestionBank.objects.all()).get())
        assert (renewal.is_met, renewal.missing, renewal.days_left) == (False, 1, 29)


def test_two_questions_of_one_day_are_one_update(bank, office, rule):
    rule("exam_bank_updates", 2)
    with on("2026-11-03"):
        operations.add_question(bank, draft(number=1), by=office.collector)
        operations.add_question(bank, draft(number=2), by=office.collector)
    with on("2026-11-04"):
        assert queries.with_updates(QuestionBank.objects.all()).get().updates == 1
        operations.add_question(bank, draft(number=3), by=office.collector)
        assert queries.with_updates(QuestionBank.objects.all()).get().updates == 2


def test_where_no_rule_asks_nothing_is_said(bank, rule):
    rule("exam_bank_updates", None)
    assert queries.renewal(queries.with_updates(QuestionBank.objects.all()).get()) is None


def test_a_stale_bank_waits_on_the_desk_of_its_keepers_near_the_months_end(bank, office, rule):
    rule("exam_bank_updates", 1)
    rule("exam_bank_warning_days", 7)
    heap = todos.heap(heaps.KEY)
    with on("2026-11-23"):
        assert list(heap.rows(office.collector)) == []
    with on("2026-11-24"):
        todo = heap.todos(heap.rows(office.collector))[0]
        assert (todo.title, todo.time_left) == (bank.name, "本月还剩 6 天")
        assert todo.detail == "城东分局基层信息网 · 每月至少更新 1 次，本月已更新 0 次"
        assert [list(heap.rows(one)) for one in (office.moderator, office.inspector, office.staff)] == [
            []
        ] * 3
        assert todos.counts(office.collector)[heaps.KEY] == 1
        operations.add_question(bank, draft(), by=office.collector)
        assert list(heap.rows(office.collector)) == []


def test_a_closed_bank_asks_for_no_update(bank, office, rule):
    rule("exam_bank_updates", 1)
    operations.save(bank, bank.name, is_active=False, by=office.collector)
    with on("2026-11-30"):
        assert list(queries.stale(office.collector)) == []


def test_who_lost_the_power_is_not_called(bank, office, rule):
    rule("exam_bank_updates", 1)
    for row in office.collector.appointments.all():
        column_operations.revoke(row, by=office.granter, note="测试")
    with on("2026-11-30"):
        assert list(queries.stale(type(office.collector).objects.get(pk=office.collector.pk))) == []


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", STRANGERS)
def test_banks_are_not_there_for_strangers(sign_in, bank, add, office, who):
    question = add()
    client = sign_in(getattr(office, who))
    for name, args in (("banks", []), ("bank", [bank.pk]), ("bank_question", [bank.pk, question.pk])):
        assert client.get(reverse(f"desk:{name}", args=args)).status_code == 404
    assert client.post(reverse("desk:bank_open", args=[bank.pk])).status_code == 404
    assert bank.readers.count() == 1


@pytest.mark.parametrize("who", ["head_person", "inspector", "moderator"])
def test_questions_show_to_nobody_who_has_not_opened_the_bank(sign_in, bank, add, office, who):
    question = add(stem="机密的题干（　）。")
    client = sign_in(getattr(office, who))
    page = client.get(bank.get_absolute_url()).content.decode()
    assert ("机密的题干" in page, "打开题库" in page) == (False, True)
    for name, args in (("bank_question", [bank.pk, question.pk]), ("bank_export", [bank.pk])):
        assert client.get(reverse(f"desk:{name}", args=args)).headers["Location"] == bank.get_absolute_url()
    assert client.post(reverse("desk:bank_open", args=[bank.pk])).status_code == 302
    assert "机密的题干" in client.get(bank.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["head_person", "inspector"])
def test_who_only_reads_finds_no_way_to_change(sign_in, bank, add, office, who):
    question = add()
    person = getattr(office, who)
    operations.open_(bank, by=person)
    client = sign_in(person)
    assert "添加试题" not in client.get(bank.get_absolute_url()).content.decode()
    addresses = [
        reverse("desk:bank_edit", args=[bank.pk]), reverse("desk:bank_import", args=[bank.pk]),
        reverse("desk:bank_template", args=[bank.pk]),
        reverse("desk:bank_question_add", args=[bank.pk, "single"]),
        reverse("desk:bank_question_edit", args=[bank.pk, question.pk]),
    ]  # fmt: skip
    assert [client.get(one).status_code for one in addresses] == [404] * 5
    retire = reverse("desk:bank_question_retire", args=[bank.pk, question.pk])
    assert client.post(retire).status_code == 404
    question.refresh_from_db()
    assert question.is_active


def test_the_list_narrows_by_topic_kind_difficulty_and_words(sign_in, bank, add, office):
    add(K.SINGLE, 1)
    add(K.MULTIPLE, 2, topic="产品质量")
    add(K.MULTIPLE, 3, difficulty="HARD")
    client = sign_in(office.collector)

    def found(**query) -> list[str]:
        listing = client.get(bank.get_absolute_url(), query).context["listing"]
        return [one.stem for one in listing]

    assert found(topic="产品质量") == ["多选题2（　）。"]
    assert found(kind="SINGLE") == ["单选题1（　）。"]
    assert found(difficulty="HARD", kind="MULTIPLE") == ["多选题3（　）。"]
    assert found(q="多选") == ["多选题3（　）。", "多选题2（　）。"]
    assert len(found(kind="NO", topic="NO", q="")) == 3
    assert found(shown="retired") == []


def test_adding_on_the_page(sign_in, bank, office):
    address = reverse("desk:bank_question_add", args=[bank.pk, "multiple"])
    typed = {"topic": "权利", "difficulty": "HARD", "points": "4", "stem": "题干（　）。",
             "options": "甲\r\n乙\r\n\r\n丙", "key": "ac", "explanation": "第一条"}  # fmt: skip
    answer = sign_in(office.collector).post(address, typed | {"again": "yes"})
    question = ExamQuestion.objects.get()
    assert (question.options, question.key, question.points) == (["甲", "乙", "丙"], [0, 2], 4)
    assert answer.headers["Location"] == f"{address}?{urlencode({'topic': '权利'})}"


def test_what_was_typed_is_kept_with_the_reason(sign_in, bank, office):
    address = reverse("desk:bank_question_add", args=[bank.pk, "single"])
    typed = {
        "topic": "权利",
        "difficulty": "EASY",
        "points": "2",
        "stem": "题干（　）。",
        "options": "甲\n乙",
        "key": "D",
    }
    answer = sign_in(office.collector).post(address, typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"key": ["答案是 D，可是没有选项 D"]}
    assert "题干（　）。" in answer.content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"stem": "长" * 1_000_000},
        {"stem": "a\0b"},
        {"points": "-1"},
        {"points": "9" * 400},
        {"key": "𠀀😀"},
        {"topic": ""},
    ],
    ids=["1 MB", "zero byte", "negative", "huge", "odd letters", "nothing"],
)
def test_bad_input_is_refused_at_the_field(sign_in, bank, office, change):
    address = reverse("desk:bank_question_add", args=[bank.pk, "single"])
    typed = {
        "topic": "权利",
        "difficulty": "EASY",
        "points": "2",
        "stem": "题干",
        "options": "甲\n乙",
        "key": "A",
    }
    answer = sign_in(office.collector).post(address, typed | change)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(change))
    assert not ExamQuestion.objects.exists()


@pytest.mark.parametrize("word", ["SINGLE", "nothing", "true-false"])
def test_an_unknown_kind_is_not_found(sign_in, bank, office, word):
    address = reverse("desk:bank_question_add", args=[bank.pk, word])
    assert sign_in(office.collector).get(address).status_code == 404


def test_pages_of_a_question_and_its_versions(sign_in, bank, add, office):
    old = add()
    client = sign_in(office.collector)
    edit = reverse("desk:bank_question_edit", args=[bank.pk, old.pk])
    typed = client.get(edit).context["form"].initial
    answer = client.post(edit, typed | {"stem": "新的题干（　）。"})
    new = ExamQuestion.objects.get(is_active=True)
    assert answer.headers["Location"] == reverse("desk:bank_question", args=[bank.pk, new.pk])
    page = client.get(answer.headers["Location"]).content.decode()
    assert [word in page for word in ("新的题干", "以前的版本", "单选题1")] == [True] * 3
    past = client.get(reverse("desk:bank_question", args=[bank.pk, old.pk])).content.decode()
    assert [word in past for word in ("改成了新的一版", "停用</button>")] == [True, False]
    assert client.post(edit, typed).status_code == 409


def test_a_question_under_another_bank_is_not_found(sign_in, add, office):
    other = operations.make(office.main, "另一个题库", by=office.collector)
    address = reverse("desk:bank_question", args=[other.pk, add().pk])
    assert sign_in(office.collector).get(address).status_code == 404


def test_retiring_on_the_page(sign_in, bank, add, office):
    question = add()
    client = sign_in(office.collector)
    address = reverse("desk:bank_question_retire", args=[bank.pk, question.pk])
    assert client.get(address).status_code == 405
    assert client.post(address).headers["Location"] == bank.get_absolute_url()
    assert [
        one.stem for one in client.get(bank.get_absolute_url(), {"shown": "retired"}).context["listing"]
    ] == [question.stem]


def test_a_bank_is_made_renamed_and_closed_on_the_page(sign_in, office):
    client = sign_in(office.collector)
    answer = client.post(
        reverse("desk:bank_add"), {"site": office.main.pk, "name": "产品质量", "note": "监管一科"}
    )
    made = QuestionBank.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    client.post(reverse("desk:bank_edit", args=[made.pk]), {"name": "产品质量法", "note": ""})
    made.refresh_from_db()
    assert (made.name, made.is_active) == ("产品质量法", False)
    taken = client.post(reverse("desk:bank_add"), {"site": office.main.pk, "name": "产品质量法"})
    assert (taken.status_code, taken.context["form"].errors) == (422, {"name": ["这个站点已有同名的题库"]})


@pytest.mark.parametrize("name", ["banks", "bank"])
def test_pages_cost_the_same_with_one_row_and_thirty(
    sign_in, bank, add, office, django_assert_max_num_queries, name
):
    add()
    client, address = (
        sign_in(office.collector),
        reverse(f"desk:{name}", args=[bank.pk] if name == "bank" else []),
    )
    client.get(address)
    with django_assert_max_num_queries(24) as one_row:
        client.get(address)
    for number in range(2, 31):
        add(number=number)
        operations.make(office.main, f"题库{number}", by=office.collector)
    with django_assert_max_num_queries(24) as thirty_rows:
        assert len(client.get(address).context["listing"]) == 30
    assert len(thirty_rows) == len(one_row)


def test_visitors_are_asked_to_sign_in(client, bank):
    address = bank.get_absolute_url()
    assert client.get(address).headers["Location"] == f"/login/?next={address}"
    assert client.get(reverse("desk:banks")).status_code == 302
