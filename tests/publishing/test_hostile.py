"""Hostile visitors, hostile texts, hostile files: no error page, nothing executed, nothing given away."""

import json
import re
from datetime import date
from io import BytesIO
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml.html import document_fromstring
from PIL import Image

from columns import operations as column_operations
from columns.enums import Readers
from columns.models import Appointment, Column, Role
from portal import audit, notices, uploads
from portal import operations as portal_operations
from portal.models import AuditEntry, CalendarDay, Site, StoredFile, User
from publishing import operations
from publishing.models import Article, Revision
from publishing.operations import Draft
from publishing.operations.drafts import version_token

MARKUP = "<script>alert(1)</script><svg onload=alert(2)><img src=x onerror=alert(3)>'\"{{ 7*7 }}"
EXTENSION_B, EMOJI = "𠀀𪚥", "👨‍👩‍👧‍👦👍🏽"
ADD = reverse("admin:publishing_article_add")
LIST = reverse("admin:publishing_article_changelist")


def picture(name: str = "现场.png", tail: bytes = b"") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 30), "#1c4a84").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue() + tail, "image/png")


def typed(place: Column, **fields) -> dict:
    return {
        "title": "信息工作例会召开", "column": place.pk, "body": "<p>部署年底前的重点工作。</p>",
        "author_name": "李岚", "token": "new", **fields,
    }  # fmt: skip


def live(html: str) -> list[str]:
    """What a browser would run or load because of the page's texts: handlers, inline scripts, foreign addresses."""
    tree = document_fromstring(html.encode())
    found = [f"{one.tag} {name}" for one in tree.iter() for name in one.attrib if str(name).startswith("on")]
    found += [one.text for one in tree.iter("script") if one.text and "alert" in one.text]
    return found + [one.get("src") for one in tree.iter("img") if one.get("src") == "x"]


def host_of(location: str) -> str:
    """Where a browser goes: it reads backslashes as slashes and overlooks tabs."""
    return urlsplit(
        urljoin("http://testserver/login/", re.sub(r"[\t\r\n]", "", location.replace("\\", "/")))
    ).netloc


@pytest.fixture
def enter(office):
    """`enter(person)` gives a browser in which that person is signed in; None: nobody."""

    def sign_in(person: User | None) -> Client:
        browser = Client()
        if person:
            browser.force_login(person)
        return browser

    return sign_in


@pytest.fixture
def inside(office) -> Column:
    column = Column.objects.create(
        site=office.main,
        name="内部管理",
        slug="neibuguanli",
        readers=Readers.DEPARTMENTS,
        route=office.direct,
    )
    column.reader_departments.add(office.station)
    return column


# --- markup in every field ------------------------------------------------------------------------------


@pytest.fixture
def marked_up(office, write) -> Article:
    """A text with markup in every field, file name, note and name of column, person and site; live and edited."""
    for model, pk in ((Column, office.news.pk), (User, office.collector.pk)):
        model.objects.filter(pk=pk).update(name=MARKUP[:40])
    office.news.refresh_from_db()
    office.collector.refresh_from_db()
    office.main.tagline = office.main.organiser = MARKUP[:80]
    office.main.save()
    file = uploads.accept(SimpleUploadedFile("<svg onload=alert(4)>.txt", b"text"), owner=office.collector)
    draft = Draft(
        column=office.news, title=MARKUP, body=f"<p>{MARKUP}</p>", summary=MARKUP, author_name=MARKUP[:60],
        source_name=MARKUP[:80], attachments=[file], cover=uploads.accept(picture(), owner=office.collector),
        is_headline=True,
    )  # fmt: skip
    revision = operations.create(draft, by=office.collector)
    operations.report(revision, by=office.collector)
    operations.return_(revision.steps.get(), by=office.head_person, note=MARKUP)
    operations.report(revision, by=office.collector)
    operations.approve(revision.steps.get(state="CURRENT"), by=office.head_person, note=MARKUP)
    article = operations.publish(revision, by=office.moderator)
    operations.save(article, draft, by=office.collector, token=version_token(article))
    return article


