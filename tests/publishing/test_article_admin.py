"""The admin where moderators write and publish."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from portal.models import StoredFile
from publishing import operations
from publishing.enums import ArticleState, RevisionState
from publishing.models import Article, Revision
from publishing.operations.drafts import version_token

LIST = reverse("admin:publishing_article_changelist")
ADD = reverse("admin:publishing_article_add")
KEY = "7f6c0a70-1111-4222-8333-444455556666"


def address(article) -> str:
    return reverse("admin:publishing_article_change", args=[article.pk])


def typed(column, **fields) -> dict:
    return {
        "title": "信息工作例会召开", "column": column.pk, "body": "<p>部署年底前的重点工作。</p>",
        "author_name": "李岚", "token": "new", **fields,
    }  # fmt: skip


def picture(name: str = "现场.png") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 30), "#1c4a84").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


@pytest.fixture
def enter(client, office):
    """`enter(person)` signs in and gives the browser."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


# --- who gets in --------------------------------------------------------------------------------


def test_admin_sends_visitors_to_the_one_sign_in(client, office):
    assert client.get(LIST, follow=True).redirect_chain[-1][0] == f"{reverse('login')}?next={LIST}"


def test_ordinary_staff_are_refused(enter, office):
    assert enter(office.staff).get(LIST, follow=True).status_code == 403


def test_granter_without_texts_sees_no_texts(enter, office):
    assert enter(office.granter).get(LIST).status_code == 403


@pytest.mark.parametrize("who", ["collector", "head_person", "moderator", "signer", "inspector"])
def test_whoever_handles_texts_sees_the_list(enter, office, write, who):
    write("信息工作例会召开")
    page = enter(getattr(office, who)).get(LIST)
    assert page.status_code == 200
    assert "信息工作例会召开" in page.content.decode()


@pytest.mark.parametrize(("who", "status"), [("collector", 200), ("moderator", 200), ("inspector", 403)])
def test_only_collectors_may_add(enter, office, who, status):
    assert enter(getattr(office, who)).get(ADD).status_code == status


def test_a_text_of_columns_one_does_not_handle_stays_closed(enter, office, write):
    article = write().article
    assert enter(office.granter).get(address(article)).status_code == 404
    assert enter(office.granter).post(address(article), typed(office.news)).status_code == 404


def test_nothing_can_be_deleted(enter, office, write):
    article = write().article
    address_of_delete = reverse("admin:publishing_article_delete", args=[article.pk])
    assert enter(office.moderator).post(address_of_delete, {"post": "yes"}).status_code == 403
    assert Article.objects.count() == 1


# --- the list -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 30])
def test_list_asks_the_database_the_same_however_long(
    enter, office, write, rows, django_assert_max_num_queries
):
    for number in range(rows):
        write(f"第 {number} 件", upto="publish" if number % 2 else "report")
    browser = enter(office.moderator)
    browser.get(LIST)
    with django_assert_max_num_queries(13):  # one of them asks whether the sign-in still holds
        assert browser.get(LIST).status_code == 200


def test_list_tells_the_live_state_and_the_one_on_its_way(enter, office, write):
    article = write(upto="publish").article
    article.refresh_from_db()
    draft = operations.Draft(column=office.news, title="改过的标题", body="<p>新</p>", author_name="李岚")
    operations.save(article, draft, by=office.collector, token=version_token(article))
    page = enter(office.moderator).get(LIST).content.decode()
    assert '<span class="tag tag-ok">已发布</span> <span class="tag tag-quiet">草稿</span>' in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?state=DRAFT", {"在写的"}),
        ("?state=LIVE", {"发了的"}),
        ("?site=beiqiao", set()),
        ("?site=fenju", {"在写的", "发了的"}),
        ("?q=在写", {"在写的"}),
    ],
)
def test_list_narrows(enter, office, write, query, titles):
    write("在写的")
    write("发了的", upto="publish")
    page = enter(office.moderator).get(LIST + query)
    assert {article.title for article in page.context["cl"].result_list} == titles


