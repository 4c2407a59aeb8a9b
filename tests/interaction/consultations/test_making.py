"""A consultation is made from one pasted text, looked through, reported and approved by somebody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from interaction.models import Activity, ConsultationClause
from interaction.operations import activities, activity_moves, consultations
from interaction.rules import activities as rules
from portal.models import AuditEntry, StoredFile
from portal.workflow import Refused, TooLate
from tests.interaction.consultations.conftest import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(forum) -> Activity:
    return make(forum, upto="")


def address(activity: Activity) -> str:
    return reverse("desk:consultation_edit", args=[activity.pk])


def rows(*lines: tuple[str, str], **more) -> dict:
    """The form set as a browser sends it."""
    found = {"clauses-TOTAL_FORMS": len(lines), "clauses-INITIAL_FORMS": 0, **more}
    for place, (heading, text) in enumerate(lines):
        found |= {f"clauses-{place}-heading": heading, f"clauses-{place}-text": text}
    return found


def said(activity: Activity) -> list[tuple[str, str]]:
    return list(
        ConsultationClause.objects.filter(consultation__activity=activity).values_list("heading", "text")
    )


def test_cutting_shows_the_pieces_and_saves_nothing(forum, draft, sign_in):
    pasted = {"draft": "第一条 甲。\n第二条 乙。", "cut": "1", "background": "背景未存", "how": "AUTO"}
    before = said(draft)
    answer = sign_in(forum.collector).post(address(draft), rows() | pasted)
    assert answer.status_code == 200
    assert [form.initial for form in answer.context["rows"].initial_forms] == [
        {"heading": "第一条", "text": "甲。"},
        {"heading": "第二条", "text": "乙。"},
    ]
    assert "背景未存" in answer.content.decode()
    assert said(draft) == before


def test_saving_puts_the_rows_in_their_order_without_empty_ones_and_those_ticked_to_go(forum, draft, sign_in):
    sent = rows(("第二条", "乙"), ("第一条", "甲"), ("", ""), ("第三条", "丙")) | {
        "clauses-0-ORDER": "2", "clauses-1-ORDER": "1", "clauses-3-DELETE": "on", "contact": "电话 8004",
    }  # fmt: skip
    answer = sign_in(forum.collector).post(address(draft), sent)
    assert answer.headers["Location"] == draft.desk_url
    assert said(draft) == [("第一条", "甲"), ("第二条", "乙")]
    assert AuditEntry.objects.filter(verb="save_clauses", note="共 2 条").count() == 1


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("clauses-0-heading", "长" * 61), ("clauses-0-text", "长" * 5001), ("clauses-0-text", "零\0字节"),
        ("clauses-0-ORDER", "九"), ("background", "长" * 5001), ("contact", "长" * 201), ("drops", "999"),
        ("clauses-TOTAL_FORMS", "九"), ("clauses-TOTAL_FORMS", "1000"),
    ],
)  # fmt: skip
def test_wrong_input_is_refused_and_what_was_typed_stays(forum, draft, sign_in, field, wrong):
    before = said(draft)
    sent = rows(("第一条", "这一条留着")) | {"background": "背景留着", field: wrong}
    answer = sign_in(forum.collector).post(address(draft), sent)
    assert (answer.status_code, said(draft)) == (422, before)
    assert "背景留着" in answer.content.decode() or field == "background"


@pytest.mark.parametrize("pasted", ["", "零\0字节", "长" * 100_001, "第一条 甲\n" * 301])
def test_what_cannot_be_cut_says_why(forum, draft, sign_in, pasted):
    answer = sign_in(forum.collector).post(address(draft), rows() | {"draft": pasted, "cut": "1"})
    assert (answer.status_code, bool(answer.context["cutting"].errors["draft"])) == (422, True)


def test_rare_characters_survive(forum, draft, sign_in):
    sign_in(forum.collector).post(address(draft), rows(("第一条", "𠀀市场😀")))
    assert said(draft) == [("第一条", "𠀀市场😀")]


def test_files_come_and_go_with_the_draft_and_a_wrong_one_is_named(forum, draft, sign_in):
    client = sign_in(forum.collector)
    file = SimpleUploadedFile("起草说明.txt", "说明".encode())
    assert client.post(address(draft), rows(("第一条", "甲"), files=file)).status_code == 302
    attached = draft.files.get()
    wrong = SimpleUploadedFile("坏.exe", b"MZ\0\0")
    answer = client.post(address(draft), rows(("第一条", "甲"), files=wrong))
    assert (answer.status_code, "不是可以上传的文件类型" in answer.content.decode()) == (422, True)
    client.post(address(draft), rows(("第一条", "甲"), drops=attached.pk))
    assert (draft.files.count(), StoredFile.objects.count()) == (0, 1)


def test_nothing_to_ask_about_cannot_be_reported(forum, draft):
    consultations.save(draft, consultations.Content(clauses=[]), by=forum.collector)
    assert rules.issues(draft) == ["请填写征求意见的条款"]
    with pytest.raises(Refused, match="条款"):
        activity_moves.report(draft, by=forum.collector)


def test_what_was_approved_does_not_change_any_more(forum):
    with pytest.raises(TooLate):
        consultations.save(forum.activity, consultations.Content(), by=forum.collector)


def test_of_two_who_save_the_second_is_told(forum, draft, sign_in):
    client, sent = sign_in(forum.collector), rows(("第一条", "甲")) | {"version": draft.version}
    draft.refresh_from_db()
    sent["version"] = draft.version
    assert client.post(address(draft), sent).status_code == 302
    answer = client.post(address(draft), sent | {"clauses-0-text": "晚到的"})
    assert (answer.status_code, "晚到的" in answer.content.decode()) == (409, True)


def test_a_copy_takes_the_clauses_and_files_but_no_opinions(forum, say):
    say("建议一")
    new = activities.copy(forum.activity, by=forum.collector)
    assert said(new) == said(forum.activity)
    assert new.consultation.opinions.count() == 0


@pytest.mark.parametrize(
    "role", ["head_person", "signer", "inspector", "granter", "auditor", "chief", "staff"]
)
def test_only_those_who_collect_find_the_editor(forum, draft, sign_in, role):
    client = sign_in(getattr(forum, role))
    assert [client.get(address(draft)).status_code, client.post(address(draft), rows()).status_code] == [
        404,
        404,
    ]


def test_whoever_reviews_reads_the_whole_text_on_the_desk(forum, sign_in):
    activity = make(forum, upto="report")
    page = sign_in(forum.head_person).get(activity.desk_url).content.decode()
    assert all(words in page for words in ("第一章 总则", "市场开办者统一配秤", "第三条"))


def test_another_kind_of_activity_has_no_clauses(forum, draft, sign_in):
    Activity.objects.filter(pk=draft.pk).update(kind="INTERVIEW")
    assert sign_in(forum.collector).get(address(draft)).status_code == 404