def test_markup_is_shown_as_text_wherever_it_comes_up(marked_up, office, enter):
    pages = [
        "/", marked_up.get_absolute_url(), office.news.get_absolute_url(), "/search/?q=<svg%20onload=alert(5)>",
        "/search/?q=alert", "/feeds/", "/desk/", "/desk/notices/", "/desk/reviews/", "/a/999999/",
        *[f"/desk/articles/{marked_up.pk}/{page}" for page in ("", "preview/", "history/", "compare/?a=1&b=2")],
        f"/desk/reviews/{marked_up.revisions.latest('pk').pk}/", LIST, f"{LIST}?q={MARKUP}", ADD,
        reverse("admin:publishing_article_change", args=[marked_up.pk]), reverse("admin:columns_column_changelist"),
    ]  # fmt: skip
    for person in (None, office.collector, office.moderator):
        browser = enter(person)
        for page in pages:
            html = browser.get(page, follow=True).content.decode()
            assert live(html) == [], page
            assert "<svg onload" not in html, page
            assert "49" not in re.findall(r"\{\{ 7\*7 \}\}|>49<", html), page


def test_markup_is_shown_as_text_to_whoever_audits(marked_up, office, enter):
    browser = enter(office.inspector)
    entry = AuditEntry.objects.filter(verb="return_").get()
    for page in (
        reverse("admin:portal_auditentry_changelist"),
        reverse("admin:portal_auditentry_change", args=[entry.pk]),
        f"{reverse('admin:portal_auditentry_changelist')}?q=alert",
    ):
        html = browser.get(page).content.decode()
        assert "alert(1)" in html or "q=" in page
        assert live(html) == []


def test_what_was_done_is_told_without_its_markup(office, enter, write):
    revision = write("<img src=x onerror=alert(3)>", upto="report")
    browser = enter(office.head_person)
    address = reverse("desk:act", args=[revision.pk, "approve"])
    step = revision.steps.get()
    html = browser.post(address, {"step": step.pk, "note": MARKUP}, follow=True).content.decode()
    assert "已同意：《&lt;img src=x" in html
    assert live(html) == []


def test_a_title_is_one_line_that_reads_as_written(office, enter):
    browser = enter(office.collector)
    browser.post(ADD, typed(office.news, title="通知\r\nBcc: all@example.cn\x0b\x08\u202e 倒写 "))
    assert Article.objects.get().title == "通知 Bcc: all@example.cn 倒写"


def test_a_title_with_line_breaks_stops_no_letters(office, write):
    User.objects.update(email="staff@example.cn")
    notices.tell([office.collector], "第一行\r\nBcc: all@example.cn")
    notices.tell([office.collector], "第二封")
    assert notices.email_notices() == 2
    assert mail.outbox[0].subject == "第一行 Bcc: all@example.cn"
    assert mail.outbox[0].recipients() == ["staff@example.cn"]


# --- strange letters, huge texts ------------------------------------------------------------------------


def test_rare_letters_and_emoji_come_out_as_they_went_in(office, write, enter):
    article = write(f"{EXTENSION_B}{EMOJI}", body=f"<p>{EXTENSION_B}{EMOJI}</p>", upto="publish").article
    html = enter(None).get(article.get_absolute_url()).content.decode()
    assert f"<h1>{EXTENSION_B}{EMOJI}</h1>" in html
    assert f"<p>{EXTENSION_B}{EMOJI}</p>" in html
    assert f"{EMOJI}" in enter(None).get("/search/", {"q": EXTENSION_B}).content.decode()


def test_a_text_of_a_million_letters_is_refused_at_its_field_and_kept(office, enter):
    body = "<p>" + "字" * 1_000_000 + "</p>"
    response = enter(office.collector).post(ADD, typed(office.news, body=body))
    assert "超过上限" in response.content.decode()
    assert "字" * 1_000_000 in response.content.decode()
    assert Article.objects.count() == 0