def test_list_narrows_to_a_main_column_with_all_below_it(enter, office, write):
    write("要闻里的")
    write("交流里的", column=office.exchange)
    page = enter(office.moderator).get(f"{LIST}?column={office.trends.pk}")
    assert [article.title for article in page.context["cl"].result_list] == ["要闻里的"]


# --- writing ------------------------------------------------------------------------------------


def test_saving_a_new_text_makes_a_draft(enter, office):
    answer = enter(office.collector).post(ADD, typed(office.news, _save="", key=KEY))
    revision = Revision.objects.get()
    assert answer.url == f"{address(revision.article)}?saved={KEY}"
    assert (revision.title, revision.state, revision.created_by) == (
        "信息工作例会召开", RevisionState.DRAFT, office.collector,
    )  # fmt: skip


def test_submitting_saves_and_reports_in_one_go(enter, office):
    enter(office.collector).post(ADD, typed(office.news, _report=""))
    assert Revision.objects.get().state == RevisionState.IN_REVIEW


def test_submitting_in_a_direct_column_clears_at_once(enter, office):
    page = enter(office.moderator).post(ADD, typed(office.exchange, _report=""), follow=True)
    assert Revision.objects.get().state == RevisionState.APPROVED
    assert [move.move.label for move in page.context["moves"]] == ["收回修改", "退回修改", "发布", "定时发布"]


def test_refused_report_leaves_nothing_behind_and_keeps_what_was_typed(enter, office):
    page = enter(office.collector).post(
        ADD, typed(office.news, _report="", author_name="", is_reprint="on", summary="我写的摘要")
    )
    form = page.context["form"]
    assert form.errors == {"author_name": ["请注明作者"], "source_name": ["转载须注明出处"]}
    assert form["summary"].value() == "我写的摘要"
    assert not Article.objects.exists()


def test_refusals_are_summed_up_on_top_with_a_way_to_each_field(enter, office):
    page = enter(office.collector).post(ADD, typed(office.news, _report="", author_name="")).content.decode()
    assert '<a href="#field-author_name">作者：请注明作者</a>' in page


def test_summary_taken_from_the_text_follows_the_text(enter, office, write):
    article = write().article
    browser = enter(office.collector)
    assert browser.get(address(article)).context["form"]["summary"].value() == ""
    changed = typed(
        office.news, _save="", token=version_token(article), body="<p>改写后的开头。</p>", summary=""
    )
    browser.post(address(article), changed)
    assert Revision.objects.get().summary == "改写后的开头。"


def test_missing_title_and_column_are_told_at_their_fields(enter, office):
    page = enter(office.collector).post(ADD, {"body": "<p>写了一半</p>", "token": "new"})
    assert page.context["form"].errors == {"title": ["请填写标题"], "column": ["请选择栏目"]}
    assert "写了一半" in page.content.decode()


def test_a_form_sent_twice_makes_one_text(enter, office):
    browser = enter(office.collector)
    browser.post(ADD, typed(office.news, _save="", key=KEY))
    browser.post(ADD, typed(office.news, _save="", key=KEY, title="第二次多写了几个字"))
    assert [article.title for article in Article.objects.all()] == ["第二次多写了几个字"]


def test_a_report_sent_twice_is_reported_once(enter, office):
    browser = enter(office.collector)
    first = browser.post(ADD, typed(office.news, _report="", key=KEY))
    second = browser.post(ADD, typed(office.news, _report="", key=KEY))
    assert second.url == first.url.partition("?")[0]
    assert Revision.objects.get().steps.count() == 1


def test_columns_on_offer_are_those_one_collects_for(enter, office):
    form = enter(office.collector).get(ADD).context["form"]
    groups = [(group, [name for _, name in rows]) for group, rows in form.fields["column"].choices[1:]]
    assert groups == [
        ("城东分局基层信息网", ["工作动态", "　要闻报道", "业务交流"]),
        ("北桥工商所", ["要闻报道"]),
    ]


def test_an_existing_text_stays_on_its_site(enter, office, write):
    article = write().article
    moved = typed(office.sub_news, token=version_token(article))
    page = enter(office.collector).post(address(article), moved)
    assert "column" in page.context["form"].errors


