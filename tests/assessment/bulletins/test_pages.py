"""The desk drafts and issues, readers read; the same paper as a page, in Word, in Excel."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from assessment.models import Bulletin
from assessment.operations import bulletins as operations
from tests.assessment.bulletins.conftest import WORDS

FORM = {**vars(WORDS), "is_public": "on"}


def test_drafting_saving_and_issuing_by_the_buttons(client, quarter):
    client.force_login(quarter.chief_inspector)
    answer = client.post(reverse("desk:bulletin_new"), {"kind": "QUARTERLY", "day": "2026-09-30"})
    bulletin = Bulletin.objects.get()
    assert answer["Location"] == bulletin.desk_url
    client.post(bulletin.desk_url, {**FORM, "version": bulletin.version, "save": "1"})
    bulletin.refresh_from_db()
    answer = client.post(bulletin.desk_url, {**FORM, "version": bulletin.version, "issue": "1"}, follow=True)
    assert "已印发：" in answer.content.decode()
    bulletin.refresh_from_db()
    assert bulletin.state == "ISSUED"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "QUARTERLY", "day": ""}, "请选这一期内的一天"),
        ({"kind": "QUARTERLY", "day": "2026-10-09"}, "还不能拟写这一期"),
        ({"kind": "RANKING", "day": "2026-09-09", "scheme": "99"}, "没有这个计分办法"),
    ],
)
def test_a_bad_span_is_told_at_its_place(client, quarter, sent, said):
    client.force_login(quarter.chief_inspector)
    answer = client.post(reverse("desk:bulletin_new"), sent)
    assert (answer.status_code, Bulletin.objects.count()) == (422, 0)
    assert said in answer.content.decode()


def test_a_missing_number_is_told_and_what_was_typed_is_saved(client, draft, quarter):
    bulletin = draft()
    client.force_login(quarter.chief_inspector)
    sent = {**FORM, "number": "", "closing": "新写的要求", "version": bulletin.version, "issue": "1"}
    answer = client.post(bulletin.desk_url, sent)
    assert answer.status_code == 422
    assert "印发前请填写文号" in answer.content.decode()
    assert "新写的要求" in answer.content.decode()


def test_a_version_saved_meanwhile_is_told_and_nothing_typed_is_lost(client, draft, quarter):
    bulletin = draft()
    client.force_login(quarter.chief_inspector)
    sent = {**FORM, "closing": "我写的", "version": bulletin.version - 1, "save": "1"}
    answer = client.post(bulletin.desk_url, sent)
    assert answer.status_code == 409
    assert "我写的" in answer.content.decode()


def test_readers_have_what_is_public_and_nothing_else(client, draft, issued, quarter):
    hidden, inside, public = draft(), issued(is_public=False), issued()
    addresses = [reverse("bulletin", args=[one.pk]) for one in (hidden, inside, public)]
    assert [client.get(one).status_code for one in addresses] == [404, 404, 200]
    assert list(client.get(reverse("bulletins")).context["listing"]) == [public]
    client.force_login(quarter.staff)
    assert [client.get(one.desk_url).status_code for one in (hidden, inside, public)] == [404, 200, 200]


def test_the_paper_is_taken_away_in_word_and_excel(client, issued):
    bulletin = issued()
    word = client.get(reverse("bulletin_export", args=[bulletin.pk, "docx"]))
    assert bulletin.title in [one.text for one in Document(BytesIO(word.content)).paragraphs]
    excel = client.get(reverse("bulletin_export", args=[bulletin.pk, "xlsx"]))
    assert "各单位信息发布情况" in load_workbook(BytesIO(excel.content)).sheetnames
    assert client.get(reverse("bulletin_export", args=[bulletin.pk, "pdf"])).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_lists_cost_the_same_for_one_and_thirty(
    client, issued, quarter, number, django_assert_max_num_queries
):
    bulletin = issued()
    for _ in range(number - 1):
        bulletin.pk = None
        bulletin.save()
    client.get(reverse("bulletins"))
    with django_assert_max_num_queries(8):
        client.get(reverse("bulletins"))
    client.force_login(quarter.chief_inspector)
    client.get(reverse("desk:bulletins"))
    with django_assert_max_num_queries(24):
        client.get(reverse("desk:bulletins"))


def test_withdrawn_it_is_gone_for_readers(client, issued, quarter):
    bulletin = issued()
    operations.withdraw(bulletin, by=quarter.chief_inspector, note="数字有误")
    assert client.get(reverse("bulletin", args=[bulletin.pk])).status_code == 404