def test_more_than_the_server_takes_is_refused_in_chinese(office, enter):
    browser = enter(office.collector)
    response = browser.post(ADD, typed(office.news, body="字" * 10_000_000))
    assert response.status_code == 400
    assert "提交的内容过大" in response.content.decode()
    many = browser.post(
        ADD, {f"field{number}": "" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    )
    assert (many.status_code, "提交的内容过大" in many.content.decode()) == (400, True)


@pytest.mark.parametrize("field", ["title", "body", "author_name", "source_name", "summary"])
def test_zero_bytes_are_refused_in_chinese_or_taken_out(office, enter, field):
    response = enter(office.collector).post(ADD, typed(office.news, **{field: "前\x00后"}))
    html = response.content.decode()
    if response.status_code == 200:
        assert "不允许" in html or "空字符" in html
        assert "Null" not in html
    else:
        assert "\x00" not in getattr(Revision.objects.get(), field)


ODD_VALUES = {
    "written_on": ["2026-13-45", "昨天", "0000-00-00", "99999-01-01", "-1"],
    "column": ["0", "-1", "abc", "9" * 30, "²", ""],
    "cover": ["abc", "../../etc/passwd", "0" * 36, "'; DROP TABLE"],
    "attachments": ["abc", "../../etc/passwd", "0" * 36],
    "key": ["abc", "0" * 36, "../.."],
    "token": ["abc", "1.1.DRAFT", "9" * 500, "\x00"],
}


@pytest.mark.parametrize(
    ("field", "value"), [(name, one) for name, some in ODD_VALUES.items() for one in some]
)
def test_an_odd_value_is_refused_in_chinese_or_left_out(office, enter, field, value):
    response = enter(office.collector).post(ADD, typed(office.news, **{field: value}))
    assert response.status_code in (200, 302)
    if response.status_code == 200:
        html = response.content.decode()
        assert "信息工作例会召开" in html
        shown = " ".join(document_fromstring(html).xpath("//*[contains(@class, 'error')]//text()"))
        assert not re.search(r"[a-z]{4,} [a-z]{2,}", shown)
        assert Article.objects.count() == 0


def test_fields_sent_twice_do_no_harm(office, enter):
    fields = typed(office.news)
    twice = {name: [value, value] for name, value in fields.items()}
    response = enter(office.collector).post(ADD, twice)
    assert (response.status_code, Article.objects.count()) == (302, 1)


@pytest.mark.parametrize(
    "typed_time",
    ["0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T10:00", "昨天", "", "99999-01-01T00:00", "\x00"],
)
def test_an_odd_time_to_publish_is_no_error(office, write, enter, typed_time):
    revision = write(upto="approve")
    address = reverse("desk:act", args=[revision.pk, "schedule"])
    response = enter(office.moderator).post(
        address, {"scheduled_at": typed_time, "version": revision.version}, follow=True
    )
    assert response.status_code in (200, 409, 422)
    assert enter(office.moderator).get(f"/desk/reviews/{revision.pk}/").status_code == 200


@pytest.mark.parametrize("value", ["abc", "-1", "9" * 30, "1.5", "", "²"])
def test_an_odd_step_or_version_is_no_error(office, write, enter, value):
    revision = write(upto="report")
    browser = enter(office.head_person)
    response = browser.post(
        reverse("desk:act", args=[revision.pk, "approve"]), {"step": value, "note": "同意"}
    )
    assert response.status_code in (409, 422)
    assert "同意" in response.content.decode()
    cleared = write("已审核的", upto="approve")
    answer = enter(office.moderator).post(
        reverse("desk:act", args=[cleared.pk, "publish"]), {"version": value or "abc"}
    )
    assert answer.status_code in (409, 422)


# --- odd addresses --------------------------------------------------------------------------------------

ODD_NUMBERS = ("abc", "-1", "0", "9" * 30, "9" * 5000, "1e9", "²", "１", "%00", "%ED%A0%80", "1'--", "[]")
ASKED = (
    "/?page={}", "/search/?q=稿&page={}", "/search/?q={}", "/c/gongzuodongtai/?page={}", "/a/{}/", "/c/{}/",
    "/feeds/{}/", "/files/{}/x.png", "/s/{}/", "/s/beiqiao/a/{}/", "/desk/?kind={}", "/desk/?kind=draft&page={}",
    "/desk/notices/?page={}", "/desk/reviews/?kind={}", "/desk/reviews/?page={}", "/desk/reviews/{}/",
    "/desk/reviews/{}/approve/", "/desk/articles/{}/", "/desk/articles/{article}/preview/?revision={}",
    "/desk/articles/{article}/history/?version={}", "/desk/articles/{article}/history/?page={}",
    "/desk/articles/{article}/compare/?a={}", "/desk/articles/{article}/compare/?a=1&b={}",
    "/admin/publishing/article/{}/change/", "/admin/publishing/article/{}/history/", "/admin/publishing/article/{}/",
    "/admin/publishing/article/?p={}", "/admin/publishing/article/?o={}", "/admin/publishing/article/?column={}",
    "/admin/publishing/article/?site={}", "/admin/publishing/article/?state={}", "/admin/publishing/article/?q={}",
    "/admin/publishing/article/?id={}", "/admin/publishing/article/?title={}", "/admin/publishing/article/?e={}",
    "/admin/columns/column/{}/change/", "/admin/columns/column/add/?site={}", "/admin/columns/column/add/?parent={}",
    "/admin/autocomplete/?app_label={}&model_name={}&field_name={}", "/admin/search/?s=稿&page={}",
    "/admin/r/{}/{}/", "/login/?next={}", "/admin/login/?next={}",
)  # fmt: skip


@pytest.mark.parametrize("odd", ODD_NUMBERS, ids=[number[:9] for number in ODD_NUMBERS])
@pytest.mark.parametrize("who", ["moderator", None])
def test_odd_addresses_are_no_errors(office, write, enter, odd, who):
    article = write(upto="publish").article
    browser = enter(who and getattr(office, who))
    for address in ASKED:
        filled = address.replace("{article}", str(article.pk)).replace("{}", odd)
        assert browser.get(filled).status_code < 500, filled


@pytest.mark.parametrize("odd", ODD_NUMBERS, ids=[number[:9] for number in ODD_NUMBERS])
def test_odd_addresses_of_the_house_are_no_errors(office, enter, odd):
    browser = enter(office.granter)
    for model in (
        "portal/auditentry", "portal/user", "portal/site", "portal/department", "portal/calendarday",
        "portal/calendaryear", "columns/role", "columns/reviewroute",
    ):  # fmt: skip
        for question in (
            "{}/change/",
            "{}/history/",
            "?p={}",
            "?q={}",
            "?o={}",
            "?id={}",
            "?site={}",
            "?at__gte={}",
        ):
            address = f"/admin/{model}/{question.format(odd)}"
            assert browser.get(address).status_code < 500, address
    for address in (
        "/desk/authorisations/{}/", "/desk/authorisations/people/{}/", "/desk/authorisations/columns/{}/",
        "/desk/authorisations/?page={}", "/desk/authorisations/?at={}", "/desk/delegations/new/?leave={}",
        "/desk/handovers/{}/", "/desk/mailboxes/{}/",
    ):  # fmt: skip
        assert browser.get(address.format(odd)).status_code < 500, address


def test_an_address_of_great_length_is_no_error(office, enter):
    browser = enter(office.moderator)
    for address in (f"/{'x' * 9000}/", f"/c/{'x' * 9000}/", f"/search/?q={'字' * 3000}", f"/s/{'x' * 9000}/"):
        assert browser.get(address).status_code in (200, 404), address[:20]


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace", "head"])
def test_other_methods_are_no_errors_and_change_nothing(office, write, enter, method):
    article = write(upto="publish").article
    browser = enter(office.moderator)
    entries = AuditEntry.objects.count()
    for address in (
        "/", article.get_absolute_url(), "/desk/", f"/desk/reviews/{article.published_revision_id}/",
        f"/desk/reviews/{article.published_revision_id}/withdraw/", f"/desk/articles/{article.pk}/",
        f"/admin/publishing/article/{article.pk}/change/", f"/admin/publishing/article/{article.pk}/act/withdraw/",
        "/login/", "/password/", "/editor/upload/", "/healthz",
    ):  # fmt: skip
        assert getattr(browser, method)(address).status_code < 500, address
    assert AuditEntry.objects.count() == entries


# --- who sends the browser where --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example/", "\\\\evil.example", "https:evil.example",
        "javascript:alert(1)", "http:///evil.example", "%2F%2Fevil.example", "/%09/evil.example",
    ],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(office, enter, elsewhere):
    browser = enter(None)
    for door in ("/login/", "/s/beiqiao/login/"):
        answer = browser.post(
            f"{door}?next={elsewhere}",
            {"username": "collector", "password": "test-Portal-2026", "next": elsewhere},
        )
        assert answer.status_code == 302
        assert host_of(answer["Location"]) == "testserver"
        browser.logout()
    assert host_of(browser.get(f"/admin/login/?next={elsewhere}")["Location"]) == "testserver"