def test_what_the_sanitiser_drops_is_told(enter, office):
    body = "<p>正文</p><script>alert(1)</script>"
    page = enter(office.collector).post(ADD, typed(office.news, _save="", body=body), follow=True)
    told = [str(message) for message in page.context["messages"]]
    assert len(told) == 2
    assert told[1] == "已保存。"
    assert "script" not in Revision.objects.get().body


def test_too_long_a_text_is_told_at_the_body_and_kept(enter, office, settings):
    settings.RICHTEXT_MAX_CHARS = 100
    body = f"<p>{'长' * 300}</p>"
    page = enter(office.collector).post(ADD, typed(office.news, _save="", body=body))
    assert list(page.context["form"].errors) == ["body"]
    assert "长" * 300 in page.content.decode()


# --- two people, one text -----------------------------------------------------------------------


def test_the_second_to_save_is_told_who_was_first_and_loses_nothing(enter, office, write):
    article = write().article
    old = version_token(article)
    first, second = (typed(office.news, _save="", token=old, title=title) for title in ("先存的", "后存的"))
    enter(office.collector).post(address(article), first)
    page = enter(office.moderator).post(address(article), second)
    assert page.context["form"].non_field_errors()[0].startswith("信息员已在")
    assert page.context["form"]["title"].value() == "后存的"
    assert Revision.objects.get().title == "先存的"


def test_saving_what_went_into_review_meanwhile_keeps_what_was_typed(enter, office, write):
    revision = write()
    token = version_token(revision.article)
    operations.report(revision, by=office.collector)
    late = typed(office.news, _save="", token=token, title="晚了")
    page = enter(office.collector).post(address(revision.article), late)
    assert page.context["form"]["title"].value() == "晚了"
    assert Revision.objects.get().title == "信息工作例会召开"


def test_text_under_review_is_shown_closed_with_the_way_to_open_it(enter, office, write):
    article = write(upto="report").article
    page = enter(office.collector).get(address(article))
    assert page.context["form"] is None
    assert "正在等待“科室负责人审核”。要修改请先收回" in page.content.decode()
    assert [move.move.label for move in page.context["moves"]] == ["收回修改"]
    others = enter(office.moderator).get(address(article)).content.decode()
    assert "要修改请由报送人信息员收回" in others


def test_live_page_stands_while_its_text_is_changed(enter, office, write):
    article = write(upto="publish").article
    browser = enter(office.collector)
    assert "线上版本仍是第 1 次修订" in browser.get(address(article)).content.decode()
    browser.post(address(article), typed(office.news, _save="", token=version_token(article), title="改过的"))
    article.refresh_from_db()
    assert (article.title, article.state) == ("信息工作例会召开", ArticleState.LIVE)
    assert article.revisions.first().title == "改过的"


# --- files --------------------------------------------------------------------------------------


def test_cover_and_attachments_come_with_the_text(enter, office):
    files = {"cover_upload": picture(), "attachment_uploads": [picture("一.png"), picture("二.png")]}
    enter(office.collector).post(ADD, typed(office.news, _save="", **files))
    revision = Revision.objects.get()
    assert revision.cover.owner == office.collector
    assert revision.attachments.count() == 2


def test_an_error_elsewhere_does_not_cost_an_upload(enter, office):
    browser = enter(office.collector)
    files = {"cover_upload": picture(), "attachment_uploads": [picture("表.png")]}
    page = browser.post(ADD, typed(office.news, title="", **files))
    form = page.context["form"]
    assert (form.cover_file.owner, len(form.attachments)) == (office.collector, 1)
    again = typed(office.news, _save="", cover=form.cover_file.pk, attachments=[form.attachments[0].pk])
    browser.post(ADD, again)
    revision = Revision.objects.get()
    assert revision.cover == form.cover_file
    assert revision.attachments.get().file == form.attachments[0]