def test_doubled_slashes_lead_nowhere_else(office, enter):
    for address in (
        "//evil.example/desk",
        "/s/beiqiao//evil.example",
        "//evil.example/..",
        "/s/beiqiao/%2F%2Fevil",
    ):
        answer = enter(None).get(address)
        assert not answer.get("Location", "/").startswith(("//", "http")), address


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "a b", "127.0.0.1.evil.example", "[::1"])
def test_another_host_name_is_answered_in_chinese(office, enter, settings, host):
    settings.ALLOWED_HOSTS = ["127.0.0.1", ".localhost"]
    answer = enter(None).get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "无法处理这个请求" in answer.content.decode()
    assert "evil" not in answer.content.decode()


def test_a_form_without_its_token_says_what_to_do(office, write):
    revision = write(upto="report")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office.head_person)
    for address in (
        "/login/",
        "/logout/",
        "/password/",
        ADD,
        reverse("desk:act", args=[revision.pk, "approve"]),
    ):
        answer = browser.post(address, {"note": "同意"})
        assert answer.status_code == 403, address
        assert "请按浏览器的“返回”键" in answer.content.decode()
    assert Revision.objects.get().state == "IN_REVIEW"


# --- powers over what is another's ------------------------------------------------------------------------


@pytest.fixture
def sub_granter(office) -> User:
    """网管 of 北桥所 alone."""
    person = User.objects.create_user("wangguan2", name="分站网管", department=office.station, is_staff=True)
    role = Role.objects.get(key="GRANTER")
    column_operations.appoint(person, role, office.sub, by=office.system, reason="测试")
    return person


def test_who_grants_on_one_site_gives_nobody_power_on_another(office, enter, sub_granter):
    role = Role.objects.get(key="MODERATOR")
    fields = {"person": "staff", "role": role.pk, "place": f"s{office.main.pk}", "reason": "自己加的"}
    answer = enter(sub_granter).post(reverse("desk:propose"), fields)
    assert answer.context["form"].errors == {"place": ["没有这个范围，请重新选择"]}
    assert Appointment.objects.filter(user=office.staff).count() == 0
    own = fields | {"place": f"s{office.sub.pk}"}
    assert enter(sub_granter).post(reverse("desk:propose"), own).status_code == 302
    assert Appointment.objects.get(user=office.staff).site == office.sub


def test_who_grants_on_one_site_takes_no_power_on_another(office, enter, sub_granter):
    row = Appointment.objects.get(user=office.moderator, site=office.main)
    address = reverse("desk:appointment_act", args=[row.pk, "revoke"])
    assert enter(sub_granter).post(address, {"note": "不让他发"}).status_code == 403
    assert Appointment.objects.get(pk=row.pk).ended_on is None


def test_who_audits_one_site_reads_nothing_of_another(office, write, enter):
    write("分局的稿件", upto="report")
    write("北桥的稿件", column=office.sub_news, upto="report")
    auditor = User.objects.create_user("jiancha2", name="分站监察", department=office.station, is_staff=True)
    role = Role.objects.get(key="INSPECTOR")
    column_operations.appoint(auditor, role, office.sub, by=office.system, reason="测试")
    html = enter(auditor).get(reverse("admin:portal_auditentry_changelist")).content.decode()
    assert ("分局的稿件" in html, "北桥的稿件" in html) == (False, True)