def test_a_refused_file_is_named_at_its_field_and_the_rest_is_kept(enter, office):
    bad = SimpleUploadedFile("报表.xlsx", b"<html>not a table</html>")
    files = {"attachment_uploads": [bad, picture()]}
    page = enter(office.collector).post(ADD, typed(office.news, _save="", **files))
    refused = page.context["form"].refused_files["attachment_uploads"]
    assert len(refused) == 1
    assert refused[0].startswith("“报表.xlsx”")
    assert len(page.context["form"].attachments) == 1
    assert not Article.objects.exists()


def test_attachments_are_ordered_and_taken_off(enter, office):
    browser = enter(office.collector)
    files = [picture(f"{name}.png") for name in "甲乙丙"]
    browser.post(ADD, typed(office.news, _save="", attachment_uploads=files))
    article = Article.objects.get()
    first, second, third = [str(one.file_id) for one in article.revisions.get().attachments.all()]
    order = {"attachments": [third, first, second], "remove_attachment": [first]}
    changed = typed(office.news, _save="", token=version_token(article), **order)
    browser.post(address(article), changed)
    assert [str(one.file_id) for one in article.revisions.get().attachments.all()] == [third, second]


def test_somebody_elses_file_cannot_be_taken_in_by_its_id(enter, office):
    enter(office.moderator).post(ADD, typed(office.news, title="", cover_upload=picture()))
    theirs = StoredFile.objects.get()
    office.moderator.refresh_from_db()
    enter(office.collector).post(ADD, typed(office.news, _save="", cover=theirs.pk, attachments=[theirs.pk]))
    revision = Revision.objects.get()
    assert (revision.cover, revision.attachments.count()) == (None, 0)


# --- the way out --------------------------------------------------------------------------------


def act(browser, revision, verb, **fields):
    where = reverse("admin:publishing_article_act", args=[revision.article_id, verb])
    return browser.post(where, {"revision": revision.pk, "version": revision.version, **fields})


def test_publish_button_publishes(enter, office, write):
    revision = write(upto="approve")
    revision.refresh_from_db()
    act(enter(office.moderator), revision, "publish")
    revision.article.refresh_from_db()
    assert revision.article.state == ArticleState.LIVE


def test_withdrawing_without_a_reason_is_refused_at_the_field(enter, office, write):
    revision = write(upto="publish")
    page = act(enter(office.moderator), revision, "withdraw")
    form = next(form for form in page.context["moves"] if form.move.verb == "withdraw")
    assert form.errors == {"note": ["请写明撤稿的理由"]}
    act(enter(office.moderator), revision, "withdraw", note="内容有误")
    revision.article.refresh_from_db()
    assert revision.article.state == ArticleState.WITHDRAWN


def test_scheduling_into_the_past_is_refused_and_the_time_kept(enter, office, write):
    revision = write(upto="approve")
    revision.refresh_from_db()
    page = act(enter(office.moderator), revision, "schedule", scheduled_at="2020-01-01T08:00")
    form = next(form for form in page.context["moves"] if form.move.verb == "schedule")
    assert form.errors == {"scheduled_at": ["定时发布的时间须在当前时间之后"]}
    assert form["scheduled_at"].value() == "2020-01-01T08:00"


def test_publishing_what_changed_since_is_refused(enter, office, write):
    revision = write(upto="approve")
    revision.refresh_from_db()
    revision.version += 1
    page = act(enter(office.moderator), revision, "publish")
    assert page.status_code == 200
    revision.article.refresh_from_db()
    assert revision.article.state == ArticleState.NEW


def test_collector_may_not_publish(enter, office, write):
    revision = write(upto="approve")
    revision.refresh_from_db()
    page = act(enter(office.collector), revision, "publish")
    form = next(form for form in page.context["moves"] if form.move.verb == "publish")
    assert form.non_field_errors() == ["您没有“要闻报道”栏目的发布权限"]


def test_returned_text_shows_who_wants_what(enter, office, write):
    revision = write(upto="report")
    operations.return_(revision.steps.get(), by=office.head_person, note="标题请写明会议名称")
    page = enter(office.collector).get(address(revision.article)).content.decode()
    assert "标题请写明会议名称" in page
    assert "提交审核" in page