def test_a_password_is_not_guessed_through_the_list_of_people(office, enter):
    browser = enter(office.granter)
    people = reverse("admin:portal_user_changelist")
    for question in ("password__startswith=md5", "password=x", "appointments__reason__contains=测"):
        assert browser.get(f"{people}?{question}").status_code == 400, question


def test_a_days_plan_is_taken_back_by_its_keeper_only(office, enter):
    portal_operations.set_day(date(2026, 10, 10), True, by=office.granter)
    address = reverse("admin:portal_calendarday_take_back", args=[CalendarDay.objects.get().pk])
    answers = [enter(one).post(address).status_code for one in (office.moderator, office.inspector)]
    assert (answers, CalendarDay.objects.count()) == ([403, 403], 1)
    enter(office.granter).post(address)
    assert CalendarDay.objects.count() == 0


# --- files ------------------------------------------------------------------------------------------------


def test_a_picture_shown_by_its_address_alone_gives_nobody_a_right(office, inside, write, enter):
    """A stranger's restricted picture pasted into one's own text is neither tied to it nor opened by it."""
    secret = uploads.accept(picture("内部.png"), owner=office.moderator)
    write("内部的", column=inside, cover=secret, upto="publish")
    thief = User.objects.create_user("jieke", name="外来信息员", department=office.section, is_staff=True)
    _collect_only(thief, office)
    body = f'<p>看图<img src="{secret.get_absolute_url()}" alt="图"></p>'
    browser = enter(thief)
    browser.post(
        ADD,
        typed(office.exchange, body=body, cover=secret.pk, attachments=[str(secret.pk)]),
    )
    revision = Revision.objects.get(created_by=thief)
    assert (revision.cover, revision.pictures.count(), revision.attachments.count()) == (None, 0, 0)
    assert browser.get(secret.get_absolute_url()).status_code == 404
    operations.report(revision, by=thief)
    operations.publish(revision, by=office.moderator)
    assert enter(None).get(secret.get_absolute_url()).status_code == 404
    assert browser.get(secret.thumb_url).status_code == 404


def _collect_only(person: User, office) -> None:
    """A collector of 业务交流 who may not read 内部管理."""
    role = Role.objects.get(key="COLLECTOR")
    column_operations.appoint(
        person, role, office.main, column=office.exchange, by=office.system, reason="测试"
    )


def test_a_draft_takes_no_cover_that_its_writer_may_not_read(office, inside, write):
    secret = uploads.accept(picture("内部.png"), owner=office.moderator)
    write("内部的", column=inside, cover=secret, upto="publish")
    thief = User.objects.create_user("jieke", name="外来信息员", department=office.section)
    _collect_only(thief, office)
    draft = Draft(
        column=office.exchange, title="借图", body="<p>正文</p>", cover=secret, attachments=[secret]
    )
    revision = operations.create(draft, by=thief)
    assert (revision.cover, revision.attachments.count()) == (None, 0)


def test_a_document_is_no_cover(office, write):
    table = uploads.accept(SimpleUploadedFile("表.txt", "表".encode()), owner=office.collector)
    assert write(cover=table).cover is None


def test_a_file_of_two_texts_is_open_while_one_of_them_is(office, inside, write, enter):
    table = uploads.accept(SimpleUploadedFile("表.txt", "表".encode()), owner=office.collector)
    write("内部的", column=inside, attachments=[table], upto="publish")
    assert enter(office.staff).get(table.get_absolute_url()).status_code == 404
    public = write("公开的", attachments=[table], upto="publish").article
    assert enter(None).get(table.get_absolute_url()).status_code == 200
    operations.withdraw(public, by=office.moderator, note="数字有误")
    assert enter(None).get(table.get_absolute_url()).status_code == 404
    assert enter(office.staff).get(table.get_absolute_url()).status_code == 404


def test_a_file_left_out_by_the_newer_revision_is_closed(office, write, enter):
    table = uploads.accept(SimpleUploadedFile("表.txt", "表".encode()), owner=office.collector)
    article = write(attachments=[table], upto="publish").article
    draft = Draft(column=office.news, title="没有附件了", body="<p>正文</p>", author_name="李岚")
    revision = operations.save(article, draft, by=office.collector, token=version_token(article))
    operations.report(revision, by=office.collector)
    operations.approve(revision.steps.get(), by=office.head_person)
    assert enter(None).get(table.get_absolute_url()).status_code == 200
    operations.publish(revision, by=office.moderator)
    assert enter(None).get(table.get_absolute_url()).status_code == 404


POLYGLOTS = {
    "gif.html": b"GIF89a<script>alert(1)</script>", "page.png": b"<html><script>alert(1)</script></html>",
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "page.html": b"<script></script>",
    "page.txt.html": b"text", "drawing.jpg": b"<svg onload=alert(1)>", "x.php": b"<?php", "x.pdf": b"<script>",
}  # fmt: skip


@pytest.mark.parametrize("name", POLYGLOTS)
def test_a_page_in_disguise_is_refused(office, enter, name):
    upload = SimpleUploadedFile(name, POLYGLOTS[name], "image/png")
    answer = enter(office.collector).post("/editor/upload/", {"upload": upload})
    assert json.loads(answer.content)["uploaded"] == 0
    assert StoredFile.objects.count() == 0


def test_a_picture_keeps_nothing_that_was_hung_onto_it(office, enter, write):
    upload = picture("x.png", tail=b"<script>alert(1)</script>")
    answer = enter(office.collector).post("/editor/upload/", {"upload": upload}).json()
    response = enter(office.collector).get(answer["url"])
    assert b"script" not in b"".join(response.streaming_content)
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/png", "nosniff")


def test_only_pictures_and_pdf_are_shown_inside_the_browser(office, enter):
    hostile = SimpleUploadedFile("a.txt", b"<html><script>alert(1)</script></html>", "text/html")
    table = uploads.accept(hostile, owner=office.collector)
    response = enter(office.collector).get(table.get_absolute_url())
    assert response["Content-Type"].startswith("text/plain")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd.txt", "..\\..\\boot.ini.txt", "/etc/cron.d/x.txt", "a\r\nSet-Cookie: x=1.txt",
     "a\x00.html.txt", "\u202egnp.txt", "<script>.txt", ".." + "x" * 500 + ".txt"],
)  # fmt: skip
def test_a_name_that_climbs_stays_where_it_belongs(office, enter, name, settings):
    upload = SimpleUploadedFile("x.txt", b"text")
    upload._name = name
    file = uploads.accept(upload, owner=office.collector)
    assert re.fullmatch(r"stored/\d{4}/\d{2}/[0-9a-f-]{36}\.txt", file.file.name)
    assert not re.search(r"[/\\\x00-\x1f\u202e<>]", file.name)
    response = enter(office.collector).get(file.get_absolute_url())
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "address",
    [
        "/files/../../../etc/passwd",
        "/files/%2e%2e/%2e%2e/settings.py",
        "/media/stored/",
        "/static/../manage.py",
    ],
)
def test_nothing_is_served_by_its_place_on_the_disk(office, enter, address):
    assert enter(office.moderator).get(address).status_code == 404


def test_a_missing_static_file_and_an_empty_portal_are_told_as_not_found(office, enter, db):
    assert enter(office.moderator).get("/static/portal/missing.css").status_code == 404
    browser = enter(office.moderator)
    Site.objects.filter(pk=office.main.pk).update(parent=office.sub)
    for address in ("/admin/nothing-here/", "/admin/portal/user/"):
        assert browser.get(address).status_code in (403, 404), address


def test_the_trail_holds_after_all_that(marked_up):
    assert audit.verify().reason == ""
